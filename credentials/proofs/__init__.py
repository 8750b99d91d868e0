"""Cryptosuites of Data Integrity, one module each."""
