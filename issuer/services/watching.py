"""The self-watch: ask the public address, as a stranger would, and compare with what the register knows.

Canaries are awards of fictitious people, one for each thing that a page must say; what the pages, the reports
and the lists say of them is known beforehand, so that a service that says anything else is found out within
the hour, before an employer does.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

from credentials.report import Verdict
from issuer.domain.award import Award
from issuer.domain.canary import is_canary
from issuer.errors import ConflictError, NotFoundError, ServiceError
from issuer.ports.watch import EXPECTED, Answer, CanaryRole, Visitor, WatchFinding, WatchRun
from issuer.services import audit
from issuer.services.office import Office
from issuer.services.publishing import published_did_document
from issuer.services.status_lists import WARN_BEFORE, list_states

KEEP_RUNS = timedelta(days=365)
MOST_SKEW = timedelta(seconds=60)
CERTIFICATE_LEFT = timedelta(days=14)

_FOUND, _GONE = 200, 410
"""The answers of HTTP that a page of ours gives; a withdrawn award's may be either."""

_HTML, _JSON, _VC = "text/html", "application/json", "application/vc"


def name_canary(office: Office, role: CanaryRole, number: str, *, actor: str) -> None:
    """Keep that an award is a canary; it has to stand as its role says, and to be nobody's.

    Args:
        office: The service.
        role: What it is there for.
        number: The award.
        actor: Who.

    Raises:
        NotFoundError: ``award.unknown``.
        ConflictError: ``watch.not_a_canary``: another certification's award, or one in another state.
    """
    with office.store.writing() as registry:
        award = registry.award(number)
        if award is None:
            raise NotFoundError("award.unknown", "there is no award of this number", where=number,
                                remedy="list them with: parchemin awards")  # fmt: skip
        if registry.canaries().get(role) == number:
            return
        if not is_canary(award.certification) or _meant(award) is not EXPECTED[role]:
            raise ConflictError(
                "watch.not_a_canary",
                f"this award cannot be the canary “{role.value}”",
                where=number,
                remedy="found them with: parchemin watch found",
            )
        registry.add_canary(role, number, office.clock.now())
        audit.record(registry, office.clock.now(), actor, "canary.named", number, {"role": role.value})


def _meant(award: Award) -> Verdict:
    return {"valid": Verdict.VALID, "suspended": Verdict.SUSPENDED, "revoked": Verdict.REVOKED}.get(
        award.state.value, Verdict.REPLACED
    )


def watch(office: Office, visitor: Visitor) -> WatchRun:
    """Look at everything once, and keep what was seen.

    Args:
        office: The service.
        visitor: Asks the public address.
    """
    findings = [
        *_looked("address", lambda: _address(office, visitor)),
        *_looked("certificate", lambda: _certificate(office, visitor)),
        *_looked("did", lambda: _did(office, visitor)),
        *_looked("lists", lambda: _lists(office, visitor)),
        *_canaries(office, visitor),
    ]
    run = WatchRun(office.clock.now(), findings)
    with office.store.writing() as registry:
        registry.add_watch_run(run, run.at - KEEP_RUNS)
    return run


def _looked(what: str, look: Callable[[], Iterator[WatchFinding]]) -> Iterator[WatchFinding]:
    """Look; nothing that answers is a finding, and does not stop the others."""
    try:
        yield from look()
    except ServiceError as error:
        yield WatchFinding(what, ok=False, detail=f"[{error.code}] {error.message}")


def _address(office: Office, visitor: Visitor) -> Iterator[WatchFinding]:
    answer = visitor.get("/healthz", _JSON)
    yield _status("address", answer)
    try:
        said = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return
    skew = abs(office.clock.now() - said)
    yield WatchFinding("clock", skew <= MOST_SKEW, f"{skew.total_seconds():.0f} s apart from the address's")


def _certificate(office: Office, visitor: Visitor) -> Iterator[WatchFinding]:
    end = visitor.certificate_end()
    if end is not None:
        left = end - office.clock.now()
        yield WatchFinding("certificate", left > CERTIFICATE_LEFT, f"ends in {left.days} days")


