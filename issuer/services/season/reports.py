"""The dated report of a season: what was recorded, decided, refused, approved, issued and told."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from issuer.domain.canonical_json import digest_of
from issuer.domain.short_code import ALPHABET
from issuer.errors import NotFoundError
from issuer.ports import Registry
from issuer.ports.orders import OrderKind
from issuer.ports.season import SeasonReport
from issuer.services import audit
from issuer.services.office import Office
from issuer.services.season.plan_view import PlanView, plan_view

VERSION: Final = "1"
_ID_LENGTH: Final = 8
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


def make_report(office: Office, *, certification: str, session: str | None, actor: str) -> SeasonReport:
    """Establish the report of a season as it stands now, and leave its digests in the audit log.

    Args:
        office: The service.
        certification: Its code.
        session: Its id, or None for all.
        actor: Whose account.

    Raises:
        NotFoundError: ``certification.unknown`` or ``session.unknown``.
    """
    with office.store.writing() as registry:
        now = office.clock.now()
        content = _content(office, registry, certification, session, now, actor)
        report = SeasonReport(
            id="R-" + "".join(ALPHABET[office.ids.below(len(ALPHABET))] for _ in range(_ID_LENGTH)),
            certification=certification,
            session=session,
            content=content,
            sha256=digest_of(content),
            csv_sha256=hashlib.sha256(report_csv(content)).hexdigest(),
            at=now,
            by=actor,
        )
        registry.keep_season_report(report)
        details = {
            "certification": certification,
            "session": session,
            "sha256": report.sha256,
            "csv_sha256": report.csv_sha256,
        }
        audit.record(registry, now, actor, "season.reported", report.id, details)
    return report


def find_report(office: Office, report_id: str) -> SeasonReport:
    """Give a report.

    Raises:
        NotFoundError: ``report.unknown``.
    """
    with office.store.reading() as registry:
        report = registry.season_report(report_id)
    if report is None:
        raise NotFoundError(
            "report.unknown",
            "there is no report of this number",
            where=report_id[:20],
            remedy="see the list of reports of the season",
        )
    return report


def report_csv(content: Mapping[str, object]) -> bytes:
    """Write a report as one table: UTF-8 with byte order mark, semicolons, no cell that acts.

    Args:
        content: A report's content.
    """
    lines: list[Sequence[object]] = [
        ("rubrique", "sujet", "personne", "composant", "date", "par", "état", "détail")
    ]
    lines += [
        ("fichier", item["name"], "", "", item["at"], item["by"], item["kind"], _counts(item))
        for item in _listed(content, "files")
    ]
    lines += [
        (
            "ligne refusée",
            f"{item['name']}:{refusal.get('row')}",
            "",
            refusal.get("column"),
            item["at"],
            item["by"],
            refusal.get("code"),
            "",
        )
        for item in _listed(content, "files")
        for refusal in _listed(item, "refusals")
    ]
    lines += [
        (
            "décision",
            f"{item['source']}:{item['row']}",
            f"{item['candidate']} {item['name']}",
            item["component"],
            item["decided"],
            "",
            item["decision"],
            item["session"],
        )
        for item in _listed(content, "decisions")
    ]
    lines += [
        (
            "constat",
            item["code"],
            item["candidate"],
            " ".join(_texts(item["components"])),
            "",
            "",
            item["effect"],
            item["message"],
        )
        for item in _listed(content, "sayings")
    ]
    lines += [
        ("ordre", item["id"], "", "", item["at"], item["by"], item["state"], item["detail"])
        for item in _listed(content, "orders")
    ]
    lines += [
        (
            "délivrance",
            item["number"],
            f"{item['candidate']} {item['holder']}",
            item["component"],
            item["issued"],
            "",
            item["state"],
            item["decided"],
        )
        for item in _listed(content, "awards")
    ]
    lines += [
        (
            "courriel",
            item["id"],
            item["candidate"],
            "",
            item["at"],
            "",
            item["state"],
            " ".join(_texts(item["numbers"])),
        )
        for item in _listed(content, "notices")
    ]
    return table(lines)


def table(lines: Sequence[Sequence[object]]) -> bytes:
    """Write lines for a spreadsheet: UTF-8 with byte order mark, semicolons, no cell that acts.

    Args:
        lines: The header first.

    Spec: OWASP, "CSV Injection".
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless("" if cell is None else str(cell)) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return (
        f"'{cell}" if cell.lstrip(" \u00a0").startswith(_DANGEROUS) or cell.startswith(_DANGEROUS) else cell
    )


