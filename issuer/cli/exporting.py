"""``parchemin export``: an award as a file, in every form (``docs/formats.md``)."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from issuer.bootstrap import exporter
from issuer.cli.context import office, operator, say
from issuer.ports import ExportFormat
from issuer.services.register import get_award

_OWNER_ONLY = 0o600
_STANDARD_OUTPUT = "-"


@click.command()
@click.argument("award")
@click.option("--format", "form", type=click.Choice([form.value for form in ExportFormat]), required=True)
@click.option("--out", required=True, help="File to write, never one that exists; - for standard output.")
@click.option("--duplicate", help="Of a PDF: print it as the duplicate of this paper number.")
def export(award: str, form: str, out: str, duplicate: str | None) -> None:
    """Write an award to a file, in a form that our own verifier has accepted.

    \b
    json, png, svg  what was issued: the signed credential, the badge that holds it; no key needed
    pdf             the parchment, of an award in force, with the signed credential attached; no key needed
    jwt             the credential as a VC-JOSE token
    ob-jwt          the credential as an Open Badges token (needs a P-256 key)
    clr             a title and its blocks in one record (CLR 2.0)
    sd              for its holder, who shows extracts of it (ecdsa-sd-2023; needs a P-256 key)
    """  # noqa: D301 - \b is Click's mark for lines that are kept as they are
    if duplicate is not None and form != ExportFormat.PDF.value:
        raise click.UsageError("--duplicate: only a paper has duplicates; use it with --format pdf")
    opened = office()
    found, _events = get_award(opened, award)
    make = exporter(opened)

    def content() -> bytes:
        return make.export(found, ExportFormat(form), actor=operator(), duplicate=duplicate)

    if out == _STANDARD_OUTPUT:
        click.echo(content(), nl=False)
        return
    size = write_new(out, content)
    say(f"{found.number}: {size} bytes in {out}")


def write_new(out: str, make: Callable[[], bytes]) -> int:
    """Write a file whole or not at all, and never over another one; give its size.

    The content is made only where it can be written: nothing is signed for a file that would be refused.
    It holds a name, and an ``sd`` document its key: whoever else may read it, its owner has to say so.
    """
    target = Path(out)
    if not target.name:
        raise click.UsageError(f"--out {out!r}: names no file; name a new file")
    if os.path.lexists(target):
        raise _exists(out)
    try:
        draft = tempfile.TemporaryDirectory(dir=target.parent, prefix=".parchemin-")
    except OSError as error:
        raise _not_written(out, error) from error
    with draft as folder:
        content = make()
        try:
            draft_file = Path(folder, "draft")
            draft_file.touch(_OWNER_ONLY, exist_ok=False)
            draft_file.write_bytes(content)
            target.hardlink_to(draft_file)
        except FileExistsError as error:
            raise _exists(out) from error
        except OSError as error:
            raise _not_written(out, error) from error
    return len(content)


def _exists(out: str) -> click.UsageError:
    return click.UsageError(f"--out {out}: exists already; name a new file")


def _not_written(out: str, error: OSError) -> click.UsageError:
    return click.UsageError(f"--out {out}: {error.strerror}; name a new file in a folder that you may write")
