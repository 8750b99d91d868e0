"""The yearly drill: a backup is restored elsewhere, a key is rotated, stolen and overcome; on a copy alone.

The real register is read, once, to make the backup. Nothing of the copy leaves its temporary folder, and no
key is made in a token.
"""

import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from credentials.errors import CredentialError
from credentials.instant import format_instant
from credentials.messages import code_of
from issuer.bootstrap.backups import make_backup, restore_backup
from issuer.bootstrap.key_acts import Rotation, compromise, rotate, succeed
from issuer.bootstrap.passphrases import Prompt, passphrase_for
from issuer.bootstrap.signing_keys import key_folder, ledger_records
from issuer.bootstrap.wiring import open_office, public_desk
from issuer.config import Settings
from issuer.errors import ServiceError
from issuer.ports import Clock
from issuer.services.key_acts import find_key
from issuer.services.office import Office
from issuer.services.register import verify_audit
from issuer.services.resigning import covers_now, resign
from issuer.services.roots import make_root
from keys import KeyStoreError

_DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the drill.

    Attributes:
        title: What was tried.
        good: Whether it went as it must; None where it was not reached.
        detail: What was found, without personal data.
    """

    title: str
    good: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class DrillReport:
    """How the drill went.

    Attributes:
        issuer: The institution's DID.
        at: When it was held (text).
        steps: In order.
    """

    issuer: str
    at: str
    steps: Sequence[Step]

    @property
    def good(self) -> bool:
        """Whether every step went as it must."""
        return all(step.good for step in self.steps)

    @property
    def text(self) -> str:
        """The report, Markdown."""
        marks = {True: "ok", False: "**FAILED**", None: "not reached"}
        lines = "\n".join(
            f"| {place} | {step.title} | {marks[step.good]} | {step.detail} |"
            for place, step in enumerate(self.steps, start=1)
        )
        verdict = "Every step went as it must." if self.good else "**The drill failed; see the table.**"
        return (
            f"# Key drill\n\nIssuer: `{self.issuer}`\n\nHeld at (UTC): {self.at}\n\n"
            "On a copy that was restored from a backup made for it; the register in service was not touched. "
            "The drill plays both people where four eyes are on, and sets its own clock forward.\n\n"
            f"|  | step | result | found |\n|---|---|---|---|\n{lines}\n\n{verdict}\n"
        )


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A clock that is ahead of another (the ``Clock`` port)."""

    inner: Clock
    by: timedelta

    def now(self) -> datetime:
        """Give the present instant of the drill."""
        return self.inner.now() + self.by


def run_drill(settings: Settings, office: Office, ask: Prompt) -> DrillReport:
    """Hold the drill.

    Args:
        settings: What is in force.
        office: The service; only read.
        ask: Asks for the passphrase of the signing keys where no setting gives it; once.

    Returns:
        How it went; a step that fails ends it.
    """
    steps: list[Step] = []
    with tempfile.TemporaryDirectory(prefix="parchemin-drill-") as folder:
        drill = _Drill(settings, office, cache(ask), Path(folder))
        for title, act in drill.steps().items():
            if steps and not steps[-1].good:
                steps.append(Step(title, None, ""))
                continue
            try:
                steps.append(Step(title, good=True, detail=act()))
            except _NotAsItMustError as error:
                steps.append(Step(title, good=False, detail=str(error)))
            except ServiceError as error:
                steps.append(Step(title, good=False, detail=f"[{error.code}] {error.message}"))
            except CredentialError as error:
                steps.append(Step(title, good=False, detail=f"[{code_of(error)}]"))
    return DrillReport(office.did, format_instant(office.clock.now()), steps)


class _NotAsItMustError(Exception):
    """A step found something else than it must."""


