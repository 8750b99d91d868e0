"""What an erasure takes out of the register, and what it leaves there: one statement for each place.

Rows of the append-only tables are not removed: they are written over by what is left of them, which the
triggers of migration 0010 compute for themselves and compare. These expressions say the same.
"""

from collections.abc import Sequence
from typing import Final

_OWN_AWARDS: Final = "(SELECT number FROM awards WHERE candidate_id = :person)"
_IN_PLAN: Final = (
    "EXISTS (SELECT 1 FROM json_each({table}.content, '$.candidates') AS part "
    "WHERE json_extract(part.value, '$.candidate') = :person)"
)

_HAS_ID: Final = "' ' || CAST({text} AS TEXT) || ' ' GLOB '*[^0-9A-Za-z]' || :person || '[^0-9A-Za-z]*'"
_OWN_DRAFTS: Final = (
    '"order" IS NULL AND ('  # noqa: S608 - our own constants
    + _HAS_ID.format(text="content")
    + " OR id IN (SELECT draft FROM draft_corrections WHERE "
    + _HAS_ID.format(text="cells")
    + "))"
)
"""Files that nobody took in yet and that name the person; with an order, they go when it is decided."""

_REPORTED: Final = {"decisions": "name", "awards": "holder", "sayings": "message"}
"""The parts of a season's report that speak of people, and what is left empty in them."""
_IN_REPORT: Final = " OR ".join(
    f"EXISTS (SELECT 1 FROM json_each(season_reports.content, '$.{part}') AS line "  # noqa: S608 - our own constants
    "WHERE json_extract(line.value, '$.candidate') = :person)"
    for part in _REPORTED
)
_LEFT_OF_REPORT: Final = ", ".join(
    f"'$.{part}', (SELECT json_group_array(json(CASE WHEN json_extract(line.value, '$.candidate') = "  # noqa: S608 - our own constants
    f":person THEN json_set(line.value, '$.{field}', '') ELSE line.value END)) "
    f"FROM json_each(content, '$.{part}') AS line)"
    for part, field in _REPORTED.items()
)

_OF_OWN_DRAFTS: Final = f"draft IN (SELECT id FROM drafts WHERE {_OWN_DRAFTS})"  # noqa: S608 - our own constants

BLANKED: Final[dict[str, tuple[str, str, str]]] = {
    "list": (
        "candidates",
        "id = :person",
        (
            "document = json_replace(document, '$.birth_name', '', '$.given_names', '', "
            "'$.usage_name', NULL, "
            "'$.latin_name', NULL, '$.birth_date', NULL, '$.email', NULL, '$.entry_date', NULL, "
            "'$.reentry_date', NULL, '$.enrolled_blocks', json('[]'), '$.deceased_on', NULL, "
            "'$.not_same_as', json('[]'))"
        ),
    ),
    "jury_lines": (
        "decisions",
        "candidate_id = :person",
        (
            "document = json_replace(document, '$.family_name', '', '$.given_names', '', "
            "'$.birth_date', NULL, "
            "'$.mention', NULL), reasons = '[]'"
        ),
    ),
    "annulments": (
        "annulments",
        "candidate_id = :person",
        "document = json_replace(document, '$.ground', '')",
    ),
    "plans": (
        "plans",
        _IN_PLAN.format(table="plans"),
        (
            "content = json_replace(content, '$.candidates', (SELECT json_group_array(json(CASE WHEN EXISTS "
            "(SELECT 1 FROM erasures WHERE candidate_id = json_extract(part.value, '$.candidate')) THEN "
            "json_object('candidate', json_extract(part.value, '$.candidate'), 'erased', json('true')) "
            "ELSE part.value END)) FROM json_each(content, '$.candidates') AS part))"
        ),
    ),
    "notes": (
        "status_events",
        f"note IS NOT NULL AND number IN {_OWN_AWARDS}",
        "note = NULL",
    ),
    "cpf_messages": (
        "cpf_answers",
        f"message IS NOT NULL AND number IN {_OWN_AWARDS}",
        "message = NULL",
    ),
    "season_reports": ("season_reports", _IN_REPORT, f"content = json_replace(content, {_LEFT_OF_REPORT})"),
    "signed_again": (
        "resignatures",
        f"number IN {_OWN_AWARDS}",
        "credential = x''",
    ),
    "documents": (
        "awards",
        "candidate_id = :person AND holder != ''",
        "holder = '', credential = x''",
    ),
}
"""What it is called in a report: the table, which rows, and what is left of them."""

REMOVED: Final[dict[str, tuple[str, str]]] = {
    "address": ("addresses", "candidate_id = :person"),
    "civil_data": ("civil_data", "candidate_id = :person"),
    "notices": ("notices", "candidate_id = :person"),
    "entries": ("entries", "candidate_id = :person"),
    "sessions": ("holder_sessions", "candidate_id = :person"),
    "share_lines": (
        "share_awards",
        "share_id IN (SELECT id FROM shares WHERE candidate_id = :person)",
    ),
    "shares": ("shares", "candidate_id = :person"),
    "choices": ("choices", f"number IN {_OWN_AWARDS}"),
    "first_openings": ("first_openings", f"number IN {_OWN_AWARDS}"),
    "doubts": ("doubts", f"number IN {_OWN_AWARDS}"),
    "signed_forms": ("prepared_exports", f"number IN {_OWN_AWARDS}"),
    "draft_corrections": ("draft_corrections", _OF_OWN_DRAFTS),
    "drafts": ("drafts", _OWN_DRAFTS),
    "proposed_plans": ("proposed_plans", _IN_PLAN.format(table="proposed_plans")),
}
"""What it is called in a report: the table, and which rows; in an order that leaves nothing dangling."""

UNNAMED: Final[dict[str, str]] = {
    "program_answers": "json_extract(answer, '$.rows') IS NOT NULL",
}
"""Passing rows that may quote anybody, with no column that says whom: any erasure takes all of them out."""

OUTDATED: Final[dict[str, Sequence[tuple[str, str]]]] = {
    "notices": [("notices", "state IN ('sent', 'bounced') AND changed_at < :before")],
    "civil_data": [("civil_data", "taken_in_at < :before")],
    "sessions": [("entries", "ends_at < :before"), ("holder_sessions", "ends_at < :before")],
    "doubts": [("doubts", "closed_at IS NOT NULL AND closed_at < :before")],
    "addresses": [
        (
            "addresses",
            # Superseded ones go with the last: what counts is the person's last sign of life.
            (
                "candidate_id IN (SELECT candidate_id FROM addresses GROUP BY candidate_id "
                "HAVING max(at) < :before) "
                "AND candidate_id NOT IN "
                "(SELECT candidate_id FROM holder_sessions WHERE created_at >= :before) "
                "AND candidate_id NOT IN (SELECT candidate_id FROM awards WHERE issued_at >= :before)"
            ),
        )
    ],
    "drafts": [
        (
            "draft_corrections",
            'draft IN (SELECT id FROM drafts WHERE made_at < :before AND "order" IS NULL)',
        ),
        ("drafts", 'made_at < :before AND "order" IS NULL'),
        ("proposed_plans", "proposed_at < :before"),
    ],
    "answers": [("program_answers", "answered_at < :before")],
}
"""By kind: the tables from which rows go, and which; the last of them is the one that is counted."""
