"""Papers for tests: one title and one block, of fictitious people, final unless a test says otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime

from issuer.bootstrap import shipped_certifications
from issuer.domain.award import AwardKind
from issuer.domain.certification import Certification
from issuer.domain.certification_document import certification_from_document
from issuer.domain.registration import registration_sentence
from issuer.ports.printing import House, Paper, PaperSignatory

CREDENTIAL = '{"id":"https://diplomes.exemple.fr/v/abc","name":"Hélène"}'.encode()
LINK = "https://diplomes.exemple.fr/v/abcdefghijklmnopqrstuv"
DECIDED, DELIVERED = date(2024, 6, 20), date(2024, 7, 1)


def fiche(decision: date | None = date(2020, 11, 18)) -> Certification:
    """Give the shipped fiche; a decision date stands in for the one that it lacks."""
    shipped = certification_from_document(shipped_certifications()[0], "1")
    return replace(shipped, registration=replace(shipped.registration, decision_date=decision))


def a_paper(kind: AwardKind, certification: Certification | None = None) -> Paper:
    """Give a final paper."""
    certification = certification or fiche()
    return Paper(
        kind=kind,
        number="2026-000017",
        duplicate=None,
        holder="Hélène Marchand-Delvaux",
        certification=certification,
        block=certification.blocks[2] if kind is AwardKind.BLOCK else None,
        house=House("Institut des métiers fictifs", "L’Institut", "https://exemple.fr", "#7a1f2b", None),
        decided_on=DECIDED,
        delivered_on=DELIVERED,
        place="Saint-Denis",
        signatory=PaperSignatory("A. Lemaire", "directrice déléguée", "Délégation n° 12"),
        registration=registration_sentence(
            certification, kind=kind, decided_on=DECIDED, entry_date=None, today=DELIVERED
        ),
        link=LINK,
        host="diplomes.exemple.fr",
        short_code="7KXM-4PQR-9WTY",
        made_at=datetime(2024, 7, 1, 9, 30, tzinfo=UTC),
    )
