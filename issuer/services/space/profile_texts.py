"""What a profile, a CV or a signature says of an award: facts, and the address that fills LinkedIn in."""

from typing import Final
from urllib.parse import urlencode

from issuer.domain.award import Award, AwardKind
from issuer.domain.certification import Certification
from issuer.domain.institution import Institution
from issuer.ports.sharing import ProfileFacts

LINKEDIN: Final = "https://www.linkedin.com/profile/add"
SIGNATURE_BADGE: Final = "badge-signature.png"


def profile_facts(
    award: Award, certification: Certification, institution: Institution, *, link: str, link_open: bool
) -> ProfileFacts:
    """Gather them.

    Args:
        award: The award.
        certification: The version of the fiche that it was issued under.
        institution: Who awards.
        link: The permanent link.
        link_open: Whether it is on.
    """
    is_title = award.kind is AwardKind.TITLE
    block = certification.block(award.component)
    # Alone, a block's title reads like a certification's: its name says what it is.
    name = f"Bloc de compétences {block.code}\u202f: {block.title}" if block else certification.title
    return ProfileFacts(
        name=name,
        is_title=is_title,
        code=award.component,
        certification=None if is_title else certification.title,
        organisation=institution.name,
        organisation_id=institution.linkedin_id,
        awarded=award.decided_on,
        number=award.number,
        link=link,
        link_open=link_open,
        badge=f"{link}/{SIGNATURE_BADGE}",
        level=certification.level.eqf if is_title else None,
        linkedin=_linkedin(award, name, institution, link),
    )


def _linkedin(award: Award, name: str, institution: Institution, link: str) -> str:
    """Give the address of LinkedIn's form, filled in; it may leave fields empty all the same."""
    organisation = (
        ("organizationId", institution.linkedin_id)
        if institution.linkedin_id
        else ("organizationName", institution.name)
    )
    fields = (
        ("startTask", "CERTIFICATION_NAME"),
        ("name", name),
        organisation,
        ("issueYear", str(award.decided_on.year)),
        ("issueMonth", str(award.decided_on.month)),
        ("certUrl", link),
        ("certId", award.number),
    )
    return f"{LINKEDIN}?{urlencode(fields)}"
