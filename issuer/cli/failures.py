"""Turns every error into one line that names the place and the remedy; no traceback reaches a person."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from credentials.errors import CredentialError
from issuer.adapters.csv_import import ImportFileError
from issuer.domain.errors import CertificationError, DomainError
from issuer.errors import ServiceError


class UsageLine(click.UsageError):
    """Wrong usage on one line, without Click's own lines around it."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(error.format_message(), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line on standard error (or on `file`)."""
        command = self.ctx.command_path if self.ctx else "parchemin"
        text = " ".join(self.message.split()).rstrip(".")
        click.echo(f"error [usage] {text}. See: {command} --help", file=file, err=True)


@contextmanager
def reported() -> Iterator[None]:
    """Report an error: one line each fault; exit code 2 for wrong usage, 1 for the rest."""
    try:
        yield
    except (UsageLine, click.exceptions.NoArgsIsHelpError, click.exceptions.Exit, click.Abort):
        raise
    except click.UsageError as error:
        raise UsageLine(error) from error
    except KeyboardInterrupt:
        click.echo("stopped; what was finished is kept, run the same command again", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last resort: a fault of ours is one line as well
        _report(error)
        sys.exit(1)


def _report(error: Exception) -> None:
    match error:
        case CertificationError():
            for fault in error.faults:
                _line(fault.code, fault.where, fault.message.en, fault.remedy.en)
        case DomainError() | ImportFileError():
            _line(error.code, error.where, error.message.en, error.remedy.en)
        case ServiceError():
            _line(error.code, error.where, error.message, error.remedy)
        case CredentialError():
            _line(error.code, error.where or "", str(error), "")
        case _:
            _line(
                "program.fault",
                _place(error),
                f"the program met a fault of its own ({type(error).__name__}); nothing was half-written",
                "report this line; parchemin doctor says whether the register is whole",
            )


def _place(error: Exception) -> str:
    """Give file and line of the fault: its message may hold a person's data, its place does not."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""


def _line(code: str, where: str, message: str, remedy: str) -> None:
    place = f" {where}:" if where else ""
    text = " ".join(f"error [{code}]{place} {message.rstrip('.')}. {_sentence(remedy)}".split())
    click.echo(text, err=True)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
