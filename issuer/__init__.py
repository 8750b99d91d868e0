"""The institution's service: from a jury's record to signed credentials and the pages that verify them."""
