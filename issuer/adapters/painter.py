"""Draws the pictures of an award with the institution's theme (the ``Pictures`` port)."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from issuer.adapters.pictures import (
    Badge,
    BadgeKind,
    Subject,
    badge_png,
    badge_svg,
    card_png,
    house_card_png,
    linkedin_png,
    qr_png,
    qr_svg,
    signature_png,
)
from issuer.domain.award import Award, AwardKind
from issuer.domain.certification import Certification
from issuer.domain.depiction import depiction
from issuer.domain.institution import Institution
from issuer.ports import PictureFormat

KEPT_BADGES = 128
"""Badges kept per process, about 80 kB each: drawing one takes a third of a second, and never changes."""

KEPT_OF_A_COMPONENT = 64
"""Pictures kept that all holders of a component have alike, at most 90 kB each."""


@lru_cache(maxsize=KEPT_BADGES)
def _drawn_badge(badge: Badge) -> bytes:
    return badge_png(badge)


_OF_A_COMPONENT: Mapping[PictureFormat, Callable[[Subject], bytes]] = {
    PictureFormat.LINKEDIN_PNG: linkedin_png,
    PictureFormat.SIGNATURE_PNG: signature_png,
    PictureFormat.CARD_PNG: card_png,
}


@lru_cache(maxsize=KEPT_OF_A_COMPONENT)
def _drawn_of_component(picture: PictureFormat, subject: Subject) -> bytes:
    return _OF_A_COMPONENT[picture](subject)


@lru_cache(maxsize=1)
def _drawn_house_card(institution: str, accent: str, *, demonstration: bool) -> bytes:
    return house_card_png(institution, accent, demonstration=demonstration)


class Painter:
    """Turns an award into pictures; the same picture every time."""

    def __init__(self, institution: Institution, base_url: str) -> None:
        self._institution = institution
        self._host = urlsplit(base_url).netloc

    def draw(
        self, picture: PictureFormat, award: Award, certification: Certification, name: str | None = None
    ) -> bytes:
        """Draw one picture; see the port."""
        if picture.is_code:
            draw = qr_svg if picture is PictureFormat.QR_SVG else qr_png
            return draw(award.credential_id)
        if picture is PictureFormat.BADGE_SVG:
            return badge_svg(self._badge(award, certification))
        if picture is PictureFormat.BADGE_PNG:
            return _drawn_badge(self._badge(award, certification))
        subject = self._subject(award, certification)
        if picture is PictureFormat.CARD_PNG and name is not None:
            # A card with a name is not kept in memory beyond its answer.
            return card_png(subject, name)
        return _drawn_of_component(picture, subject)

    def house_card(self) -> bytes:
        """Draw the card that names the institution alone; see the port."""
        institution = self._institution
        return _drawn_house_card(
            institution.name, institution.accent, demonstration=institution.demonstration
        )

    def _subject(self, award: Award, certification: Certification) -> Subject:
        block = certification.block(award.component)
        shown = depiction(certification, award.component, self._institution.name)
        return Subject(
            institution=self._institution.name,
            certification_title=certification.title,
            code=award.component,
            kind=BadgeKind.TITLE if award.kind is AwardKind.TITLE else BadgeKind.BLOCK,
            block_count=len(certification.blocks),
            block_number=block.number if block else None,
            block_title=block.title if block else None,
            accent=self._institution.accent,
            demonstration=self._institution.demonstration,
            label=shown.award.fr,
            description=shown.drawing.fr,
        )

    def _badge(self, award: Award, certification: Certification) -> Badge:
        subject = self._subject(award, certification)
        return Badge(
            institution=subject.institution,
            certification_title=subject.certification_title,
            code=subject.code,
            kind=subject.kind,
            block_count=subject.block_count,
            block_number=subject.block_number,
            block_title=subject.block_title,
            accent=subject.accent,
            demonstration=subject.demonstration,
            label=subject.label,
            description=(
                f"{subject.description} Au centre, le code QR mène à la page de vérification\u202f: "
                f"{award.credential_id}"
            ),
            link=award.credential_id,
            host=self._host,
        )
