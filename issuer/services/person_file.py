"""Everything that the register holds about a person, for the registry to hand over: the right of access.

Beyond what the person takes from their own space: civil data, what was sent about them and what came back,
the lines of the trail and the orders that concern them. Of the registry's free notes it is said that there
are some; their words go in where the registry asks for it, once it has read whom else they name. Left out,
because they are somebody else's: members of juries, names of operators, tokens of links, a stranger's report.

Spec: GDPR, articles 15(1), 15(3) and 15(4).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

from issuer.errors import NotFoundError
from issuer.ports import Registry
from issuer.ports.legal_papers import PersonFile
from issuer.services import audit
from issuer.services.office import Office
from issuer.services.space.personal_data import personal_data

SCHEMA = "parchemin-person-file/1"


def person_file(office: Office, candidate_id: str, *, actor: str, with_notes: bool = False) -> PersonFile:
    """Gather everything about a person; that it was handed over is a line of the trail.

    Args:
        office: The service.
        candidate_id: The student system's identifier.
        actor: Who hands it over.
        with_notes: Whether the registry's free notes go in as well: it has read them.

    Raises:
        NotFoundError: ``candidate.unknown``.
    """
    with office.store.writing() as registry:
        if registry.candidate(candidate_id) is None:
            raise NotFoundError(
                "candidate.unknown",
                "the register knows no person of this identifier",
                where="CANDIDATE",
                remedy="give the student system's identifier, as parchemin awards shows it",
            )
        now = office.clock.now()
        audit.record(registry, now, actor, "person.exported", candidate_id, {"notes": with_notes})
    told = personal_data(office, candidate_id)
    with office.store.reading() as registry:
        numbers = {award.number for award in registry.awards_of_person(candidate_id)}
        further = {
            "civil_data": _civil(registry, candidate_id),
            "cpf": list(_cpf(registry, numbers)),
            "orders": list(_orders(registry, candidate_id, numbers)),
            "season": list(_season(registry, candidate_id)),
            "trail": list(_trail(registry, candidate_id, numbers)),
            "erased": _erased(registry, candidate_id),
            "notes": list(_notes(registry, numbers)) if with_notes else None,
        }
        documents = [
            (f"{number}.json", content)
            for number in sorted(numbers)
            if (content := registry.credential(number))
        ]
    institution = office.institution
    data = {**told, "schema": SCHEMA, **further}
    return PersonFile(data, documents, institution.name, institution.contact)


def _civil(registry: Registry, candidate_id: str) -> Mapping[str, object] | None:
    kept = registry.civil(candidate_id)
    if kept is None:
        return None
    return {**asdict(kept.data), "since": _text(kept.at)}


def _cpf(registry: Registry, numbers: set[str]) -> Iterator[Mapping[str, object]]:
    for row in registry.sent_rows():
        if row.number in numbers:
            yield {"award": row.number, "sent_at": _text(row.at), "file": row.file_id}
    for answer in registry.answers():
        if answer.number in numbers:
            yield {
                "award": answer.number,
                "answered_at": _text(answer.at),
                "accepted": answer.accepted,
                "code": answer.code,
                "message": answer.message,
            }


def _orders(registry: Registry, candidate_id: str, numbers: set[str]) -> Iterator[Mapping[str, object]]:
    for order in registry.orders():
        content = order.asked.content
        named = content.get("numbers")
        own = sorted(numbers & set(map(str, named))) if isinstance(named, list) else []
        if content.get("candidate") == candidate_id or own:
            yield {
                "order": order.id,
                "kind": order.kind.value,
                "awards": own,
                "asked_at": _text(order.asked.proposed_at),
                "state": order.state.value,
                "has_note": order.asked.note is not None,
            }


def _season(registry: Registry, candidate_id: str) -> Iterator[Mapping[str, object]]:
    """Give the lines about the person in the reports of seasons that were established."""
    for code in dict.fromkeys(fiche.code for fiche in registry.certifications()):
        for report in registry.season_reports(code):
            for part in ("decisions", "sayings", "awards", "notices"):
                listed = report.content.get(part)
                for line in listed if isinstance(listed, list) else ():
                    if line.get("candidate") == candidate_id:
                        yield {"report": report.id, "at": _text(report.at), "part": part, **line}


def _trail(registry: Registry, candidate_id: str, numbers: set[str]) -> Iterator[Mapping[str, object]]:
    """Give what was done, and when; who did it is somebody else's."""
    for entry in registry.audit_entries():
        if entry.subject == candidate_id or entry.subject in numbers:
            yield {"entry": entry.sequence, "at": entry.at, "action": entry.action, "on": entry.subject}


def _notes(registry: Registry, numbers: set[str]) -> Iterator[Mapping[str, object]]:
    for number in sorted(numbers):
        for event in registry.status_events(number):
            if event.note is not None:
                yield {"award": number, "at": _text(event.at), "note": event.note}


def _erased(registry: Registry, candidate_id: str) -> Mapping[str, object] | None:
    erasure = registry.erasure(candidate_id)
    return None if erasure is None else {"at": _text(erasure.at), "reason": erasure.reason.value}


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
