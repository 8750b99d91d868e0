"""A credential of another issuer, its keys and its list on that issuer's site: a TLS server on this machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from credentials.json_input import to_bytes
from credentials.report import VerificationReport
from issuer.adapters.fetcher import GuardedFetcher
from issuer.adapters.system import SystemClock
from issuer.bootstrap import fetcher_for, public_desk
from issuer.cli import verification
from issuer.config import load_settings
from issuer.services.trusting import add_trust
from tests.faults.desks import environment, open_desk
from tests.functional.cli.running import Cli
from tests.support.credentials import make_block_credential
from tests.support.loopback import PUBLIC, Authority, LoopbackNetwork, LoopbackServer, ok, serving, status
from tests.support.verification import (
    AT,
    DID_WEB,
    INDEX,
    WEB_SIGNER,
    did_document,
    signed,
    status_list,
)

HOST = DID_WEB.removeprefix("did:web:")
CREDENTIAL = signed(make_block_credential(issuer=DID_WEB), WEB_SIGNER)


class Clock:
    """The tests' instant."""

    def now(self) -> datetime:
        """Give it."""
        return AT


@dataclass(slots=True)
class Site:
    """The other issuer's site; what lies on it can be changed."""

    pages: dict[str, bytes]
    server: LoopbackServer
    fetcher: GuardedFetcher
    network: LoopbackNetwork

    def asked(self) -> list[str]:
        """Give the paths that were asked for."""
        return sorted(request.split(" ")[1] for request in self.server.requests)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give the authority that the fetcher of these tests trusts."""
    return Authority.made(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def site(authority: Authority) -> Iterator[Site]:
    """Serve the issuer's site."""
    pages = {"/.well-known/did.json": to_bytes(did_document()), "/status/1": _list()}

    def respond(request: str) -> list[bytes]:
        page = pages.get(request.split(" ")[1])
        return status("404 Not Found") if page is None else ok(page)

    with serving(respond, authority.context_for(HOST)) as server:
        network = LoopbackNetwork({HOST: [[PUBLIC]]}, {PUBLIC: server.port})
        fetcher = GuardedFetcher(Clock(), authorities=authority.file, network=network)
        yield Site(pages, server, fetcher, network)


def _list(*indexes: int) -> bytes:
    found = status_list(indexes, issuer=DID_WEB, signer=WEB_SIGNER).document
    assert isinstance(found, bytes)
    return found


def _checked(cli: Cli, fetcher: GuardedFetcher | None) -> VerificationReport:
    office = replace(open_desk(cli.folder), clock=Clock())
    return public_desk(office, fetcher).check(CREDENTIAL)


def _trust(cli: Cli, pinned: bytes | None = None) -> None:
    add_trust(open_desk(cli.folder), DID_WEB, "Établissement ami", None, pinned, actor="scolarite")


def _codes(report: VerificationReport) -> dict[str, str]:
    return {check.id.value: check.code for check in report.checks}


def test_with_the_network_off_it_could_not_be_checked_and_nothing_was_asked(founded: Cli, site: Site) -> None:
    _trust(founded)
    report = _checked(founded, None)

    assert (report.verdict.value, report.exit_code) == ("incomplete", 3)
    assert _codes(report)["key"] == "key.network_off"
    assert _codes(report)["status"] == "status.network_off"
    assert site.server.requests == []


def test_with_the_network_on_it_is_proven_but_of_an_issuer_that_we_do_not_know(
    founded: Cli, site: Site
) -> None:
    report = _checked(founded, site.fetcher)

    assert (report.verdict.value, report.exit_code) == ("unknown-issuer", 1)
    assert _codes(report)["status"] == "status.not_withdrawn"
    assert site.asked() == ["/.well-known/did.json", "/status/1"]


def test_once_we_trust_the_issuer_it_is_valid_and_its_checks_bear_the_date_of_fetching(
    founded: Cli, site: Site
) -> None:
    _trust(founded)
    report = _checked(founded, site.fetcher)

    assert (report.verdict.value, report.exit_code) == ("valid", 0)
    assert report.issuer is not None
    assert report.issuer.name == "Établissement ami"
    assert {check.as_of for check in report.checks if check.id.value in {"key", "status"}} == {AT}


def test_a_second_credential_of_the_issuer_asks_nothing_more(founded: Cli, site: Site) -> None:
    _trust(founded)
    reports = [_checked(founded, site.fetcher) for _credential in range(3)]

    assert {report.verdict.value for report in reports} == {"valid"}
    assert len(site.server.requests) == 2


