"""The CPF feed: which titles are to be sent, what was sent, and what came back.

A draft: the schema in force since 2025 is not known here, and files say so. Titles only, since the schema has
no place for blocks; no social-security number, which never enters this system.

Spec: labour code, articles L. 6113-8 and R. 6113-17-1 to -3; french-domain.md, section 7.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from issuer.domain.accrochage import DepositRow, Outcome, deposit_row, last_day, row_digest, technical_id
from issuer.domain.accrochage_lacks import Lack, Refusal
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.domain.canary import is_canary
from issuer.domain.institution import CpfSettings
from issuer.domain.records import Candidate
from issuer.errors import ConfigurationError, ConflictError, NotFoundError
from issuer.ports import Registry
from issuer.ports.legal import Answer, DepositFile, DepositWriter, SentRow
from issuer.services import audit
from issuer.services.catalog import kept_version
from issuer.services.office import PARIS, Office

KEY_SETTING: Final = "cpf.key"
"""The fixed setting that keys the technical identifiers; made with the first file."""

_URN: Final = "urn:uuid:"


class Standing(StrEnum):
    """Where a title stands with the feed."""

    NEVER_SENT = "never-sent"
    UNANSWERED = "unanswered"
    REJECTED = "rejected"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Record:
    """What the register knows of a title's way into the feed.

    Attributes:
        standing: Where it stands.
        digest: Keyed digest of the line that was sent last, or None.
        sent_at: When it was sent last (aware), or None.
        answer: The last answer, or None.
    """

    standing: Standing
    digest: str | None = None
    sent_at: datetime | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file would hold.

    Attributes:
        rows: The lines.
        refused: Titles that cannot be sent, each with every reason.
        accepted: Titles that were accepted before: they do not go again.
        unanswered: Titles that were sent and on which nothing came back: they do not go unless asked for.
    """

    rows: Sequence[DepositRow]
    refused: Sequence[Outcome]
    accepted: Sequence[Award]
    unanswered: Sequence[Award]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made.

    Attributes:
        file: What the register keeps of it.
        content: Its bytes; they are kept nowhere.
        prepared: What it holds, and what it does not.
    """

    file: DepositFile
    content: bytes
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Deadline:
    """A title that is still to be sent, and until when.

    Attributes:
        award: The title.
        delivered_on: Day of delivery, in Paris.
        due_on: Last day on which it is sent in time.
        standing: Where it stands.
        late: Whether that day is over.
    """

    award: Award
    delivered_on: date
    due_on: date
    standing: Standing
    late: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """Which titles are meant; all of them where nothing is said.

    Attributes:
        session: Of one jury session alone, or None.
        since: Delivered on this day (in Paris) or later, or None.
        again: Also those that were sent without an answer, and rejected ones that did not change.
    """

    session: str | None = None
    since: date | None = None
    again: bool = False


def prepare(office: Office, selection: Selection) -> Prepared:
    """Say what a file would hold now; writes nothing.

    Args:
        office: The service.
        selection: Which titles.

    Raises:
        NotFoundError: ``session.unknown``.
    """
    with office.store.reading() as registry:
        key = _key(registry)
        return _prepared(registry, selection, key or bytes(32))


def make_file(
    office: Office,
    writer: DepositWriter,
    selection: Selection,
    *,
    actor: str,
    hand_over: Callable[[bytes], None] | None = None,
) -> Made:
    """Make a file, and keep what it says of each title as a digest.

    Args:
        office: The service.
        writer: Of the schema's version in force.
        selection: Which titles.
        actor: Who.
        hand_over: Puts the file where it is wanted, before it counts as made: where that fails, nothing
            was sent.

    Raises:
        ConfigurationError: ``cpf.not_configured``: the Caisse des Dépôts' identifiers are not set.
        NotFoundError: ``session.unknown``.
        ConflictError: ``cpf.nothing_to_send``.
    """
    settings = _complete(office.institution.cpf)
    with office.store.writing() as registry:
        key = _key(registry)
        if key is None:
            key = office.ids.secret()
            registry.fix_setting(KEY_SETTING, key.hex())
        prepared = _prepared(registry, selection, key)
        if not prepared.rows:
            raise ConflictError(
                "cpf.nothing_to_send",
                f"there is no line to send ({len(prepared.refused)} refused, {len(prepared.accepted)} "
                f"accepted before, {len(prepared.unanswered)} unanswered)",
                where=selection.session or "titles",
                remedy="see why with --check; those without an answer go again with --again",
            )
        now = office.clock.now()
        flux = office.ids.urn().removeprefix(_URN)
        content = writer.write(settings, flux, now, prepared.rows)
        made = DepositFile(flux, writer.version, hashlib.sha256(content).hexdigest(), now, actor)
        sent = [
            SentRow(flux, row.technical_id, row.number, row_digest(key, row), now) for row in prepared.rows
        ]
        registry.add_deposit(made, sent)
        details = {
            "sha256": made.sha256,
            "schema": made.schema_version,
            "draft": True,
            "lines": len(sent),
            "refused": len(prepared.refused),
        }
        audit.record(registry, now, actor, "cpf.file_made", flux, details)
        if hand_over is not None:
            hand_over(content)
        return Made(made, content, prepared)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back on one line, as it was read.

    Attributes:
        technical_id: Which line.
        accepted: Whether it was taken.
        code: The rejection's code, or None.
        message: Its words, or None.
    """

    technical_id: str
    accepted: bool
    code: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class TakenAnswers:
    """What an answer changed.

    Attributes:
        accepted: Lines that were accepted.
        rejected: Lines that were rejected.
        known: Whether the same file was taken in before: nothing was written.
    """

    accepted: int
    rejected: int
    known: bool = False


