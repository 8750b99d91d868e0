"""What an employer sees behind a link, a number or a short code, and why: for who is asked on the telephone.

Nothing is guessed here: the same verification is made as for the page, and beside it stands what the register
alone knows: who changed the state on whose word, what took whose place, which key and which list speak.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from credentials.errors import CredentialError
from credentials.json_input import JsonObject, parse_object
from credentials.report import Check, Verdict, VerificationReport
from credentials.status.bitstring import decode, get_bit
from credentials.structure.values import objects_of
from credentials.verdict import implied_by
from issuer.domain.award import Award, AwardState
from issuer.domain.short_code import grouped, looks_like_code, read_short_code
from issuer.errors import NotFoundError
from issuer.ports import AuditEntry, ClosedLink, Registry, Share, ShareState
from issuer.ports.explaining import (
    Explained,
    Explanation,
    HistoryLine,
    KeyLine,
    ListLine,
    Reference,
    ShareLine,
)
from issuer.ports.sharing import HOLDER
from issuer.services.desk import Desk
from issuer.services.office import Office

_NUMBER = re.compile(r"[0-9]{4}-[0-9]{6,9}\Z", re.ASCII)
_SHARE = re.compile(r"/s/([A-Za-z0-9_-]{22,64})(?:[/?#].*)?\Z", re.ASCII)
_LONGEST = 2_048

_BEGAN = {
    "award.suspended": AwardState.SUSPENDED,
    "award.reinstated": AwardState.VALID,
    "award.revoked": AwardState.REVOKED,
    "award.replaced": AwardState.REPLACED,
}
"""What the trail calls the act with which each state begins."""

_OK, _GONE = 200, 410
"""What the address answers a program, in the web's own numbers."""


def explain(office: Office, desk: Desk, reference: str) -> Explained:
    """Say what an employer sees behind what they have in hand, at this moment, and why.

    Args:
        office: The service.
        desk: What makes the public pages.
        reference: A verification link, a share's link, an award's number or a short code, as copied.

    Returns:
        The share where it was one, and each award that it leads to.

    Raises:
        NotFoundError: ``explain.nothing``: an employer gets the page « Aucun document » (404).

    Spec: design.md, section 6; issue 4, item 3.
    """
    text = reference.strip()[:_LONGEST]
    with office.store.reading() as registry:
        share = _share_named(office, registry, text)
        if share is not None:
            return _explained_share(office, registry, desk, share)
        kind, award = _award_named(registry, desk, text)
        if award is None:
            raise NotFoundError(
                "explain.nothing",
                "nothing of ours has this link, number or code: an employer gets the page that says so (404)",
                where=text if _NUMBER.match(text) else "LINK",
                remedy="have it read out once more, or copied whole; capitals count in a link",
            )
        found = explain_award(office, registry, desk, award)
        return Explained(kind, found.page_status, None, [found])


def explain_award(office: Office, registry: Registry, desk: Desk, award: Award) -> Explanation:
    """Say what an employer sees of an award, and why.

    Args:
        office: The service.
        registry: The open unit of work.
        desk: What makes the public pages.
        award: The register's entry.
    """
    number = award.number
    closed = _closed(registry, number)
    code = registry.short_code(number)
    content = _content(registry, number)
    gone = closed is not None
    return Explanation(
        award=award,
        page=desk.page_of(registry, award),
        closed=closed,
        page_status=_GONE if gone else _OK,
        document_status=_GONE if gone or award.state is AwardState.REPLACED else _OK,
        short_code=grouped(code) if code else None,
        history=history_of(registry, award),
        switches=registry.link_switches(number),
        shares=[
            _share_line(office, share)
            for share in registry.shares_of(award.candidate_id)
            if number in share.numbers
        ],
        replaced_by=registry.replacement_of(number),
        replaces=registry.replacement_by(number),
        keys=list(_keys(office, registry, content)),
        lists=list(_lists(office, registry, award, content)),
    )


def history_of(registry: Registry, award: Award) -> Sequence[HistoryLine]:
    """Give an award's states with the orders that they carried out, oldest first.

    Args:
        registry: The open unit of work.
        award: The register's entry.
    """
    events = registry.status_events(award.number)
    warrants = _warrants(registry.audit_of(award.number), award.number) if events else {}
    lines: list[HistoryLine] = []
    seen: dict[AwardState, int] = {}
    for event in events:
        # The trail has a line for each act, in the same order as the states.
        place = seen[event.state] = seen.get(event.state, -1) + 1
        known = warrants.get(event.state, [])
        order, approver = known[place] if place < len(known) else (None, None)
        lines.append(HistoryLine(event.at, event.state, event.reason, event.note, event.by, order, approver))
    return lines


