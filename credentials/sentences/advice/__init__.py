"""Causes and remedies, by code; codes with one cause share one text."""
