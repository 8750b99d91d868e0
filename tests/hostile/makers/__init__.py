"""Makers of hostile and odd inputs, each from real signed documents of ours; one module a group."""
