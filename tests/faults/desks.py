"""A data folder for tests: founded, filled from files and opened, inside this process or in another one."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from issuer.bootstrap import found_office, open_office
from issuer.cli.jury import take_file
from issuer.config import load_settings
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.planning import approve, make_plan

PASSPHRASE = "sept mots que personne ne devine"
BASE_URL = "http://localhost:8123"
COMMAND = (sys.executable, "-c", "from issuer.cli import main; main(prog_name='parchemin')")
"""The command as another process runs it."""


def environment(folder: Path) -> dict[str, str]:
    """Give the settings of a data folder."""
    return {
        "PARCHEMIN_DATA": str(folder),
        "PARCHEMIN_BASE_URL": BASE_URL,
        "PARCHEMIN_KEY_PASSPHRASE": PASSPHRASE,
    }


def found_desk(folder: Path, rules_day: date | None = None, *, four_eyes: bool = False) -> Office:
    """Found a data folder, or open it when it is founded."""
    settings = load_settings(environment(folder), folder.parent)
    return found_office(settings, _nobody, actor="scolarite", rules_day=rules_day, four_eyes=four_eyes)[0]


def open_desk(folder: Path) -> Office:
    """Open a founded data folder."""
    return open_office(load_settings(environment(folder), folder.parent), _nobody)


def hand_in(office: Office, files: Mapping[str, bytes], certification: str | None = None) -> None:
    """Take in files on the operator's word."""
    for name, content in files.items():
        take_file(office, content, name, certification=certification, accept_valid=True, actor="scolarite")


def issue_all(office: Office, certification: str | None = None) -> list[str]:
    """Plan, approve and issue; give the numbers issued."""
    _fiche, plan = make_plan(office, certification, None)
    if not plan.awards:
        return []
    approved = approve(office, plan.digest, certification=certification, session=None, actor="scolarite")
    return issue(office, [approved], actor="scolarite").issued


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the command in a process of its own."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        env={**_plain_environment(), **environment(folder)},
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PARCHEMIN_")}


def _nobody() -> str:
    raise AssertionError("a test gives its passphrase by a setting")
