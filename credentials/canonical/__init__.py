"""Canonical forms, and the guard that keeps what is read equal to what is signed."""
