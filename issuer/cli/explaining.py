"""``parchemin explain``: what an employer sees, for whoever has one on the telephone."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import click

from credentials.report import Verdict
from issuer.bootstrap import public_desk
from issuer.cli.context import json_option, office, print_json
from issuer.cli.screen import fit
from issuer.ports import ClosedLink
from issuer.ports.explaining import Explained, Explanation, ListLine, ShareLine
from issuer.services.explaining import deciding_checks
from issuer.services.explaining import explain as explain_reference

_BY_WHOM = {
    ClosedLink.LINK_OFF: "its holder switched the link off",
    ClosedLink.LINK_OFF_BY_REGISTRY: "the registry switched the link off",
}


@click.command()
@click.argument("link")
@json_option
def explain(link: str, as_json: bool) -> None:
    """Show exactly what an employer sees behind a link, and why.

    LINK is a verification link, a share's link, an award's number, or the short code on paper. What only the
    register knows (who decided, what took whose place) is shown here and nowhere outside.
    """
    opened = office()
    found = explain_reference(opened, public_desk(opened), link)
    if as_json:
        print_json(as_json_values(found))
        return
    if found.share is not None:
        click.echo(f"share: {_share(found.share)}")
    for explained in found.awards:
        for line in _lines(explained):
            click.echo(line)


def as_json_values(found: Explained) -> Mapping[str, object]:
    """Give an explanation as JSON values.

    Args:
        found: The explanation.
    """
    return {
        "named_by": found.reference.value,
        "page": found.status,
        "share": None if found.share is None else _share_values(found.share),
        "awards": [_values(explained) for explained in found.awards],
    }


def _lines(explained: Explanation) -> Iterator[str]:
    award, report = explained.award, explained.page.report
    yield f"{award.number}: {award.credential_id}"
    closed = f", because {_BY_WHOM[explained.closed]}" if explained.closed else ""
    yield f"page: {explained.page_status}{closed}; document: {explained.document_status}"
    where = "where it is open, " if explained.closed else ""
    yield f"verdict: {where}{report.verdict.value}"
    because = deciding_checks(report)
    yield from (f"because: {check.message.en} [{check.code}]" for check in because)
    for check in report.checks:
        as_of = f", as of {_minute(check.as_of)}" if check.as_of else ""
        said = f"{fit(check.message.en)} [{check.code}{as_of}]"
        yield f"  {check.outcome.value:<14} {check.id.value:<10} {said}"
    if report.verdict is not Verdict.REPLACED and report.credential is not None:
        yield f"shows: {fit(', '.join(report.credential.holder))}, {fit(report.credential.name or '')}"
    yield from _inside(explained)


def _inside(explained: Explanation) -> Iterator[str]:
    """Give what an employer is never told."""
    for event in explained.history:
        why = f" ({event.reason.value})" if event.reason else ""
        order = f", order {event.order} approved by {event.approved_by}" if event.order else ""
        note = f", note: {fit(event.note)}" if event.note else ""
        yield f"inside: {event.state.value} on {_minute(event.at)}{why} by {event.by}{order}{note}"
    for switch in explained.switches:
        yield f"inside: link {'on' if switch.opened else 'off'} on {_minute(switch.at)} by {switch.by}"
    for share in explained.shares:
        yield f"inside: share {_share(share)}"
    if explained.replaced_by:
        yield f"inside: replaced by {explained.replaced_by.new} ({explained.replaced_by.reason.value})"
    if explained.replaces:
        yield f"inside: takes the place of {explained.replaces.old} ({explained.replaces.reason.value})"
    for key in explained.keys:
        since = f" since {key.changed_at}" if key.changed_at else ""
        yield f"key: {key.id}, {key.state or 'not in the ledger'}{since}"
    for line in explained.lists:
        yield f"list: {line.url}#{line.index}, {line.purpose.value}: {_bit(line)}"
    if explained.short_code:
        yield f"short code: {explained.short_code} (good with the holder's name alone)"


def _bit(line: ListLine) -> str:
    told = "unreadable" if line.bit is None else "set" if line.bit else "not set"
    until = f", good until {_minute(line.valid_until)}" if line.valid_until else ""
    return told + until + ("" if line.named else "; its document does not name this list")


def _share(share: ShareLine) -> str:
    until = f" until {_minute(share.until)}" if share.until else ""
    return f"{share.state.value}{until}, of {', '.join(share.numbers)}, opened {share.views} times"


def _values(explained: Explanation) -> Mapping[str, object]:
    report = explained.page.report
    return {
        "number": explained.award.number,
        "link": explained.award.credential_id,
        "short_code": explained.short_code,
        "page": explained.page_status,
        "document": explained.document_status,
        "closed": explained.closed.value if explained.closed else None,
        "verdict": report.verdict.value,
        "because": [
            {"code": check.code, "fr": check.message.fr, "en": check.message.en}
            for check in deciding_checks(report)
        ],
        "report": report.to_dict(),
        "history": [
            {
                "state": event.state.value,
                "at": _instant(event.at),
                "reason": event.reason.value if event.reason else None,
                "note": event.note,
                "by": event.by,
                "order": event.order,
                "approved_by": event.approved_by,
            }
            for event in explained.history
        ],
        "switches": [
            {"opened": switch.opened, "at": _instant(switch.at), "by": switch.by}
            for switch in explained.switches
        ],
        "shares": [_share_values(share) for share in explained.shares],
        "replaced_by": explained.replaced_by.new if explained.replaced_by else None,
        "replaces": explained.replaces.old if explained.replaces else None,
        "keys": [
            {"id": key.id, "state": key.state, "created_at": key.created_at, "changed_at": key.changed_at}
            for key in explained.keys
        ],
        "lists": [
            {
                "url": line.url,
                "purpose": line.purpose.value,
                "index": line.index,
                "set": line.bit,
                "named_by_document": line.named,
                "published_at": _instant(line.published_at),
                "valid_until": _instant(line.valid_until),
            }
            for line in explained.lists
        ],
    }


def _share_values(share: ShareLine) -> Mapping[str, object]:
    return {
        "state": share.state.value,
        "created_at": _instant(share.created_at),
        "until": _instant(share.until),
        "views": share.views,
        "awards": list(share.numbers),
    }


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds").replace("+00:00", "Z")