def _content(  # noqa: PLR0917 - the parts of a report's head
    office: Office, registry: Registry, certification: str, session: str | None, now: datetime, actor: str
) -> Mapping[str, object]:
    view = plan_view(office, registry, certification, session)
    awards = [
        award
        for award in registry.awards()
        if award.certification == certification and session in {None, award.session}
    ]
    numbers = {award.number for award in awards}
    sessions = [kept for kept in registry.sessions(certification) if session in {None, kept.id}]
    return {
        "version": VERSION,
        "at": _instant(now),
        "by": actor,
        "certification": {"code": certification, "version": view.plan.certification.version},
        "session": session,
        "plan": view.plan.digest,
        "summary": {
            "decisions": sum(
                1 for row in registry.record(certification).rows if session in {None, row.session}
            ),
            "awards": len(awards),
            "waiting": len(view.plan.awards),
            "stops": sum(saying.count for saying in view.stops),
            "warnings": sum(saying.count for saying in view.warnings),
        },
        "sessions": [
            {
                "id": kept.id,
                "on": kept.on.isoformat(),
                "place": kept.place,
                "signed": kept.signed,
                "signatory": kept.signatory,
            }
            for kept in sessions
        ],
        "files": _files(registry, certification),
        "decisions": _decisions(registry, certification, session),
        "sayings": _sayings(view),
        "orders": _orders(registry, certification, session),
        "awards": [
            {
                "number": award.number,
                "candidate": award.candidate_id,
                "holder": award.holder,
                "component": award.component,
                "decided": award.decided_on.isoformat(),
                "issued": _instant(award.issued_at),
                "state": award.state.value,
            }
            for award in awards
        ],
        "notices": [
            {
                "id": notice.id,
                "candidate": notice.candidate_id,
                "numbers": list(notice.numbers),
                "state": notice.state.value,
                "at": _instant(notice.changed_at),
            }
            for notice in registry.notices()
            if not numbers.isdisjoint(notice.numbers)
        ],
    }


def _files(registry: Registry, certification: str) -> list[Mapping[str, object]]:
    """Give the files that were taken in, as the trail tells of them: digest, when, by whom, how many rows."""
    files: list[Mapping[str, object]] = []
    for entry in registry.audit_entries():
        if entry.action != "record.imported":
            continue
        made = registry.import_of(entry.subject)
        if made is not None and made.certification == certification:
            files.append(
                {
                    "name": made.name,
                    "kind": made.kind,
                    "sha256": made.id,
                    "accepted": made.accepted,
                    "refused": made.refused,
                    "known": made.known,
                    "corrections": len(_texts(made.detected.get("corrections"))),
                    "contributors": _texts(made.detected.get("contributors")),
                    "refusals": _refusals(made.detected.get("refused")),
                    "at": _instant(made.at),
                    "by": made.by,
                }
            )
    return files


def _decisions(registry: Registry, certification: str, session: str | None) -> list[Mapping[str, object]]:
    return [
        {
            "source": row.source,
            "row": row.number,
            "session": row.session,
            "candidate": row.candidate_id,
            "name": f"{row.given_names} {row.family_name}".strip(),
            "component": row.component,
            "decision": row.decision,
            "decided": row.decision_date.isoformat() if row.decision_date else row.decision_date_text,
        }
        for row in registry.record(certification).rows
        if session in {None, row.session}
    ]


def _sayings(view: PlanView) -> list[Mapping[str, object]]:
    said: list[Mapping[str, object]] = [
        {
            "candidate": part.evaluation.candidate_id,
            "code": finding.code.id,
            "effect": finding.code.effect.value,
            "components": list(finding.components),
            "message": finding.sentence.fr,
        }
        for part in (*view.plan.candidates, *view.others)
        for finding in (*part.evaluation.refusals, *part.evaluation.warnings)
        if view.session is None or finding.session in {None, view.session}
    ]
    said += [
        {
            "candidate": "",
            "code": row.code.id,
            "effect": row.code.effect.value,
            "components": [],
            "message": f"{row.row.source}:{row.row.number} {row.sentence.fr}",
        }
        for row in view.plan.rows_without_candidate
    ]
    return said


def _orders(registry: Registry, certification: str, session: str | None) -> list[Mapping[str, object]]:
    wanted = {OrderKind.ISSUE, OrderKind.CORRECT}
    return [
        {
            "id": order.id,
            "kind": order.kind.value,
            "at": _instant(event.at),
            "by": event.by,
            "state": event.state.value,
            "detail": str(order.asked.content.get("plan", ""))[:12],
        }
        for order in registry.orders()
        if order.kind in wanted
        and order.asked.content.get("certification") == certification
        and order.asked.content.get("session") in {None, session}
        for event in order.events
    ]


def _counts(item: Mapping[str, object]) -> str:
    return (
        f"{item['accepted']} prises, {item['refused']} refusées, {item['known']} déjà connues, "
        f"{item['corrections']} corrigées, SHA-256 {item['sha256']}"
    )


def _listed(content: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    found = content[name]
    assert isinstance(found, Sequence)
    return found


def _refusals(kept: object) -> list[Mapping[str, object]]:
    """Give where and why rows were refused, without the values and sentences that older registers kept."""
    if not isinstance(kept, Sequence):
        return []
    return [
        {name: note.get(name) for name in ("row", "column", "code")}
        for note in kept
        if isinstance(note, Mapping)
    ]


def _texts(value: object) -> list[str]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [item if isinstance(item, str) else json.dumps(item, sort_keys=True) for item in value]
    return []


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
