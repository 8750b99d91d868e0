"""``parchemin watch``: the service watches what it says itself, through its own public address."""

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from importlib import resources

import click
import yaml

from issuer.adapters.visitor import HttpVisitor
from issuer.cli.context import json_option, office, operator, person, print_json, say
from issuer.cli.jury import take_file
from issuer.config import check_base_url
from issuer.domain.award import Award, AwardState, ReplacementReason, WithdrawalReason
from issuer.domain.canary import CANARY_CODE
from issuer.domain.staff import Role
from issuer.errors import ConfigurationError
from issuer.ports.orders import OrderKind, OrderState
from issuer.ports.watch import CanaryRole, WatchRun
from issuer.services.catalog import import_certification
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.orders import orders, propose
from issuer.services.planning import approve, make_plan
from issuer.services.register import find_awards
from issuer.services.replacing import replace_award
from issuer.services.watching import name_canary
from issuer.services.watching import watch as look
from issuer.services.withdrawing import revoke, suspend

_SESSION, _DAY = "CANARIS", "2024-01-15"
_WORDS = {
    CanaryRole.VALID: "Valide",
    CanaryRole.SUSPENDED: "Suspendu",
    CanaryRole.WITHDRAWN: "Retiré",
    CanaryRole.REPLACED: "Remplacé",
}
_STATES = {
    CanaryRole.VALID: AwardState.VALID,
    CanaryRole.SUSPENDED: AwardState.SUSPENDED,
    CanaryRole.WITHDRAWN: AwardState.REVOKED,
    CanaryRole.REPLACED: AwardState.REPLACED,
}
_ACTS = {
    CanaryRole.SUSPENDED: (OrderKind.SUSPEND, WithdrawalReason.JURY_OR_COURT.value),
    CanaryRole.WITHDRAWN: (OrderKind.REVOKE, WithdrawalReason.MATERIAL_ERROR.value),
    CanaryRole.REPLACED: (OrderKind.REPLACE, ReplacementReason.CIVIL_STATUS.value),
}
_OPEN = frozenset({OrderState.PROPOSED, OrderState.APPROVED, OrderState.RUNNING, OrderState.FAILED})


@click.group(invoke_without_command=True)
@click.option("--url", help="The address to visit (default: the service's own, as strangers reach it).")
@json_option
@click.pass_context
def watch(context: click.Context, url: str | None, as_json: bool) -> None:
    """Look at the public address as a stranger does, keep what was seen, and say it; for an hourly timer.

    Pages, reports and lists of the canaries, the keys, each list's freshness, the certificate's end and the
    clock. Exit code 1 where anything is not as it must be.
    """
    if context.invoked_subcommand is not None:
        return
    opened = office()
    run = look(opened, HttpVisitor(check_base_url(url) if url else opened.base_url))
    if as_json:
        print_json(_values(run))
    else:
        for finding in run.findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}: {finding.detail}")
    if not run.ok:
        sys.exit(1)


@watch.command()
@json_option
def found(as_json: bool) -> None:
    """Make the canaries: awards of fictitious people, in a certification of their own that counts nowhere.

    They are issued, suspended, withdrawn and replaced as any award is. Where four eyes are on, each run asks
    for the next step, which another person approves and the worker carries out; run it until it says that all
    are there.
    """
    opened = office()
    actor = person(Role.ENTRY, Role.ADMINISTRATION)
    _take_record(opened, actor)
    waits = _next_step(opened, actor)
    if not waits:
        for role, award in _canaries(opened).items():
            name_canary(opened, role, award.number, actor=operator())
    if as_json:
        print_json({"founded": not waits, "waiting": waits})
    elif waits:
        say(f"asked for; it waits for another person's word, then for the worker: {', '.join(waits)}")
        say("afterwards, run the same command again")
    else:
        say("the canaries are there; next: parchemin watch")


def _next_step(opened: Office, actor: str) -> Sequence[str]:
    """Do, or ask for, what is to be done next; give the orders that wait."""
    if len(_canaries(opened)) < len(CanaryRole):
        waits = _issue(opened, actor)
        if waits:
            return waits
    waits = []
    for role, award in _canaries(opened).items():
        if award.state is not _STATES[role]:
            waits += _change(opened, role, award, actor)
    return waits