class _Drill:
    """The steps, and what one hands to the next."""

    def __init__(self, settings: Settings, real: Office, ask: Prompt, folder: Path) -> None:
        self._settings = settings
        self._real = real
        self._ask = ask
        self._folder = folder
        self._before = _end_of(real)
        self._copy = real
        self._verdicts: Mapping[str, str] = {}
        self._key = ""
        self._backup_passphrase = secrets.token_urlsafe(24)

    def steps(self) -> Mapping[str, Callable[[], str]]:
        """Give the steps, in their order."""
        return {
            "make a backup and restore it elsewhere": self._restore,
            "every award of the copy verifies as it should": self._verify,
            "the keys open and sign": self._sign,
            "rotate: a new key signs, the old awards hold": self._rotate,
            "publish a root": self._root,
            "compromise: nothing of the stolen key verifies": self._compromise,
            "sign again: every award is good, under its link": self._resign,
            "the stolen key opens no more": self._closed,
            "the trail of the copy is whole": self._trail,
            "the register in service is as it was": self._untouched,
        }

    def _restore(self) -> str:
        file, data = self._folder / "backup", self._folder / "data"
        make_backup(self._settings, file, self._backup_passphrase)
        restored = restore_backup(
            self._settings, file, self._backup_passphrase, data, _DRILL, lambda _done, _all: None
        )
        self._settings = replace(
            self._settings, data=restored.folder, database=restored.folder / self._settings.database.name
        )
        opened = open_office(self._settings, self._ask)
        self._copy = replace(opened, four_eyes=False)
        return f"{file.stat().st_size} bytes"

    def _verify(self) -> str:
        self._verdicts = self._judged()
        return _counted(self._verdicts)

    def _sign(self) -> str:
        signer = self._copy.open_signer()
        challenge = b"parchemin drill " + secrets.token_bytes(32)
        with self._copy.store.reading() as registry:
            for each in (signer.first, *signer.others):
                self._key = self._key or each.signer.verification_method.partition("#")[2]
                (record,) = ledger_records(
                    [find_key(registry, each.signer.verification_method.partition("#")[2])]
                )
                record.public_key.verify(each.signer.sign(challenge), challenge)
        return signer.named

    def _rotate(self) -> str:
        algorithm = self._settings.suites[0].key_type.algorithm
        made = rotate(self._settings, self._copy, Rotation(algorithm), self._ask, actor=_DRILL)
        self._require_same()
        return f"{self._key} retires, {made.name} signs"

    def _root(self) -> str:
        # A day ahead: today's root may be there, and may not cover what was issued since.
        self._copy = replace(self._copy, clock=_Ahead(self._copy.clock, timedelta(days=1)))
        signed, _new = make_root(self._copy, actor=_DRILL)
        return f"root {signed.root.number}, {signed.root.awards.size} documents"

    def _compromise(self) -> str:
        self._copy = replace(self._copy, clock=_Ahead(self._copy.clock, timedelta(days=1)))
        with self._copy.store.reading() as registry:
            rested = {award.number for award in registry.signed_with(f"{self._copy.did}#{self._key}")}
        compromise(self._copy, self._key, self._copy.clock.now(), _DRILL, actor=_DRILL)
        succeed(self._settings, self._copy, self._key, self._ask, actor=_DRILL)
        standing = [
            number for number, verdict in self._judged().items() if number in rested and verdict == "valid"
        ]
        if standing:
            raise _NotAsItMustError(f"{len(standing)} awards of the stolen key still verify")
        return f"{len(rested)} awards rested on {self._key}"

    def _resign(self) -> str:
        made = resign(self._copy, covers_now(self._copy), actor=_DRILL)
        if made.undecided:
            raise _NotAsItMustError(f"{len(made.undecided)} awards could not be signed again")
        self._require_same()
        return f"{len(made.done)} awards signed again"

    def _closed(self) -> str:
        with self._copy.store.reading() as registry:
            (record,) = ledger_records([find_key(registry, self._key)])
        try:
            folder = key_folder(self._settings, self._copy.did, self._ask)
            folder.open(record, lambda: passphrase_for(self._settings, self._ask))
        except KeyStoreError as error:
            return f"refused: {error.code}"
        raise _NotAsItMustError("it opened")

    def _trail(self) -> str:
        found = verify_audit(self._copy)
        if found.faults:
            raise _NotAsItMustError(", ".join(sorted({fault.code for fault in found.faults})))
        return f"{found.entries} lines, {found.awards} awards"

    def _untouched(self) -> str:
        if _end_of(self._real) != self._before:
            raise _NotAsItMustError("somebody wrote in it meanwhile, or the drill did")
        return f"trail ends at {self._before[:16]}…"

    def _judged(self) -> Mapping[str, str]:
        desk = public_desk(self._copy)
        with self._copy.store.reading() as registry:
            return {
                award.number: desk.page_of(registry, award).report.verdict.value
                for award in registry.awards()
                if registry.credential(award.number)
            }

    def _require_same(self) -> None:
        changed = self._judged().items() ^ self._verdicts.items()
        if changed:
            raise _NotAsItMustError(f"{len({number for number, _ in changed})} awards are judged otherwise")


def _end_of(office: Office) -> str:
    with office.store.reading() as registry:
        end = registry.last_audit()
    return end.hash if end else ""


def _counted(verdicts: Mapping[str, str]) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in sorted(Counter(verdicts.values()).items()))
