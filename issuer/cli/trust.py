"""``parchemin trust``: whom we know."""

import click

from issuer.cli.context import json_option, office, person, print_json, read_input, say
from issuer.domain.staff import Role
from issuer.ports import TrustedIssuer
from issuer.services.trusting import add_trust, remove_trust

MAXIMUM_DID_DOCUMENT_BYTES = 100_000


@click.group()
def trust() -> None:
    """The trust register: issuers whose name our pages may show."""


@trust.command()
@click.argument("did")
@click.option("--name", required=True, help="The name that pages show for it.")
@click.option("--url", help="Its own site.")
@click.option("--did-document", "document", help="Its DID document, to be pinned (file or -).")
@json_option
def add(did: str, name: str, url: str | None, document: str | None, as_json: bool) -> None:
    """Add an issuer, or replace its line."""
    content = read_input(document, MAXIMUM_DID_DOCUMENT_BYTES) if document else None
    added = add_trust(office(), did, name, url, content, actor=person(Role.ADMINISTRATION))
    issuer, former = added.issuer, added.former
    if as_json:
        print_json(
            {
                "did": issuer.did,
                "name": issuer.name,
                "url": issuer.url,
                "pinned": bool(content),
                "replaces": former.name if former else None,
            }
        )
    else:
        replaced = f"; replaces {former.name}{_lost(former, issuer)}" if former else ""
        say(f"{issuer.did} is known as {issuer.name}{replaced}")


def _lost(former: TrustedIssuer, issuer: TrustedIssuer) -> str:
    unpinned = former.did_document is not None and issuer.did_document is None
    return ", whose DID document was pinned and no longer is" if unpinned else ""


@trust.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the trust register."""
    with office().store.reading() as registry:
        issuers = registry.trusted()
    lines = [
        {"did": line.did, "name": line.name, "url": line.url, "pinned": line.did_document is not None}
        for line in issuers
    ]
    if as_json:
        print_json(lines)
        return
    for line in lines:
        click.echo(f"{line['did']}  {line['name']}")


@trust.command()
@click.argument("did")
def remove(did: str) -> None:
    """Take an issuer out."""
    remove_trust(office(), did, actor=person(Role.ADMINISTRATION))
    say(f"{did} is no longer known")
