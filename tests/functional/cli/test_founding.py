"""Founding: the address is for good, and a failed founding leaves nothing behind."""

from dataclasses import replace
from pathlib import Path

import pytest

from issuer.cli.context import is_local
from issuer.cli.service import _warnings
from issuer.domain.institution import LegalNotice
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, contents

PUBLIC = {"PARCHEMIN_BASE_URL": "https://diplomes.example.org"}
LOCAL = (
    "http://localhost:8000", "http://127.0.0.1:8000", "http://192.168.1.5:8000", "https://10.0.0.1",
    "https://serveur", "https://serveur.local", "https://169.254.1.1",
)  # fmt: skip


@pytest.mark.parametrize("address", LOCAL)
def test_a_local_address_is_founded_only_on_the_operators_word(empty: Cli, address: str) -> None:
    env = {"PARCHEMIN_BASE_URL": address}

    line = empty("init", env=env).refused(1, "[config.local_address]", "PARCHEMIN_BASE_URL", "permanent")

    assert "--local" in line
    assert not empty.folder.exists()


def test_the_default_address_is_a_local_one(empty: Cli) -> None:
    empty("init", env={"PARCHEMIN_BASE_URL": ""}).refused(1, "http://localhost:8000", "https://")


@pytest.mark.parametrize(("options", "env"), [((), PUBLIC), (("--local",), {})], ids=["public", "local"])
def test_init_says_that_the_address_is_permanent(
    empty: Cli, options: tuple[str, ...], env: dict[str, str]
) -> None:
    ran = empty("init", *options, env=env)

    assert ran.code == 0, ran.err
    assert "permanent" in ran.err
    assert "QR code" in ran.err


def test_a_founded_folder_is_left_alone_without_a_word_about_its_address(founded: Cli) -> None:
    before = contents(founded.folder)

    assert "was founded already" in founded.good("init").err
    assert contents(founded.folder) == before


@pytest.mark.parametrize("address", ["https://diplomes.example.org", "https://diplomes.example.org:8443"])
def test_a_public_name_is_not_local(address: str) -> None:
    assert not is_local(address)


def test_nothing_is_written_without_a_passphrase(empty: Cli) -> None:
    empty("init", env={**PUBLIC, "PARCHEMIN_KEY_PASSPHRASE": ""}).refused(2, "PARCHEMIN_KEY_PASSPHRASE_FILE")

    assert not empty.folder.exists()


def test_a_missing_register_names_the_folder_looked_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    Cli(Path("var"), monkeypatch)("awards").refused(
        1, "[register.missing] var/parchemin.sqlite3:", "create it with: parchemin init"
    )


def test_doctor_warns_of_what_is_fine_for_trying_only(founded: Cli) -> None:
    ran = founded.good("doctor")

    warned = {line.split(":")[0].split()[1] for line in ran.out.splitlines() if line.startswith("warn")}
    assert {"address", "theme", "contact", "legal"} <= warned
    findings = founded.good("doctor", "--json").json["findings"]
    assert {"address", "theme", "contact"} <= {found["what"] for found in findings if found.get("warning")}


def test_doctor_has_no_such_word_for_a_service_that_is_ready(founded: Cli) -> None:
    said = LegalNotice(address="a", representative="b", publication_director="c", host="d", dpo="e")
    ready = replace(
        open_desk(founded.folder).institution,
        demonstration=False,
        contact="Scolarité, +33 1 99 00 00 00",
        legal=said,
    )

    assert list(_warnings("https://diplomes.example.org", ready, 1)) == []
    behind_nothing = _warnings("https://diplomes.example.org", ready, 0)
    assert [found["what"] for found in behind_nothing] == ["proxies"]
    unsaid = _warnings("https://diplomes.example.org", replace(ready, legal=replace(said, dpo=None)), 1)
    assert ["legal.dpo" in str(found["detail"]) for found in unsaid] == [True]