def take_answers(office: Office, replies: Sequence[Reply], sha256: str, *, actor: str) -> TakenAnswers:
    """Keep what came back; the same file twice adds nothing.

    Args:
        office: The service.
        replies: What came back, line by line.
        sha256: Of the file (hex).
        actor: Who.

    Raises:
        NotFoundError: ``cpf.line_unknown``: a line was never sent from here; nothing was taken in.
    """
    accepted = sum(reply.accepted for reply in replies)
    with office.store.writing() as registry:
        if any(answer.source_sha256 == sha256 for answer in registry.answers()):
            return TakenAnswers(accepted, len(replies) - accepted, known=True)
        numbers = {row.technical_id: row.number for row in registry.sent_rows()}
        unknown = [place for place, reply in enumerate(replies, 1) if reply.technical_id not in numbers]
        if unknown:
            raise NotFoundError(
                "cpf.line_unknown",
                f"{len(unknown)} lines were never sent from here; nothing was taken in",
                where=f"line {unknown[0]}",
                remedy="give the answer to a file that was made here: parchemin cpf list",
            )
        now = office.clock.now()
        for reply in replies:
            registry.add_answer(
                Answer(
                    technical_id=reply.technical_id,
                    number=numbers[reply.technical_id],
                    accepted=reply.accepted,
                    code=reply.code,
                    message=reply.message,
                    source_sha256=sha256,
                    at=now,
                    by=actor,
                )
            )
        details = {"accepted": accepted, "rejected": len(replies) - accepted}
        audit.record(registry, now, actor, "cpf.answered", sha256, details)
    return TakenAnswers(accepted, len(replies) - accepted)


def standings(office: Office) -> Sequence[tuple[Award, Record]]:
    """Give every title that the register holds, in order of number, with where it stands with the feed."""
    with office.store.reading() as registry:
        records = _records(registry)
        key = _key(registry) or bytes(32)
        titles = [award for award in registry.awards() if _is_sent(award)]
        return [(award, records.get(technical_id(key, award), _NEVER)) for award in titles]


def deposits(office: Office) -> Sequence[tuple[DepositFile, int]]:
    """Give the files that were made, oldest first, each with the number of its lines."""
    with office.store.reading() as registry:
        sent = registry.sent_rows()
        return [(made, sum(row.file_id == made.id for row in sent)) for made in registry.deposits()]


def deadlines(office: Office) -> Sequence[Deadline]:
    """Give the titles in force that the feed has not accepted, those that are due first before the others.

    Args:
        office: The service.

    Spec: three months from delivery (french-domain.md, section 7).
    """
    today = office.today()
    found = []
    for award, record in standings(office):
        if award.state is not AwardState.VALID or award.erased or record.standing is Standing.ACCEPTED:
            continue
        delivered = award.issued_at.astimezone(PARIS).date()
        due = last_day(delivered)
        found.append(Deadline(award, delivered, due, record.standing, late=due < today))
    return sorted(found, key=lambda each: (each.due_on, each.award.number))