def deciding_checks(report: VerificationReport) -> Sequence[Check]:
    """Give the checks that make the verdict what it is; none for a valid document.

    Args:
        report: The verification.
    """
    if report.verdict is Verdict.VALID:
        return []
    return [check for check in report.checks if implied_by(check) is report.verdict]


def _warrants(
    entries: Sequence[AuditEntry], number: str
) -> Mapping[AwardState, Sequence[tuple[str | None, str | None]]]:
    found: dict[AwardState, list[tuple[str | None, str | None]]] = {}
    for entry in entries:
        state = _BEGAN.get(entry.action) if entry.subject == number else None
        if state is not None:
            said = json.loads(entry.details)
            found.setdefault(state, []).append((said.get("order"), said.get("approved_by")))
    return found


def _share_named(office: Office, registry: Registry, text: str) -> Share | None:
    base = office.base_url.partition("://")[2]
    bare = text.partition("://")[2] or text
    found = _SHARE.fullmatch(bare.removeprefix(base)) if bare.startswith(base) else None
    return registry.share_by_token(found[1]) if found else None


def _award_named(registry: Registry, desk: Desk, text: str) -> tuple[Reference, Award | None]:
    if _NUMBER.match(text):
        return Reference.NUMBER, registry.award(text)
    if looks_like_code(text):
        return Reference.CODE, registry.award_by_short_code(read_short_code(text) or "")
    token = desk.token_of(text)
    return Reference.LINK, registry.award_by_token(token) if token else None


def _explained_share(office: Office, registry: Registry, desk: Desk, share: Share) -> Explained:
    line = _share_line(office, share)
    awards = [award for award in (registry.award(number) for number in share.numbers) if award is not None]
    found = [explain_award(office, registry, desk, award) for award in awards]
    shown = any(each.closed is not ClosedLink.LINK_OFF_BY_REGISTRY for each in found)
    is_open = line.state is ShareState.OPEN and shown
    return Explained(Reference.SHARE, _OK if is_open else _GONE, line, found)


def _share_line(office: Office, share: Share) -> ShareLine:
    return ShareLine(
        share.created_at, share.until, share.state(office.clock.now()), share.views, share.numbers
    )


def _closed(registry: Registry, number: str) -> ClosedLink | None:
    if registry.link_is_open(number):
        return None
    *_, last = registry.link_switches(number)
    return ClosedLink.LINK_OFF if last.by == HOLDER else ClosedLink.LINK_OFF_BY_REGISTRY


def _content(registry: Registry, number: str) -> JsonObject:
    try:
        return parse_object(registry.credential(number) or b"")
    except CredentialError:
        return {}  # damaged: the verification beside this says so


def _keys(office: Office, registry: Registry, content: JsonObject) -> Iterator[KeyLine]:
    ledger = {f"{office.did}#{key['name']}": key for key in registry.key_ledger()}
    for proof in objects_of(content.get("proof")):
        method = str(proof.get("verificationMethod"))
        key = ledger.get(method, {})
        yield KeyLine(method, key.get("state"), key.get("created_at"), key.get("changed_at"))


def _lists(office: Office, registry: Registry, award: Award, content: JsonObject) -> Iterator[ListLine]:
    named = {str(entry.get("statusListCredential")) for entry in objects_of(content.get("credentialStatus"))}
    for opening in registry.status_lists():
        if opening.numbering != award.status_list:
            continue
        published = registry.status_list(opening.name)
        url = office.status_list_url(opening.name)
        yield ListLine(
            name=opening.name,
            url=url,
            purpose=opening.purpose,
            index=award.status_index,
            bit=None if published is None else _bit(published.body, award.status_index),
            named=url in named,
            published_at=None if published is None else published.published_at,
            valid_until=None if published is None else published.valid_until,
        )


def _bit(body: bytes, index: int) -> bool | None:
    try:
        (subject,) = objects_of(parse_object(body)["credentialSubject"])
        return get_bit(decode(str(subject["encodedList"])), index)
    except (CredentialError, KeyError, ValueError):
        return None  # whoever reads it gets the same answer: it cannot be read
