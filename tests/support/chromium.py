"""Chromium, for which an address that is served on this machine is where the pages say that they are."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Playwright

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=fr",
)


@contextmanager
def launched(playwright: Playwright, address: str, port: int) -> Iterator[Browser]:
    """Start the browser.

    Args:
        playwright: The driver.
        address: The pages' own address, over https.
        port: Where on this machine they are served.
    """
    host = urlsplit(address).hostname
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=[*_ARGUMENTS, f"--host-resolver-rules=MAP {host}:443 127.0.0.1:{port}"],
    )
    yield browser
    browser.close()
