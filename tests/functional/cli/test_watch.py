"""The self-watch sees what a stranger sees, and says so when it is not what it must be."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from issuer.bootstrap import public_desk
from issuer.domain.canary import CANARY_CODE
from issuer.ports.lifecycle import AwardFilter
from issuer.services.accrochage import standings
from issuer.services.fiches.desk import FicheDesk
from issuer.services.register import find_awards, verify_audit
from issuer.services.statistics import statistics
from issuer.services.todo.view import View
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.folders import founded_folder, issued, issued_folder, recorded_folder
from tests.functional.cli.running import Cli, Ran, rows

__all__ = ["founded_folder", "issued", "issued_folder", "recorded_folder"]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(cli: Cli) -> Iterator[str]:
    """Serve the pages of a folder on this machine."""
    app = create_app(public_desk(open_desk(cli.folder)))
    server = make_server("127.0.0.1", 0, app, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def watched(issued: Cli) -> Cli:
    issued.good("watch", "found")
    return issued


def look(cli: Cli) -> Ran:
    with served(cli) as address:
        return cli("watch", "--url", address, "--json")


def red(ran: Ran) -> set[str]:
    assert ran.code == 1, ran.out
    return {finding["what"] for finding in ran.json["findings"] if not finding["ok"]}


def test_everything_is_green_on_a_service_that_is_well(watched: Cli) -> None:
    ran = look(watched)

    assert ran.code == 0, ran.out
    names = {finding["what"] for finding in ran.json["findings"]}
    assert {"address", "clock", "did", "list.1", "canary.altered.file"} <= names
    for role in ("valid", "suspended", "withdrawn", "replaced"):
        assert {f"canary.{role}.page", f"canary.{role}.report", f"canary.{role}.file"} <= names
    assert rows(watched.folder, "SELECT ok FROM watch_runs") == [(1,)]


def test_founding_twice_makes_no_second_canary(watched: Cli) -> None:
    before = len(find_awards(open_desk(watched.folder), canaries=True))
    watched.good("watch", "found")
    assert len(find_awards(open_desk(watched.folder), canaries=True)) == before
    assert verify_audit(open_desk(watched.folder)).faults == []


def test_nobody_has_to_name_the_certification_because_there_are_canaries(watched: Cli) -> None:
    watched.good("plan")


def test_what_is_seen_names_nobody_and_no_link(watched: Cli) -> None:
    ran = look(watched)
    tokens = [token for (token,) in rows(watched.folder, "SELECT token FROM awards")]
    kept = json.dumps(rows(watched.folder, "SELECT findings FROM watch_runs"))
    for word in (*tokens, "Canari", "MARCHAND"):
        assert word not in ran.out
        assert word not in kept


def test_without_canaries_the_watch_is_red_and_says_what_to_do(issued: Cli) -> None:
    ran = look(issued)
    assert red(ran) == {f"canary.{role}" for role in ("valid", "suspended", "withdrawn", "replaced")}
    assert "parchemin watch found" in ran.out


def test_an_award_whose_state_was_changed_by_hand_turns_it_red(watched: Cli) -> None:
    connection = sqlite3.connect(watched.folder / "parchemin.sqlite3")
    connection.execute(
        "UPDATE awards SET state = 'valid' WHERE number = (SELECT number FROM canaries WHERE role = 'suspended')"
    )
    connection.commit()
    connection.close()

    assert red(look(watched)) == {"canary.suspended.page", "canary.suspended.report", "canary.suspended.file"}


def test_an_address_that_does_not_answer_turns_it_red(watched: Cli) -> None:
    ran = watched("watch", "--url", "http://127.0.0.1:9", "--json")
    assert {"address", "did", "lists"} <= red(ran)
    assert rows(watched.folder, "SELECT ok FROM watch_runs") == [(0,)]


def test_canaries_count_nowhere(watched: Cli) -> None:
    office = open_desk(watched.folder)
    codes = {award["certification"] for award in watched.good("awards", "--json").json}
    assert CANARY_CODE not in codes
    assert len(watched.good("awards", "--canaries", "--json").json) == 5
    assert CANARY_CODE not in {each.certification for each in statistics(office)}
    assert CANARY_CODE not in {award.certification for award, _record in standings(office)}
    assert CANARY_CODE not in FicheDesk(office).versions()
    with office.store.reading() as registry:
        view = View.of(office, registry)
        assert CANARY_CODE not in {award.certification for award in view.awards}
        assert CANARY_CODE not in {fiche.code for fiche in view.fiches}
        numbers = {number for number, _holder in registry.matching_awards(AwardFilter())}
        assert numbers.isdisjoint(registry.canaries().values())
        assert registry.matching_awards(AwardFilter(certification=CANARY_CODE))
    listed = watched.good("certification", "list", "--json").json
    assert [each["code"] for each in listed if each["canary"]] == [CANARY_CODE]
