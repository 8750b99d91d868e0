"""Draws the pictures of an award with the institution's theme (the ``Pictures`` port)."""

from functools import lru_cache
from urllib.parse import urlsplit

from issuer.adapters.pictures import Badge, BadgeKind, badge_png, badge_svg, qr_png, qr_svg
from issuer.domain.award import Award, AwardKind
from issuer.domain.certification import Certification
from issuer.domain.institution import Institution
from issuer.ports import PictureFormat

KEPT_BADGES = 128
"""Badges kept per process, about 110 kB each: drawing one takes a third of a second, and never changes."""


@lru_cache(maxsize=KEPT_BADGES)
def _drawn_badge(badge: Badge) -> bytes:
    return badge_png(badge)


class Painter:
    """Turns an award into pictures; the same picture every time."""

    def __init__(self, institution: Institution, base_url: str) -> None:
        self._institution = institution
        self._host = urlsplit(base_url).netloc

    def draw(self, picture: PictureFormat, award: Award, certification: Certification) -> bytes:
        """Draw one picture; see the port."""
        match picture:
            case PictureFormat.QR_PNG:
                return qr_png(award.credential_id)
            case PictureFormat.QR_SVG:
                return qr_svg(award.credential_id)
            case PictureFormat.BADGE_PNG:
                return _drawn_badge(self._badge(award, certification))
            case PictureFormat.BADGE_SVG:
                return badge_svg(self._badge(award, certification))

    def _badge(self, award: Award, certification: Certification) -> Badge:
        block = certification.block(award.component)
        what = (
            f"Bloc de compétences {award.component} de la certification «\u202f{certification.title}\u202f»"
            if block
            else f"Certification «\u202f{certification.title}\u202f»"
        )
        return Badge(
            institution=self._institution.name,
            certification_title=certification.title,
            code=award.component,
            kind=BadgeKind.TITLE if award.kind is AwardKind.TITLE else BadgeKind.BLOCK,
            block_count=len(certification.blocks),
            block_number=block.number if block else None,
            block_title=block.title if block else None,
            link=award.credential_id,
            host=self._host,
            accent=self._institution.accent,
            demonstration=self._institution.demonstration,
            label=what,
            description=(
                f"{what}, {self._institution.name}. Le code QR mène à la page de vérification\u202f: "
                f"{award.credential_id}"
            ),
        )
