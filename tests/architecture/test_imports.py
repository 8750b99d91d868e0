"""Who may import whom, and that no test and no core reaches the network by accident."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("contexts", "credentials", "keys", "issuer")
FETCHERS = ("urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib")
SOCKETS = {"issuer/cli/context.py", "issuer/adapters/visitor.py"}
THE_FETCHER = "issuer/adapters/fetcher/"
THE_MAILER = "issuer/adapters/mail/smtp.py"
SWITCHED_ON = {
    "issuer/adapters/staff/oidc.py": "requests",
    "issuer/adapters/visitor.py": "http.client",
}
"""The institution's own sign-in, where it is set; and the watch, which visits the service's own address."""


def test_the_import_contracts_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_nothing_but_the_guarded_fetcher_can_fetch() -> None:
    for name, tree in _modules():
        if name.startswith(THE_FETCHER):
            continue
        imported = _imported(tree)
        allowed = {SWITCHED_ON.get(name)}
        reached = {
            found
            for found in FETCHERS
            if any(each.split(".")[0] == found or each == found for each in imported)
        }
        assert not reached - allowed, name
        assert "smtplib" not in imported or name == THE_MAILER, name
        assert "socket" not in imported or name in SOCKETS, name


@pytest.mark.parametrize(
    "name", ["datetime.now", "datetime.utcnow", "date.today", "time.time", "uuid.uuid4", "uuid4"]
)
def test_the_core_reads_no_clock_and_draws_no_lot(name: str) -> None:
    core = ("contexts/", "credentials/", "issuer/domain/", "issuer/services/", "issuer/ports/")
    for module, tree in _modules():
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not module.startswith(core) or name not in calls, module


def test_only_the_settings_read_the_environment() -> None:
    allowed = {"issuer/cli/context.py", "issuer/cli/demonstration.py", "issuer/web/wsgi.py"}
    for name, tree in _modules():
        reads = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not reads & {"os.environ", "os.getenv"} or name in allowed, name
