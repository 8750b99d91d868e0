"""What a messenger shows of an award's link: kept by others for years, so no state, and no name unasked."""

from dataclasses import dataclass

from credentials.report import Verdict
from issuer.domain.award import AwardState
from issuer.domain.depiction import depiction
from issuer.ports import AwardPage
from issuer.web.documents import Document
from issuer.web.pages import spoken

_ADVERTISED = frozenset({Verdict.VALID, Verdict.INCOMPLETE, Verdict.NOT_YET_VALID, Verdict.EXPIRED})
"""The verdicts under which a title may be shown to a whole conversation."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One preview.

    Attributes:
        title: What is linked: the institution, and the title where it may be shown.
        holder: The holder's name where the holder chose so, else None.
        alternative: What the picture shows, in words; None where no picture is named.
        is_large: Whether the picture is that of the award.
    """

    title: str
    holder: str | None
    alternative: str | None
    is_large: bool


def preview(page: AwardPage, document: Document, institution: str) -> Preview:
    """Say what others may keep of an award's page; the picture behind it follows the register.

    Args:
        page: The award.
        document: What its page shows.
        institution: The name at the head of the pages.
    """
    house = document.issuer_name or institution
    stands = page.award.state is AwardState.VALID
    said = document.said
    if said is None or not (stands and document.vouched and document.report.verdict in _ADVERTISED):
        # The house's card, as soon as the register knows that the award does not stand; else no picture.
        return Preview(house, None, None if stands else institution, is_large=False)
    shown = depiction(page.certification, page.award.component, institution).alternative
    holder = ", ".join(said.holder) if page.named_card else None
    return Preview(f"{house} · {said.name}", holder or None, spoken(shown), is_large=True)