def withdrawn_after_acceptance(office: Office) -> Sequence[Award]:
    """Give the titles that the feed accepted and that were withdrawn since: a person tells it so."""
    return [
        award
        for award, record in standings(office)
        if record.standing is Standing.ACCEPTED and award.state is AwardState.REVOKED
    ]


_NEVER: Final = Record(Standing.NEVER_SENT)


def _prepared(registry: Registry, selection: Selection, key: bytes) -> Prepared:
    _require_session(registry, selection.session)
    records = _records(registry)
    rows, refused, accepted, unanswered = [], [], [], []
    for award in _titles(registry, selection):
        record = records.get(technical_id(key, award), _NEVER)
        if record.standing is Standing.ACCEPTED:
            accepted.append(award)
        elif record.standing is Standing.UNANSWERED and not selection.again:
            unanswered.append(award)
        else:
            outcome = _outcome(registry, award, key)
            if outcome.row is None:
                refused.append(outcome)
            elif _is_unchanged(record, row_digest(key, outcome.row)) and not selection.again:
                refused.append(Outcome(award, None, [Refusal(Lack.UNCHANGED)]))
            else:
                rows.append(outcome.row)
    return Prepared(rows, refused, accepted, unanswered)


def _is_unchanged(record: Record, digest: str) -> bool:
    return record.standing is Standing.REJECTED and record.digest == digest


def _is_sent(award: Award) -> bool:
    """Say whether an award is one that the feed is about: a person's title."""
    return award.kind is AwardKind.TITLE and not is_canary(award.certification)


def _titles(registry: Registry, selection: Selection) -> Iterator[Award]:
    """Give the titles that are meant; of those that another one replaced, that one is enough."""
    for award in registry.awards():
        if not _is_sent(award) or award.state is AwardState.REPLACED:
            continue
        if selection.session not in {None, award.session}:
            continue
        if selection.since is None or award.issued_at.astimezone(PARIS).date() >= selection.since:
            yield award


def _outcome(registry: Registry, award: Award, key: bytes) -> Outcome:
    candidate = registry.candidate(award.candidate_id)
    kept = registry.civil(award.candidate_id)
    fiche = kept_version(registry, award.certification, award.certification_version)
    route = fiche.route(_route_at(candidate, award.decided_on)) if candidate else None
    return deposit_row(
        award, candidate, kept.data if kept else None, route.cpf_access if route else None, key
    )


def _route_at(candidate: Candidate, day: date) -> str:
    """Give the access route that a person was on when the jury decided."""
    route = candidate.route
    for change in sorted(candidate.path_changes, key=lambda change: change.on):
        if change.on <= day:
            route = change.to_route
    return route


def _records(registry: Registry) -> Mapping[str, Record]:
    """Tell the story of every line that was ever sent: a later file or answer writes over an earlier one."""
    records: dict[str, Record] = {}
    for row in registry.sent_rows():
        records[row.technical_id] = Record(Standing.UNANSWERED, row.digest, row.at)
    for answer in registry.answers():
        before = records.get(answer.technical_id)
        if before is None or before.standing is Standing.ACCEPTED:
            continue
        # A rejection speaks of what was sent before it; what was accepted once stays so.
        late = before.sent_at is not None and answer.at >= before.sent_at
        standing = Standing.ACCEPTED if answer.accepted else Standing.REJECTED
        if answer.accepted or late:
            records[answer.technical_id] = Record(standing, before.digest, before.sent_at, answer)
    return records


def _require_session(registry: Registry, session: str | None) -> None:
    if session is None:
        return
    codes = dict.fromkeys(fiche.code for fiche in registry.certifications() if not is_canary(fiche.code))
    known = {kept.id for code in codes for kept in registry.sessions(code)}
    if session not in known:
        raise NotFoundError(
            "session.unknown",
            "there is no jury session of this id",
            where=session[:40],
            remedy="known: " + (", ".join(sorted(known)) or "none yet"),
        )


def _complete(settings: CpfSettings) -> CpfSettings:
    missing = [name for name in ("sender", "certifier", "contract") if getattr(settings, name) is None]
    if missing:
        raise ConfigurationError(
            "cpf.not_configured",
            "the identifiers that the Caisse des Dépôts gives are not set: "
            + ", ".join(f"cpf.{name}" for name in missing),
            where="institution.yaml",
            remedy="ask the Caisse des Dépôts for them; until then --check shows what a file would hold",
        )
    return settings


def _key(registry: Registry) -> bytes | None:
    kept = registry.setting(KEY_SETTING)
    return None if kept is None else bytes.fromhex(kept)
