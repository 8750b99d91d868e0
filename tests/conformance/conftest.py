"""The server that every module here asks."""

from collections.abc import Iterator

import pytest

from tests.conformance.client import PUBLIC, SEED, Server, started
from tests.conformance.mapped_host import HOST, PAGES, hosted


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give the server, started once, and beside it the pages of a host that it maps."""
    with hosted(PAGES) as port:
        arguments = ("--seed", SEED, "--public-base-url", PUBLIC, "--map", f"{HOST}=http://127.0.0.1:{port}")
        with started(*arguments) as running:
            yield running
