"""What an operator copies from deploy/ names commands that exist, hardens every unit, and logs nobody."""

import configparser
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from issuer.cli import main
from issuer.config import SETTINGS

DEPLOY = Path(__file__).parents[3] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
HARDENED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "PrivateDevices": "yes", "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes",
    "ProtectControlGroups": "yes", "RestrictNamespaces": "yes", "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes", "CapabilityBoundingSet": "", "UMask": "0077", "User": "parchemin",
}  # fmt: skip
SIGNS = {"parchemin-worker.service", "parchemin-status.service", "parchemin-root.service"}


def unit(file: Path) -> list[tuple[str, str]]:
    """Read a unit's lines; a name may stand several times."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [
        (name, value)
        for line in lines
        if line and not line.startswith(("#", "["))
        for name, _equals, value in [line.partition("=")]
    ]


def command_of(text: str) -> list[str]:
    words = shlex.split(text)
    if words[:2] == ["/bin/sh", "-c"]:
        words = shlex.split(words[2].removeprefix("exec "))
    assert words[0] == "/opt/parchemin/.venv/bin/parchemin", words
    return words[1:]


def understood(words: list[str]) -> None:
    """Have Click read a command line, without running it."""
    command: click.Command = main
    context: click.Context | None = None
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        context = click.Context(command, parent=context, info_name=command.name)
        command, words = command.commands[words[0]], words[1:]
    assert command is not main
    command.make_context(str(command.name), list(words), parent=context, resilient_parsing=False)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_runs_a_command_that_exists(file: Path) -> None:
    (line,) = [value for name, value in unit(file) if name == "ExecStart"]
    understood(command_of(line))


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_is_hardened_and_gets_the_key_only_where_it_signs(file: Path) -> None:
    lines = unit(file)
    for name, value in HARDENED.items():
        assert (name, value) in lines
    assert any("key-passphrase" in value for _name, value in lines) is (file.name in SIGNS)
    for name, value in lines:
        if name == "Environment":
            assert value.partition("=")[0] in SETTINGS


@pytest.mark.parametrize("file", TIMERS, ids=lambda file: file.name)
def test_a_timer_has_its_unit_and_makes_up_for_what_it_missed(file: Path) -> None:
    assert file.with_suffix(".service") in UNITS
    parser = configparser.ConfigParser(strict=True)
    parser.read(file, encoding="utf-8")
    assert parser["Timer"]["Persistent"] == "yes"
    assert parser["Timer"]["OnCalendar"]


def test_what_has_to_run_by_itself_has_a_timer() -> None:
    assert {file.stem.removeprefix("parchemin-") for file in TIMERS} == {
        "status", "root", "notices", "watch", "backup", "purge",
    }  # fmt: skip


def test_the_proxy_example_is_well_formed_and_logs_nobody() -> None:
    text = re.sub(r"#[^\n]*", "", (DEPLOY / "proxy" / "nginx.conf").read_text(encoding="utf-8"))
    depth = 0
    for statement in re.findall(r"[^{};]*[{};]", text):
        depth += statement.endswith("{") - statement.endswith("}")
        assert depth >= 0
        if statement.endswith(";"):
            assert re.match(r"\s*[a-z0-9_]+(\s+\S.*)?;$", statement, re.DOTALL), statement
    assert depth == 0
    assert "access_log off;" in text
    assert "location = /metrics { return 404; }" in text
    assert "X-Forwarded-For $remote_addr;" in text
    assert "$proxy_add_x_forwarded_for" not in text


def test_the_other_proxy_example_has_no_log_and_no_figures() -> None:
    text = (DEPLOY / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    assert not re.search(r"^\s*log\b", text, re.MULTILINE)
    assert re.search(r"^\s*@operator path /metrics\b", text, re.MULTILINE)
    assert re.search(r"^\s*respond @operator 404$", text, re.MULTILINE)


def test_the_compose_file_gives_the_key_to_the_worker_alone() -> None:
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert "secrets" not in services["web"]
    assert services["worker"]["secrets"] == ["key-passphrase", "backup-passphrase"]
    for service in services.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        understood(service["command"])
        assert set(service["environment"]) <= set(SETTINGS)


def test_the_container_runs_as_nobody_in_particular() -> None:
    lines = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert "USER parchemin" in lines
    copied = {line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line}
    root = DEPLOY.parent
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (root / source).exists(), source
    assert copied