def _issue(opened: Office, actor: str) -> list[str]:
    _fiche, plan = make_plan(opened, CANARY_CODE, None)
    if not opened.four_eyes:
        approved = approve(opened, plan.digest, certification=CANARY_CODE, session=None, actor=actor)
        issue(opened, [approved], actor=actor)
        return []
    content = {"certification": CANARY_CODE, "session": None, "plan": plan.digest}
    return [_asked(opened, OrderKind.ISSUE, content, actor)]


def _change(opened: Office, role: CanaryRole, award: Award, actor: str) -> list[str]:
    kind, reason = _ACTS[role]
    if role is CanaryRole.REPLACED:
        _take(opened, "canaris-renommes.csv", _people(renamed=True), actor)
    if opened.four_eyes:
        return [_asked(opened, kind, {"numbers": [award.number], "reason": reason}, actor)]
    if role is CanaryRole.REPLACED:
        replace_award(opened, award.number, ReplacementReason(reason), None, actor=actor)
    else:
        act = suspend if role is CanaryRole.SUSPENDED else revoke
        act(opened, award.number, WithdrawalReason(reason), None, actor=actor)
    return []


def _asked(opened: Office, kind: OrderKind, content: Mapping[str, object], actor: str) -> str:
    """Ask once: an order for the same that is still open is the answer."""
    for order in orders(opened):
        if order.kind is kind and order.state in _OPEN and dict(order.asked.content) == dict(content):
            return order.id
    return propose(opened, kind, content, actor=actor, note="canaris").id


def _canaries(opened: Office) -> Mapping[CanaryRole, Award]:
    """Give the award of each role: of a person with two, the first, in whose place the other stands."""
    kept: dict[CanaryRole, Award] = {}
    for award in find_awards(opened, canaries=True):
        role = next((role for role in CanaryRole if award.candidate_id == _id(role)), None)
        if role is not None and award.certification == CANARY_CODE:
            kept.setdefault(role, award)
    return kept


def _take_record(opened: Office, actor: str) -> None:
    file = resources.files("issuer.catalog") / "canary" / "fiche.yaml"
    import_certification(opened, yaml.safe_load(file.read_text(encoding="utf-8")), actor=actor)
    with opened.store.reading() as registry:
        if any(person_.id == _id(CanaryRole.VALID) for person_ in registry.record(CANARY_CODE).candidates):
            return
    signatory = next(iter(sorted(opened.signatories())), None)
    if signatory is None:
        raise ConfigurationError(
            "watch.no_signatory",
            "canaries need a signatory, as any record does",
            where="institution.yaml",
            remedy="register one under signatories, then run it again",
        )
    _take(opened, "canaris.csv", _people(renamed=False), actor)
    _take(opened, "canaris-session.csv", _session(signatory), actor)
    _take(opened, "canaris-pv.csv", _results(), actor)


def _take(opened: Office, name: str, content: bytes, actor: str) -> None:
    take_file(
        opened,
        content,
        name,
        actor=actor,
        certification=CANARY_CODE,
        accept_valid=True,
        accept_changes=True,
    )


def _id(role: CanaryRole) -> str:
    return f"CANARI-{role.value.upper()}"


def _people(*, renamed: bool) -> bytes:
    header = "id_candidat nom_naissance nom_usage prenoms date_naissance voie date_entree courriel"
    rows = [
        (_id(role), f"Canari{'-Nouveau' if renamed and role is CanaryRole.REPLACED else ''}", "",
         _WORDS[role], f"1970-01-0{place}", "formation_continue", "2023-01-09", "")
        for place, role in enumerate(CanaryRole, start=1)
    ]  # fmt: skip
    return _csv(header, rows)


def _session(signatory: str) -> bytes:
    header = (
        "session date_jury voies internes represente_ag exterieurs president pv_signe signataire "
        "lies_au_candidat lieu"
    )
    row = (_SESSION, _DAY, "formation_continue", "2", "oui", "2", "oui", "oui", signatory, "", "Paris")
    return _csv(header, [row])


def _results() -> bytes:
    header = "session date_decision id_candidat nom prenoms composant decision reference_pv"
    return _csv(
        header,
        [
            (_SESSION, _DAY, _id(role), "Canari", _WORDS[role], f"{CANARY_CODE}BC01", "validé", "PV-CANARIS")
            for role in CanaryRole
        ],
    )


def _csv(header: str, rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(rows)
    return text.getvalue().encode()


def _values(run: WatchRun) -> Mapping[str, object]:
    return {
        "at": run.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "ok": run.ok,
        "findings": [
            {"what": finding.what, "ok": finding.ok, "detail": finding.detail} for finding in run.findings
        ],
    }
