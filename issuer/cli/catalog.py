"""``parchemin certification``: the fiches."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from issuer.adapters.rncp_xml import FeedFiche, RncpXmlError, looks_like_xml, read_feed
from issuer.adapters.yaml_document import YamlError, read_yaml
from issuer.cli.context import json_option, office, operator, person, print_json, read_input, say
from issuer.cli.equivalences import equivalences
from issuer.domain.canary import is_canary
from issuer.domain.certification import Certification
from issuer.domain.staff import Role
from issuer.services.catalog import current, import_certification
from issuer.services.fiches.comparison import Difference, compare_versions
from issuer.services.fiches.feed import FeedVersion, version_from_feed
from issuer.services.fiches.proposals import propose_certification
from issuer.services.office import Office

MAXIMUM_FICHE_BYTES = 2_000_000
_HEAD = 256


@click.group()
def certification() -> None:
    """Certifications (fiches): taken in as versions, never changed, never deleted."""


@dataclass(frozen=True, slots=True)
class _Handed:
    """A fiche as it was handed in.

    Attributes:
        document: The fiche.
        origin: Where it comes from, for the trail.
        feed: What the feed's version differs in, and what it was completed with; None for YAML.
    """

    document: Mapping[str, object]
    origin: str
    feed: FeedVersion | None


@certification.command("import")
@click.argument("file")
@click.option("--code", help="Code of the fiche, in an export of the RNCP that holds several.")
@click.option("--check", is_flag=True, help="Say what differs and what is lacking, keep nothing.")
@json_option
def import_(file: str, code: str | None, check: bool, as_json: bool) -> None:
    """Take in a fiche: YAML (form of the shipped rncp35080.yaml), or the RNCP's open data (XML, version 4.1).

    A fiche that differs is a new version. Where four eyes are on, it is proposed; another person approves it.
    """
    opened = office()
    handed = _handed_in(opened, file, code)
    if handed.feed is not None and not as_json:
        _show_feed(handed.feed)
    if check:
        if as_json:
            print_json({"kept": False, **_feed_json(handed.feed)})
        else:
            say("checked, nothing was kept")
        return
    if opened.four_eyes:
        order = propose_certification(
            opened, handed.document, actor=person(Role.ENTRY, Role.APPROVAL), origin=handed.origin
        )
        if as_json:
            print_json({"order": order.id, "state": order.state.value, **_feed_json(handed.feed)})
        else:
            say(f"proposed as {order.id}; another person approves it: parchemin orders approve {order.id}")
        return
    kept, new = import_certification(opened, handed.document, actor=operator(), origin=handed.origin)
    if as_json:
        print_json({**_line(kept), "new": new, **_feed_json(handed.feed)})
    else:
        say(f"{kept.code} version {kept.version}: " + ("taken in" if new else "known already, nothing added"))


def _handed_in(opened: Office, file: str, code: str | None) -> _Handed:
    if file != "-":
        try:
            with Path(file).open("rb") as stream:
                is_xml = looks_like_xml(stream.read(_HEAD))
        except OSError as error:
            raise click.UsageError(
                f"{file}: {error.strerror}; give an existing file that you may read"
            ) from error
        if is_xml:
            return _from_feed(opened, file, code)
    if code is not None:
        raise click.UsageError("--code is for the RNCP's open data (XML, in a file of its own)")
    document = _yaml(file)
    return _Handed(document, "yaml", None)


def _from_feed(opened: Office, file: str, code: str | None) -> _Handed:
    try:
        with Path(file).open("rb") as stream:
            fiche: FeedFiche = read_feed(stream, code)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except RncpXmlError as error:
        raise click.UsageError(f"{file}: {error}") from error
    version = version_from_feed(opened, fiche.document)
    return _Handed(version.document, f"rncp-feed {fiche.feed_version or '?'} sha256:{digest}", version)


def _show_feed(feed: FeedVersion) -> None:
    for note in feed.notes:
        say(f"  {note.origin.value:8} {note.message.en}")
    if feed.earlier is not None:
        say(f"  {len(feed.differences)} difference(s) from version {feed.earlier}:")
        _show_differences(feed.differences)


def _show_differences(differences: Sequence[Difference]) -> None:
    for found in differences:
        say(f"  {found.kind.value:8} {found.place}")
        for mark, text in (("-", found.before), ("+", found.after)):
            if text is not None:
                say(f"      {mark} {text}")


def _feed_json(feed: FeedVersion | None) -> Mapping[str, object]:
    if feed is None:
        return {}
    return {
        "completed": [note.to_dict() for note in feed.notes],
        "earlier": feed.earlier,
        "differences": [found.to_dict() for found in feed.differences],
    }


def _yaml(file: str) -> Mapping[str, object]:
    content = read_input(file, MAXIMUM_FICHE_BYTES)
    try:
        document = read_yaml(content)
    except YamlError as error:
        raise click.UsageError(f"{file}: not YAML ({error}); mend the place that is named") from error
    if not isinstance(document, dict):
        raise click.UsageError(f"{file}: not a fiche; compare with the shipped rncp35080.yaml")
    return document


@certification.command()
@click.argument("code")
@click.argument("first")
@click.argument("second")
@json_option
def compare(code: str, first: str, second: str, as_json: bool) -> None:
    """Say what differs between two versions of a fiche, block by block and text by text."""
    with office().store.reading() as registry:
        differences = compare_versions(registry, code, first, second)
    if as_json:
        print_json([found.to_dict() for found in differences])
        return
    for found in differences:
        click.echo(f"{found.kind.value:8} {found.place}")
        for mark, text in (("-", found.before), ("+", found.after)):
            if text is not None:
                click.echo(f"    {mark} {text}")
    say(f"{len(differences)} difference(s)")


certification.add_command(equivalences)


@certification.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List every version of every certification."""
    with office().store.reading() as registry:
        versions = registry.certifications()
    if as_json:
        print_json([{**_line(version), "canary": is_canary(version.code)} for version in versions])
        return
    for version in versions:
        note = "  (of the self-watch; it counts nowhere)" if is_canary(version.code) else ""
        click.echo(f"{version.code}  v{version.version}  {len(version.blocks)} blocks  {version.title}{note}")


