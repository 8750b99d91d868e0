"""Whose try a request is: behind the proxies that the settings name, what they say; else the connection's own."""

import pytest
from flask.testing import FlaskClient

from issuer.adapters.rate_limits import LIMITS
from issuer.ports import LimitedAct
from issuer.web import wsgi
from tests.faults.desks import environment
from tests.functional.cli.running import Cli

ALLOWED = LIMITS[LimitedAct.DOUBT].each


def served(founded: Cli, monkeypatch: pytest.MonkeyPatch, proxies: str) -> FlaskClient:
    for name, value in {**environment(founded.folder), "PARCHEMIN_PROXIES": proxies}.items():
        monkeypatch.setenv(name, value)
    return wsgi.application().test_client()


def statuses(client: FlaskClient, *said: str) -> list[int]:
    """Report a doubt once for each header in turn, all over the connection of one proxy."""
    return [
        client.post("/doute", data={"text": "Étrange."}, headers={"X-Forwarded-For": header}).status_code
        for header in said
    ]


def test_without_a_proxy_what_a_request_says_of_its_origin_is_not_believed(
    founded: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = served(founded, monkeypatch, "0")
    said = [f"203.0.113.{number}" for number in range(ALLOWED + 1)]
    assert statuses(client, *said) == [303] * ALLOWED + [429]


@pytest.mark.parametrize("proxies", ["1", "2"])
def test_each_reader_behind_our_proxies_has_tries_of_their_own(
    founded: Cli, monkeypatch: pytest.MonkeyPatch, proxies: str
) -> None:
    client = served(founded, monkeypatch, proxies)
    added = "" if proxies == "1" else ", 192.0.2.1"
    said = [f"203.0.113.{number}{added}" for number in range(ALLOWED + 1)]
    assert statuses(client, *said) == [303] * (ALLOWED + 1)


def test_what_a_reader_wrote_before_our_proxy_did_is_not_believed(
    founded: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = served(founded, monkeypatch, "1")
    said = [f"198.51.100.{number}, 203.0.113.7" for number in range(ALLOWED + 1)]
    assert statuses(client, *said) == [303] * ALLOWED + [429]


def test_a_proxy_changes_neither_the_host_nor_the_scheme(
    founded: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = served(founded, monkeypatch, "1")
    lying = {"X-Forwarded-Host": "ailleurs.exemple", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/x"}
    page = client.get("/doute?lang=fr", headers=lying).text
    assert "ailleurs.exemple" not in page
    assert 'action="/doute?lang=fr"' in page