def test_a_withdrawal_on_the_issuer_s_site_is_seen(founded: Cli, site: Site) -> None:
    _trust(founded)
    site.pages["/status/1"] = _list(INDEX)

    assert _checked(founded, site.fetcher).verdict.value == "revoked"


def test_a_pinned_document_keeps_the_site_from_changing_the_issuer_s_keys(founded: Cli, site: Site) -> None:
    _trust(founded, to_bytes(did_document()))
    site.pages["/.well-known/did.json"] = to_bytes(did_document(assertionMethod=[]))
    report = _checked(founded, site.fetcher)

    assert report.verdict.value == "valid"
    assert site.asked() == ["/status/1"]


@pytest.mark.parametrize("page", ["/.well-known/did.json", "/status/1"])
@pytest.mark.parametrize("body", [None, b"", b"{", b"{}", b"<html>", b" " * 1_048_577])
def test_a_site_that_gives_something_else_leaves_nothing_valid(
    founded: Cli, site: Site, page: str, body: bytes | None
) -> None:
    _trust(founded)
    if body is None:
        del site.pages[page]
    else:
        site.pages[page] = body
    report = _checked(founded, site.fetcher)

    assert report.verdict.value != "valid"
    assert report.exit_code != 0


@pytest.mark.parametrize("addresses", [["10.0.0.1"], [PUBLIC, "127.0.0.1"]])
def test_a_site_that_resolves_to_this_network_is_not_asked(
    founded: Cli, site: Site, addresses: list[str]
) -> None:
    _trust(founded)
    site.network.names = {HOST: [addresses]}
    report = _checked(founded, site.fetcher)

    assert report.verdict.value == "incomplete"
    assert (_codes(report)["key"], _codes(report)["status"]) == ("key.refused", "status.refused")
    assert site.network.connected == []


def test_a_list_on_this_machine_is_never_asked_for(founded: Cli, site: Site) -> None:
    document = make_block_credential(issuer=DID_WEB)
    entry = document["credentialStatus"]
    assert isinstance(entry, dict)
    entry["statusListCredential"] = f"https://127.0.0.1:{site.server.port}/status/1"
    office = replace(open_desk(founded.folder), clock=Clock())
    report = public_desk(office, site.fetcher).check(signed(document, WEB_SIGNER))

    assert _codes(report)["status"] == "status.refused"
    assert site.network.connected == [(PUBLIC, 443)]
    assert site.asked() == ["/.well-known/did.json"]


def test_offline_fetches_nothing_whatever_the_setting_says(
    founded: Cli, site: Site, write: Callable[[str, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "fetcher_for", lambda _settings, _office: site.fetcher)
    source = write("credential.json", CREDENTIAL)

    offline = founded("verify", source, "--offline", "--json").json
    assert site.server.requests == []
    assert "key.network_off" in {check["code"] for check in offline["checks"]}

    online = founded("verify", source, "--json").json
    assert site.asked() == ["/.well-known/did.json", "/status/1"]
    assert "key.network_off" not in {check["code"] for check in online["checks"]}


@pytest.mark.parametrize("text", ["", "off", "on"])
def test_the_setting_alone_opens_the_door(founded: Cli, text: str) -> None:
    env = {**environment(founded.folder), "PARCHEMIN_FETCH": text}
    settings = load_settings(env, founded.folder.parent)
    fetcher = fetcher_for(settings, open_desk(founded.folder))

    assert (fetcher is not None) is (text == "on")


@pytest.mark.parametrize("text", ["1", "true", "ON", "yes"])
def test_another_word_for_the_setting_is_refused(founded: Cli, text: str) -> None:
    founded("keys", "list", env={"PARCHEMIN_FETCH": text}).refused(1, "PARCHEMIN_FETCH", "off, on")


def test_the_product_reaches_no_server_of_this_machine(founded: Cli, site: Site, tmp_path: Path) -> None:
    settings = load_settings({**environment(founded.folder), "PARCHEMIN_FETCH": "on"}, tmp_path)
    fetcher = fetcher_for(settings, replace(open_desk(founded.folder), clock=SystemClock()))
    document = make_block_credential(issuer="did:web:localhost%3A" + str(site.server.port))
    report = public_desk(open_desk(founded.folder), fetcher).check(to_bytes(document))

    assert report.verdict.value != "valid"
    assert site.server.requests == []
