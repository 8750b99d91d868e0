"""The sample record, issued once for all; and at the end, how many documents went each way between two programs."""

from collections.abc import Callable

import pytest

from issuer.services.office import Office
from tests.interop.sample_record import SampleRecord, found, issue_sample_record

OURS = "ours"

Tally = Callable[[str, str, int], None]
"""Notes that a number of documents went from one program to another and were found good there."""

_COUNTS = pytest.StashKey[dict[tuple[str, str], int]]()


@pytest.fixture(autouse=True)
def _no_network(socket_disabled: None) -> None:
    """Shut the network: what a program would fetch, it is handed."""


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> SampleRecord:
    """Issue the whole sample record through the real services."""
    return issue_sample_record(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def verifying_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Found an office that knows nobody but itself."""
    return found(tmp_path_factory.mktemp("verifier"), "https://diplomes.example")


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Give the counter of documents between two programs."""
    counts = request.config.stash.setdefault(_COUNTS, {})

    def note(sender: str, receiver: str, number: int) -> None:
        counts[sender, receiver] = counts.get((sender, receiver), 0) + number

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print one line for each other program."""
    counts = config.stash.get(_COUNTS, {})
    others = dict.fromkeys(other for pair in counts for other in pair if other != OURS)
    for other in others:
        there, back = counts.get((OURS, other), 0), counts.get((other, OURS), 0)
        terminalreporter.write_line(f"interop: ours -> {other} {there}, back {back}")
