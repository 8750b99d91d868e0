"""All that the register holds on one person, as values; nobody else's data, and no secret.

Left out, because they are somebody else's or would open something: members of juries, names of operators,
tokens of links and shares, digests of secrets, what a stranger wrote in a report. Of a registrar's free note
it is said that there is one: the registry reads it out on request, and looks first whom else it names.

Spec: GDPR, articles 15(1), 15(3) and 15(4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from issuer.domain.award import Award
from issuer.ports import Entry, Registry
from issuer.ports.sharing import HOLDER
from issuer.services.office import Office

SCHEMA: Final = "parchemin-personal-data/1"

Data = Mapping[str, object]


def personal_data(office: Office, candidate_id: str) -> Data:
    """Give all that the register holds on a person.

    Args:
        office: The service.
        candidate_id: Who.

    Returns:
        JSON values; ``docs/space.md`` names each member.
    """
    with office.store.reading() as registry:
        return {
            "schema": SCHEMA,
            "made_at": _instant(office.clock.now()),
            "controller": {"name": office.institution.name, "contact": office.institution.contact},
            "person": _person(registry, candidate_id),
            "address": _address(registry, candidate_id),
            "jury": list(_jury(registry, candidate_id)),
            "awards": [_award(registry, award) for award in registry.awards_of_person(candidate_id)],
            "shares": _shares(registry, candidate_id),
            "mails": _mails(registry, candidate_id),
            "links_asked_for": [_entry(entry) for entry in registry.entries_of(candidate_id)],
            "visits": [_entry(entry) for entry in registry.sessions_of(candidate_id)],
        }


def _person(registry: Registry, candidate_id: str) -> Data | None:
    candidate = registry.candidate(candidate_id)
    if candidate is None:
        return None
    routes = [fiche.route(candidate.route) for fiche in registry.certifications()]
    held = {
        # Who is not this person is somebody else.
        name: value
        for name, value in _fields(candidate).items()
        if name != "not_same_as"
    }
    return {**held, "route_label": next((route.label for route in routes if route), None)}


def _address(registry: Registry, candidate_id: str) -> Data | None:
    held = registry.address(candidate_id)
    if held is None:
        return None
    return {"mail": held.mail, "source": held.source, "since": _instant(held.at)}


def _jury(registry: Registry, candidate_id: str) -> Iterable[Data]:
    """Give decisions and annulments, certification by certification; of a session its day and place alone."""
    for code in dict.fromkeys(fiche.code for fiche in registry.certifications()):
        record = registry.record(code)
        rows = [row for row in record.rows if row.candidate_id == candidate_id]
        annulments = [each for each in record.annulments if each.candidate_id == candidate_id]
        named = {row.session for row in rows}
        sessions = [session for session in record.sessions if session.id in named]
        if rows or annulments:
            yield {
                "certification": code,
                "decisions": [_values(row) for row in rows],
                "annulments": [_values(each) for each in annulments],
                "sessions": [
                    {"id": session.id, "on": session.on.isoformat(), "place": session.place}
                    for session in sessions
                ],
            }


def _award(registry: Registry, award: Award) -> Data:
    number = award.number
    switches = [
        {"opened": switch.opened, "at": _instant(switch.at), "by": _who(switch.by)}
        for switch in registry.link_switches(number)
    ]
    return {
        "number": number,
        "kind": award.kind.value,
        "component": award.component,
        "certification": award.certification,
        "certification_version": award.certification_version,
        "holder": award.holder,
        "decided_on": award.decided_on.isoformat(),
        "session": award.session,
        "issued_at": _instant(award.issued_at),
        "status_list": award.status_list,
        "status_index": award.status_index,
        "short_code": registry.short_code(number),
        "states": [
            {
                "state": event.state.value,
                "reason": event.reason.value if event.reason else None,
                "has_note": event.note is not None,
                "at": _instant(event.at),
            }
            for event in registry.status_events(number)
        ],
        "replaced": _replacement(registry, number),
        "link": {"open": registry.link_is_open(number), "switched": switches},
        "choices": {choice.value: wanted for choice, wanted in registry.choices(number).items()},
        "papers": [
            {"sha256": paper.sha256, "duplicate": paper.duplicate, "made_at": _instant(paper.made_at)}
            for paper in registry.papers_of(number)
        ],
        "duplicates": [
            {"paper_number": each.paper_number, "reason": each.reason.value, "at": _instant(each.at)}
            for each in registry.duplicates(number)
        ],
        "signed_forms": [
            {"format": each.form.value, "made_at": _instant(each.made_at)}
            for each in registry.prepared(number)
        ],
        "reports": [_instant(doubt.at) for doubt in registry.doubts() if doubt.number == number],
    }


def _replacement(registry: Registry, number: str) -> Data | None:
    found = registry.replacement_of(number)
    if found is None:
        return None
    return {"by": found.new, "reason": found.reason.value, "at": _instant(found.at)}


def _shares(registry: Registry, candidate_id: str) -> Sequence[Data]:
    return [
        {
            "label": share.label,
            "awards": list(share.numbers),
            "created_at": _instant(share.created_at),
            "until": _instant(share.until),
            "closed_at": _instant(share.closed_at),
            "views": share.views,
        }
        for share in registry.shares_of(candidate_id)
    ]


def _mails(registry: Registry, candidate_id: str) -> Sequence[Data]:
    return [
        {
            "kind": notice.kind.value,
            "awards": list(notice.numbers),
            "mail": notice.mail,
            "state": notice.state.value,
            "created_at": _instant(notice.created_at),
            "changed_at": _instant(notice.changed_at),
        }
        for notice in registry.notices(candidate_id=candidate_id)
    ]


def _entry(entry: Entry) -> Data:
    return {
        "at": _instant(entry.created_at),
        "ends_at": _instant(entry.ends_at),
        "used_or_left_at": _instant(entry.used_at),
    }


def _who(by: str) -> str:
    """Tell the holder's own acts from the registry's; the operator's name is not the holder's data."""
    return by if by == HOLDER else "registry"


def _fields(record: object) -> Data:
    assert is_dataclass(record)
    return {field.name: _values(getattr(record, field.name)) for field in fields(record)}


def _values(record: object) -> object:
    """Give a record's fields as JSON values."""
    if is_dataclass(record):
        return _fields(record)
    if isinstance(record, Enum):
        return record.value
    if isinstance(record, (datetime, date)):
        return _instant(record) if isinstance(record, datetime) else record.isoformat()
    if isinstance(record, (list, tuple)):
        return [_values(each) for each in record]
    return record


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds").replace("+00:00", "Z")