@certification.command()
@click.argument("code")
@json_option
def show(code: str, as_json: bool) -> None:
    """Show the current version of a certification."""
    with office().store.reading() as registry:
        found = current(registry, code)
    if as_json:
        print_json({**_line(found), "blocks": [_block(found, block.code) for block in found.blocks]})
        return
    registration = found.registration
    click.echo(f"{found.code} version {found.version}: {found.title}")
    click.echo(f"level: {found.level.label} (EQF {found.level.eqf})")
    click.echo(f"certifier: {found.certifier.legal_name} (SIRET {found.certifier.siret})")
    click.echo(
        f"registration: until {registration.expiry_date}; decision {registration.decision_date or 'UNKNOWN'}"
    )
    click.echo(f"policies: issue when {found.issue_when.value}, title by {found.title_policy.value}")
    for block in found.blocks:
        click.echo(f"  {block.code}  {block.title}")
    for route in found.access_routes:
        click.echo(f"  {'open  ' if route.open else 'closed'}  {route.key}: {route.label}")


def _line(version: Certification) -> Mapping[str, object]:
    decided = version.registration.decision_date
    return {
        "code": version.code,
        "version": version.version,
        "title": version.title,
        "level": version.level.national,
        "digest": version.digest,
        "expiry_date": version.registration.expiry_date.isoformat(),
        "decision_date": decided.isoformat() if decided else None,
        "issue_when": version.issue_when.value,
        "title_policy": version.title_policy.value,
    }


def _block(version: Certification, code: str) -> Mapping[str, object]:
    block = version.block(code)
    assert block is not None
    return {
        "code": block.code,
        "title": block.title,
        "competences": list(block.competences),
        "evaluation_modalities": list(block.evaluation_modalities),
    }
