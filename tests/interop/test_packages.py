"""The Node packages are pinned, and their lock says nothing of where anybody downloads from."""

import json
import re

from tests.interop.digitalbazaar import SCRIPTS

EXACT = re.compile(r"\d+\.\d+\.\d+(-beta\.\d+)?")


def test_every_direct_package_has_an_exact_version() -> None:
    packages = json.loads((SCRIPTS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [name for name, version in packages.items() if not EXACT.fullmatch(version)] == []


def test_every_locked_package_has_a_digest() -> None:
    packages = json.loads((SCRIPTS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    locked = {name: entry for name, entry in packages.items() if name}
    assert locked
    assert [name for name, entry in locked.items() if not entry["integrity"].startswith("sha512-")] == []


def test_the_lock_names_no_address() -> None:
    """``.npmrc`` leaves the download addresses out; npm's ``funding`` entries are taken out by hand."""
    assert "://" not in (SCRIPTS / "package-lock.json").read_text(encoding="utf-8")
