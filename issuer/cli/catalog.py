"""``parchemin certification``: the fiches."""

from collections.abc import Mapping

import click

from issuer.adapters.yaml_document import YamlError, read_yaml
from issuer.cli.context import json_option, office, operator, print_json, read_input, say
from issuer.domain.certification import Certification
from issuer.services.catalog import current, import_certification

MAXIMUM_FICHE_BYTES = 2_000_000


@click.group()
def certification() -> None:
    """Certifications (fiches): taken in as versions, never changed, never deleted."""


@certification.command("import")
@click.argument("file")
@json_option
def import_(file: str, as_json: bool) -> None:
    """Take in a fiche (YAML, form of the shipped rncp35080.yaml)."""
    content = read_input(file, MAXIMUM_FICHE_BYTES)
    try:
        document = read_yaml(content)
    except YamlError as error:
        raise click.UsageError(f"{file}: not YAML ({error}); mend the place that is named") from error
    if not isinstance(document, dict):
        raise click.UsageError(f"{file}: not a fiche; compare with the shipped rncp35080.yaml")
    kept, new = import_certification(office(), document, actor=operator())
    if as_json:
        print_json({**_line(kept), "new": new})
    else:
        say(f"{kept.code} version {kept.version}: " + ("taken in" if new else "known already, nothing added"))


@certification.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List every version of every certification."""
    with office().store.reading() as registry:
        versions = registry.certifications()
    if as_json:
        print_json([_line(version) for version in versions])
        return
    for version in versions:
        click.echo(f"{version.code}  v{version.version}  {len(version.blocks)} blocks  {version.title}")


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
