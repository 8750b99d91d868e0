"""What the public pages ask when somebody reports a doubt."""

from typing import Protocol


class DoubtDesk(Protocol):
    """Takes a doubt to the registrar; tells nobody whether the link that it is about is known."""

    @property
    def longest_text(self) -> int:
        """Characters of a report."""
        ...

    @property
    def longest_contact(self) -> int:
        """Characters of a way to answer."""
        ...

    def report(self, token: str | None, text: str, contact: str) -> None:
        """Keep a doubt for the registrar, and nothing else of who wrote it.

        Args:
            token: Of the link from whose page it was written, or None.
            text: What was written.
            contact: How to answer, or empty.

        Raises:
            RefusedError: ``doubt.empty``, ``doubt.long``, or ``doubt.full`` where too many wait already.
        """
        ...
