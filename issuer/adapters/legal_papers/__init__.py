"""Papers of the registry that are read on a screen or printed: extracts, and a person's own data."""

from issuer.adapters.legal_papers.extract import extract_page
from issuer.adapters.legal_papers.person import person_archive, person_page

__all__ = ["extract_page", "person_archive", "person_page"]
