"""``parchemin plan | approve | issue``: from the record to signed awards."""

from collections.abc import Sequence

import click

from issuer.cli.context import json_option, office, operator, person, print_json, progress, say
from issuer.cli.notices import no_mail_option, tell_people
from issuer.cli.plan_sheet import show_plan
from issuer.domain.plan import Plan
from issuer.domain.staff import Role
from issuer.errors import RefusedError
from issuer.ports import ApprovedPlan
from issuer.services.issuing import IssueResult
from issuer.services.issuing import issue as issue_plans
from issuer.services.office import Office
from issuer.services.planning import approve as approve_plan
from issuer.services.planning import make_plan

session_option = click.option("--session", help="Only this jury session.")
certification_option = click.option(
    "--certification", help="Code of the certification; needed when there are several."
)


@click.command()
@session_option
@certification_option
@json_option
def plan(session: str | None, certification: str | None, as_json: bool) -> None:
    """Say what would be issued, with every refusal and warning; changes nothing."""
    opened = office()
    _fiche, made = make_plan(opened, certification, session)
    if as_json:
        print_json({"id": made.digest, **made.to_dict()})
        return
    with opened.store.reading() as registry:
        approved = registry.approved(made.digest) is not None
    show_plan(made, approved=approved, named=("--certification", certification) if certification else ())


@click.command()
@click.argument("plan")
@session_option
@certification_option
@json_option
def approve(plan: str, session: str | None, certification: str | None, as_json: bool) -> None:
    """Approve a plan. PLAN is the id that `parchemin plan` printed, or its first 8 characters."""
    approved = approve_plan(
        office(), plan, certification=certification, session=session, actor=person(Role.APPROVAL)
    )
    if as_json:
        print_json({"id": approved.id, "certification": approved.certification, "by": approved.by})
    else:
        say(f"plan {approved.id[:12]} is approved by {approved.by}; next: parchemin issue --all")


@click.command()
@session_option
@click.option("--all", "everything", is_flag=True, help="Every session.")
@certification_option
@click.option("--check", is_flag=True, help="Say what would be issued; sign nothing.")
@click.option("--yes", is_flag=True, help="Approve the plan as it stands now as well.")
@no_mail_option
@json_option
def issue(
    session: str | None,
    everything: bool,
    certification: str | None,
    check: bool,
    yes: bool,
    no_mail: bool,
    as_json: bool,
) -> None:
    """Issue what approved plans hold. After a stop, run it again: nothing is lost or made twice."""
    if (session is None) == (not everything):
        raise click.UsageError("say which: --session ID or --all")
    opened = office()
    fiche, made = make_plan(opened, certification, session)
    if check:
        if as_json:
            print_json({"id": made.digest, "would_issue": [award.to_dict() for award in made.awards]})
        else:
            say(f"would issue {len(made.awards)} awards under plan {made.digest[:12]}; nothing was signed")
        return
    approved = _approved(opened, fiche.code, session, made, yes=yes)
    with progress("issuing") as advance:
        result = issue_plans(opened, approved, actor=operator(), progress=advance)
    _report(result, as_json=as_json)
    tell_people(opened, no_mail=no_mail)
    if len(result.issued) < len(made.awards):
        _say_what_waits(opened, certification, session)


def _say_what_waits(opened: Office, certification: str | None, session: str | None) -> None:
    """Say that awards wait for somebody's word: approved plans are exhausted, and the record has grown."""
    _fiche, left = make_plan(opened, certification, session)
    if left.awards:
        named = f" --certification {certification}" if certification else ""
        say(
            f"{len(left.awards)} awards wait, and nobody has approved their plan; read it (parchemin plan), "
            f"then: parchemin approve {left.digest[:12]}{named}"
        )


def _approved(
    opened: Office, certification: str, session: str | None, made: Plan, *, yes: bool
) -> Sequence[ApprovedPlan]:
    if yes and made.awards:
        return [
            approve_plan(
                opened, made.digest, certification=certification, session=session, actor=person(Role.APPROVAL)
            )
        ]
    with opened.store.reading() as registry:
        approved = [
            kept
            for kept in registry.approved_plans()
            if kept.certification == certification and session in {None, kept.session}
        ]
    if not approved and not made.awards:
        return []
    if not approved:
        raise RefusedError(
            "issue.not_approved",
            f"{len(made.awards)} awards wait, and nobody has approved their plan",
            where=made.digest[:12],
            remedy=f"read it (parchemin plan), then: parchemin approve {made.digest[:12]} (or issue --yes)",
        )
    return approved


def _report(result: IssueResult, *, as_json: bool) -> None:
    if as_json:
        print_json({"issued": result.issued, "known": result.known, "dropped": result.dropped})
        return
    if result.dropped:
        say(f"{len(result.dropped)} approved awards are no longer supported by the record: not issued")
    say(f"{len(result.issued)} awards issued, {result.known} existed already")
