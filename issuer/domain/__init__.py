"""Parchemin."""
