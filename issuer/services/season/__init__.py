"""A jury season at the desk: files handed in and corrected, plans read and proposed, specimens, reports."""
