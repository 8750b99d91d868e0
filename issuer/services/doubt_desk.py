"""The public half of reported doubts: what comes in from a page, where a document is known by its link."""

from issuer.services.doubts import MOST_CONTACT, MOST_TEXT, report_doubt
from issuer.services.office import Office


class DoubtCounter:
    """Takes doubts from the pages (``DoubtDesk``)."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def longest_text(self) -> int:
        """Characters of a report."""
        return MOST_TEXT

    @property
    def longest_contact(self) -> int:
        """Characters of a way to answer."""
        return MOST_CONTACT

    def report(self, token: str | None, text: str, contact: str) -> None:
        """Keep a doubt for the registrar; one about a link that is not known is kept without a number."""
        report_doubt(self._office, self._number(token), text, contact)

    def _number(self, token: str | None) -> str | None:
        if token is None:
            return None
        with self._office.store.reading() as registry:
            award = registry.award_by_token(token)
        return award.number if award else None