def _did(office: Office, visitor: Visitor) -> Iterator[WatchFinding]:
    with office.store.reading() as registry:
        own = published_did_document(office, registry).body
    answer = visitor.get("/.well-known/did.json", _JSON)
    same = answer.status == _FOUND and answer.body == own
    yield WatchFinding("did", same, "as in the register" if same else "not what the register holds")


def _lists(office: Office, visitor: Visitor) -> Iterator[WatchFinding]:
    now = office.clock.now()
    for state in list_states(office):
        with office.store.reading() as registry:
            published = registry.status_list(state.name)
        answer = visitor.get(state.url.removeprefix(office.base_url), _VC)
        same = published is not None and answer.body == published.body
        fresh = state.valid_until is not None and state.valid_until - now > WARN_BEFORE
        detail = "current" if same and fresh else "near its end" if same else "not what the register holds"
        yield WatchFinding(f"list.{state.name}", same and fresh, detail)


def _canaries(office: Office, visitor: Visitor) -> Iterator[WatchFinding]:
    with office.store.reading() as registry:
        named = registry.canaries()
        kept = {role: (registry.award(number), registry.credential(number)) for role, number in named.items()}
    for role in CanaryRole:
        award, stored = kept.get(role, (None, None))
        if award is None or stored is None:
            yield WatchFinding(
                f"canary.{role.value}", ok=False, detail="there is none: parchemin watch found"
            )
            continue
        path = award.credential_id.removeprefix(office.base_url)
        yield from _looked(f"canary.{role.value}", partial(_canary, visitor, role, path, stored))
    _award, stored = kept.get(CanaryRole.VALID, (None, None))
    if stored is not None:
        yield from _looked("canary.altered", lambda: _altered(visitor, stored))


def _canary(visitor: Visitor, role: CanaryRole, path: str, stored: bytes) -> Iterator[WatchFinding]:
    expected, name = EXPECTED[role], f"canary.{role.value}"
    page = visitor.get(path, _HTML)
    # The technical part of a page names the verdict in the standard's own word; a replaced award's has none.
    word = b'id="verdict"' if role is CanaryRole.REPLACED else f"<dd>{expected.value} (".encode()
    seen = "says what it must" if word in page.body else "does not say what it must"
    ok = word in page.body and page.status in {_FOUND, _GONE}
    yield WatchFinding(f"{name}.page", ok, f"status {page.status}, {seen}")
    report = visitor.get(f"{path}/report", _JSON)
    yield _verdict(f"{name}.report", report, expected)
    yield _verdict(f"{name}.file", visitor.hand_in(stored), expected)


def _altered(visitor: Visitor, stored: bytes) -> Iterator[WatchFinding]:
    """Hand in the valid canary with another name in it: nobody may take it for good."""
    document = json.loads(stored)
    document["awardedDate" if "awardedDate" in document else "validFrom"] = "2001-01-01T00:00:00Z"
    answer = visitor.hand_in(json.dumps(document, ensure_ascii=False).encode())
    yield _verdict("canary.altered.file", answer, Verdict.MODIFIED)


def _verdict(what: str, answer: Answer, expected: Verdict) -> WatchFinding:
    said = _member(answer, "verdict")
    return WatchFinding(what, said == expected.value, f"says {said or 'nothing'}, must say {expected.value}")


def _member(answer: Answer, name: str) -> str | None:
    try:
        values = json.loads(answer.body)
    except ValueError:
        return None
    found = values.get(name) if isinstance(values, Mapping) else None
    return found if isinstance(found, str) and len(found) <= len("unknown-issuer-or-so") else None


def _status(what: str, answer: Answer) -> WatchFinding:
    return WatchFinding(what, answer.status == _FOUND, f"status {answer.status}")


def last_run(office: Office) -> tuple[WatchRun | None, datetime]:
    """Give what the last watch found, or None; and the present instant."""
    with office.store.reading() as registry:
        return registry.last_watch_run(), office.clock.now()
