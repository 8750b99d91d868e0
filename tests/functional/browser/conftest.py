"""A whole service with every state in it, and Chromium to look at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.chromium import launched
from tests.support.serving import free_port, served
from tests.support.shared import require
from tests.support.stage import ADDRESS, Stage, set_stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return set_stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="session")
def port() -> int:
    """Give the port at which the stage is served under its own address."""
    return free_port()


@pytest.fixture(scope="module")
def address(stage: Stage, port: int) -> Iterator[str]:
    with served(stage.app, port, encrypted=True):
        yield ADDRESS


@pytest.fixture(scope="module")
def chromium(port: int) -> Iterator[Browser]:
    """Give the browser, for one module: two of them at a time would wait for each other."""
    require(shutil.which("chromium") is not None, "Chromium (/usr/bin/chromium)")
    with sync_playwright() as playwright, launched(playwright, ADDRESS, port) as browser:
        yield browser


@pytest.fixture(scope="session")
def axe() -> str:
    """Give axe-core's source, which `make interop` installs."""
    source = Path(__file__).parents[2] / "interop" / "node" / "node_modules" / "axe-core" / "axe.min.js"
    require(source.is_file(), "axe-core (make interop)")
    return source.read_text("utf-8")
