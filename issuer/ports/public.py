"""What the services need from outside and what the edges need from the services, as protocols and values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from credentials.presentations import PresentationReport
from credentials.report import Sentence, VerificationReport
from credentials.securing.proof_options import Expectation
from issuer.domain.award import Award, AwardState
from issuer.domain.certification import Certification
from issuer.domain.institution import LegalNotice

LIST_TTL = timedelta(minutes=5)
"""For how long a copy of a status list may be kept: a withdrawal must show soon (the list's ``ttl``)."""


class Clock(Protocol):
    """The only source of the present instant."""

    def now(self) -> datetime:
        """Give the present instant, aware and in UTC."""
        ...


class PictureFormat(StrEnum):
    """The pictures of an award that are drawn on demand."""

    QR_PNG = "qr.png"
    QR_SVG = "qr.svg"
    BADGE_PNG = "badge.png"
    BADGE_SVG = "badge.svg"
    LINKEDIN_PNG = "badge-linkedin.png"
    """Square, for a profile."""
    SIGNATURE_PNG = "badge-signature.png"
    """Small, for the foot of a mail."""
    CARD_PNG = "card.png"
    """What a site shows of a shared link (Open Graph)."""

    @property
    def media_type(self) -> str:
        """The picture's media type."""
        return "image/svg+xml" if self.value.endswith(".svg") else "image/png"

    @property
    def is_code(self) -> bool:
        """Whether it is the QR code alone, which says nothing but where the page is."""
        return self in {PictureFormat.QR_PNG, PictureFormat.QR_SVG}


@dataclass(frozen=True, slots=True)
class Theme:
    """How the institution looks and is named: data, never constants.

    Attributes:
        institution: The name shown at the head of each page.
        short_name: e.g. ``Le Cnam``.
        home_url: The institution's own site.
        contact: Postal, telephone or mail contact of the registry, as text.
        accent: Accent colour for text on white, ``#rrggbb``, at least 7:1.
        accent_dark: The same for the dark theme.
        logo_svg: The institution's mark as an SVG document, or None.
        demonstration: True for the shipped neutral theme: pages then say "démonstration".
        legal: What the legal and privacy notices name.
    """

    institution: str
    short_name: str
    home_url: str
    contact: str
    accent: str
    accent_dark: str
    logo_svg: str | None
    demonstration: bool
    legal: LegalNotice = field(default_factory=LegalNotice)


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One block on a title's page: its name, and its own state where the register knows it."""

    code: str
    title: str
    state: AwardState | None


class ClosedLink(StrEnum):
    """Why a link that is known opens nothing now; the value is the code that programs get."""

    LINK_OFF = "link.closed"
    """The permanent link of an award, switched off by its holder."""
    LINK_OFF_BY_REGISTRY = "link.closed_by_registry"
    """The permanent link of an award, switched off by the registry, which alone switches it on."""
    SHARE_CLOSED = "share.closed"
    """A share that its holder stopped."""
    SHARE_ENDED = "share.ended"
    """A share whose day has come."""
    SHARE_CLOSED_BY_REGISTRY = "share.closed_by_registry"
    """A share of awards whose links the registry switched off, every one."""
    ERASED = "award.erased"
    """The person's data were erased: nothing but a number and dates is left here."""
    REPLACED = "award.replaced"
    """The page is there and says so; the document that another one replaced is not handed out."""


@dataclass(frozen=True, slots=True)
class AwardPage:
    """Everything the verification page of an own award shows.

    Attributes:
        report: The verification of the stored credential at this moment.
        award: The register's entry.
        certification: The version of the fiche that the award was issued under.
        registration: The sentence on the registration that applies to this holder (article L. 6113-9 of
            the labour code), or None where none does.
        blocks: On a title, its blocks in order; on a block, empty.
        named_card: Whether the holder chose that a preview of the link bears the name.
        specimen: Whether a mention is missing without which its paper is no more than a specimen.
    """

    report: VerificationReport
    award: Award
    certification: Certification
    registration: Sentence | None
    blocks: Sequence[BlockLine] = ()
    named_card: bool = False
    specimen: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A document to serve as it is.

    Attributes:
        body: The bytes.
        media_type: e.g. ``application/vc``.
        etag: Strong entity tag without quotes: the SHA-256 of the body.
        published_at: When it was made.
        valid_until: From when nobody may rely on it, or None where it states no end.
    """

    body: bytes
    media_type: str
    etag: str
    published_at: datetime
    valid_until: datetime | None = None


class Pictures(Protocol):
    """Draws the pictures of an award; the credential is baked in by the caller."""

    def draw(
        self, picture: PictureFormat, award: Award, certification: Certification, name: str | None = None
    ) -> bytes:
        """Draw one picture.

        Args:
            picture: Which.
            award: Whose link the QR code holds.
            certification: The version of the fiche that the award was issued under.
            name: On the card alone: the holder's name, when the holder chose to show it.

        Returns:
            PNG or SVG bytes, the same for the same arguments.
        """
        ...

    def house_card(self) -> bytes:
        """Draw the card that names the institution alone, for a link whose award is not to be advertised.

        Returns:
            PNG bytes, the same every time.
        """
        ...


class PublicDesk(Protocol):
    """All that the public pages ask of the service; each call takes the present instant by itself."""

    @property
    def theme(self) -> Theme:
        """The institution's theme."""
        ...

    @property
    def base_url(self) -> str:
        """The service's own address, without a trailing slash."""
        ...

    @property
    def issuer_id(self) -> str:
        """The identifier of the issuer whose awards the register holds, a DID."""
        ...

    @property
    def consults_others(self) -> bool:
        """Whether a check may ask another issuer's site, which then learns that this service asked."""
        ...

    def award_page(self, token: str) -> AwardPage | ClosedLink | None:
        """Verify the award behind a link; None when there is nothing at this address."""
        ...

    def credential(self, token: str) -> Published | ClosedLink | None:
        """Give the stored credential's exact bytes, or None."""
        ...

    def picture(self, token: str, picture: PictureFormat) -> Published | ClosedLink | None:
        """Draw a picture of the award, or None."""
        ...

    def paper(self, token: str) -> Published | ClosedLink | None:
        """Print the award as a PDF, or None; what the file is made of does not change, nor does the file.

        Raises:
            NotFoundError: ``paper.not_in_force``: the award does not stand, or cannot be checked.
            RefusedError: ``paper.not_printable``: our fonts lack a sign of it.
        """
        ...

    def check(self, data: bytes) -> VerificationReport:
        """Verify whatever bytes are handed in: JSON, or a picture that holds a credential."""
        ...

    def check_presentation(self, data: bytes, expected: Expectation) -> PresentationReport:
        """Verify a presentation, and every credential in it.

        Args:
            data: Its bytes.
            expected: The challenge and the domain that the asker gave its holder.
        """
        ...

    def check_link(self, link: str) -> VerificationReport:
        """Verify what a link leads to; a link that is not ours cannot be followed (``incomplete``)."""
        ...

    def token_of(self, link: str) -> str | None:
        """Give the token in one of our own verification links, or None for any other text."""
        ...

    def did_document(self) -> Published:
        """Give the institution's DID document."""
        ...

    def status_list(self, name: str, at: datetime | None = None) -> Published | None:
        """Give a status list credential as it was published at an instant, or None.

        Args:
            name: The list.
            at: The instant (aware); None for now.

        Raises:
            RefusedError: ``status.timestamp_future``: nobody knows yet.
            NotFoundError: ``status.past_withheld``: a list of suspensions has no public past.
        """
        ...

    def certification(self, component: str) -> Certification | None:
        """Give the current version of the certification that has this code or this block code."""
        ...

    def healthy(self) -> bool:
        """Say whether the store answers and the signing key's public half is published."""
        ...

    def ready(self) -> bool:
        """Say whether strangers can check too: the service is well, and no status list has ended."""
        ...
