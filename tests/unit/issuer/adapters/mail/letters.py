"""Letters to write in tests: one of each kind."""

from dataclasses import replace
from datetime import UTC, date, datetime

from credentials.report import Sentence
from issuer.adapters.mail import MailComposer, Sender
from issuer.domain.award import AwardKind
from issuer.domain.institution import Institution
from issuer.ports import Letter, LetterItem, Mail, NoticeKind

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SENDER = Sender("Le Cnam, scolarité", "scolarite@example.org", "diplomes.example.org", "reponses@example.org")
SPACE = "https://diplomes.example.org/moi"
TITLE = LetterItem(
    "2026-000005", AwardKind.TITLE, "RNCP35080", "Manager d'organismes & <associés>", date(2025, 6, 19)
)
BLOCK = LetterItem("2026-000001", AwardKind.BLOCK, "RNCP35080BC01", "Pilotage stratégique", date(2024, 6, 20))
REASON = Sentence("décision du jury ou du juge", "decision of the jury or of a court")
ALONE = frozenset({NoticeKind.ENTRY, NoticeKind.SHARED_ADDRESS})
"""Kinds that name no award."""
WITHOUT_LINK = frozenset({NoticeKind.SHARED_ADDRESS, NoticeKind.DOUBT})


def letter(kind: NoticeKind) -> Letter:
    """Give one of a kind, as the services make it."""
    told = {NoticeKind.SUSPENDED, NoticeKind.WITHDRAWN}
    link = f"{SPACE}/entrer/s3cret" if kind is NoticeKind.ENTRY else SPACE
    return Letter(
        id="urn:uuid:00000000-0000-4000-8000-000000000001",
        kind=kind,
        to="helene@example.org",
        at=AT,
        link=None if kind in WITHOUT_LINK else link,
        items=() if kind in ALONE else (BLOCK, TITLE),
        since=date(2026, 11, 23),
        reason=REASON if kind in told else None,
    )


def institution() -> Institution:
    """Give an institution."""
    return Institution(
        name="Conservatoire d’essai",
        short_name="L’essai",
        url="https://example.org",
        identifiers={},
        contact="scolarité, 01 00 00 00 00",
        signatories=[],
        accent="#7a1f2b",
        accent_dark="#f0a5ab",
        logo_svg=None,
        demonstration=False,
    )


def mail(kind: NoticeKind = NoticeKind.AWARDED, **changes: object) -> Mail:
    """Give one as it is composed."""
    return MailComposer(institution()).compose(replace(letter(kind), **changes))  # type: ignore[arg-type]
