"""Page, report and exit code give one answer to each thing that can be handed in (field.md, section 3)."""

import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from credentials.json_input import to_bytes
from credentials.securing.data_integrity import sign
from issuer.bootstrap import public_desk
from issuer.web import create_app
from tests.faults.desks import BASE_URL, open_desk
from tests.functional.cli.running import Cli
from tests.support.credentials import CREATED, OTHER_SIGNER, make_credential

EXIT = {"valid": 0, "incomplete": 3}


@dataclass(frozen=True, slots=True)
class Site:
    """A desk with one award withdrawn, its pages, and files of every kind."""

    cli: Cli
    client: FlaskClient
    folder: Path
    valid: str
    revoked: str

    def export(self, link: str, form: str) -> bytes:
        """Export an award as a person would."""
        out = self.folder / f"exported.{form}"
        out.unlink(missing_ok=True)
        self.cli.good("export", link, "--format", form, "--out", str(out))
        return out.read_bytes()


@pytest.fixture
def site(issued: Cli, tmp_path: Path) -> Site:
    awards = issued.good("awards", "--json").json
    titles = [award for award in awards if award["kind"] == "title"]
    issued.good("revoke", titles[0]["number"], "--reason", "erreur-materielle")
    client = create_app(public_desk(open_desk(issued.folder))).test_client()
    return Site(issued, client, tmp_path, titles[1]["link"], titles[0]["link"])


def _tampered(site: Site) -> bytes:
    content = json.loads(site.export(site.valid, "json"))
    content["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody ELSE"
    return json.dumps(content).encode()


def _foreign(_site: Site) -> bytes:
    return to_bytes(
        sign(make_credential(issuer="did:key:" + OTHER_SIGNER.key.multibase), OTHER_SIGNER, created=CREATED)
    )


def _cut(site: Site) -> bytes:
    return site.export(site.valid, "json")[:-40]


FILES: dict[str, tuple[Callable[[Site], bytes], str]] = {
    "award.json": (lambda site: site.export(site.valid, "json"), "valid"),
    "award.png": (lambda site: site.export(site.valid, "png"), "valid"),
    "award.svg": (lambda site: site.export(site.valid, "svg"), "valid"),
    "revoked.json": (lambda site: site.export(site.revoked, "json"), "revoked"),
    "revoked.png": (lambda site: site.export(site.revoked, "png"), "revoked"),
    "revoked.svg": (lambda site: site.export(site.revoked, "svg"), "revoked"),
    "tampered.json": (_tampered, "modified"),
    "foreign.json": (_foreign, "unknown-issuer"),
    "cut.json": (_cut, "malformed"),
    "garbage.bin": (lambda _site: bytes(range(256)), "malformed"),
    "text.txt": (lambda _site: b"hello", "malformed"),
    "plain.png": (lambda _site: b"\x89PNG\r\n\x1a\n", "malformed"),
    "list.json": (lambda _site: b"[]", "malformed"),
}
LINKS: dict[str, tuple[Callable[[Site], str], str]] = {
    "ours": (lambda site: site.valid, "valid"),
    "withdrawn": (lambda site: site.revoked, "revoked"),
    "unknown": (lambda _site: f"{BASE_URL}/v/AAAAAAAAAAAAAAAAAAAAAA", "incomplete"),
    "another-host": (lambda site: site.valid.replace("localhost:8123", "example.org"), "incomplete"),
    "not-a-page-of-ours": (lambda _site: f"{BASE_URL}/verify", "incomplete"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_gets_one_answer_everywhere(site: Site, name: str) -> None:
    make, verdict = FILES[name]
    content = make(site)
    (site.folder / name).write_bytes(content)

    said = site.cli("verify", str(site.folder / name), "--json")
    piped = site.cli("verify", "-", "--json", given=content)
    sent = site.client.post(
        "/verify", data={"file": (io.BytesIO(content), name)}, headers={"Accept": "application/json"}
    )
    page = site.client.post(
        "/verify", data={"file": (io.BytesIO(content), name)}, headers={"Accept": "text/html"}
    )

    assert said.json["verdict"] == verdict
    assert said.code == EXIT.get(verdict, 1)
    assert (piped.json["verdict"], piped.code) == (said.json["verdict"], said.code)
    assert sent.status_code == 200
    assert _without_time(sent.get_json()) == _without_time(said.json)
    assert page.status_code == 200
    assert _banner_is_good(page.get_data(as_text=True)) is (verdict == "valid")


@pytest.mark.parametrize("name", LINKS)
def test_a_link_gets_one_answer_everywhere(site: Site, name: str) -> None:
    make, verdict = LINKS[name]
    link = make(site)

    said = site.cli("verify", link, "--json")
    sent = site.client.post("/verify", data={"text": link}, headers={"Accept": "application/json"})

    assert said.json["verdict"] == verdict
    assert said.code == EXIT.get(verdict, 1)
    assert _without_time(sent.get_json()) == _without_time(said.json)


@pytest.mark.parametrize(("name", "status"), [("valid", 200), ("revoked", 200), ("unknown", 404)])
def test_the_page_behind_a_link_agrees_with_its_report(site: Site, name: str, status: int) -> None:
    token = {"valid": site.valid, "revoked": site.revoked}.get(name, "x/v/AAAAAAAAAAAAAAAAAAAAAA").split(
        "/v/"
    )[1]

    page = site.client.get(f"/v/{token}", headers={"Accept": "text/html"})
    report = site.client.get(f"/v/{token}/report")

    assert (page.status_code, report.status_code) == (status, status)
    assert _banner_is_good(page.get_data(as_text=True)) is (name == "valid")
    if status == 200:
        said = site.cli("verify", f"{BASE_URL}/v/{token}", "--json")
        assert report.get_json()["verdict"] == name
        assert _without_time(report.get_json()) == _without_time(said.json)


def test_nothing_at_all_is_malformed_and_never_good(site: Site) -> None:
    said = site.cli("verify", "-", "--json", given=b"")

    assert (said.json["verdict"], said.code) == ("malformed", 1)


def test_stored_bytes_that_were_damaged_are_never_called_good(site: Site) -> None:
    database = sqlite3.connect(site.cli.folder / "parchemin.sqlite3")
    database.execute("DROP TRIGGER awards_no_update")
    database.execute(
        "UPDATE awards SET credential = CAST(substr(credential, 9) AS BLOB) WHERE credential_id = ?",
        [site.valid],
    )
    database.commit()
    database.close()
    token = site.valid.rsplit("/", 1)[1]

    said = site.cli("verify", site.valid, "--json")
    page = site.client.get(f"/v/{token}", headers={"Accept": "text/html"})

    assert (said.json["verdict"], said.code) == ("malformed", 1)
    assert page.status_code == 200
    assert not _banner_is_good(page.get_data(as_text=True))


def test_the_words_on_the_terminal_name_verdict_issuer_and_holder(site: Site) -> None:
    ran = site.cli("verify", site.valid)

    assert ran.out.startswith("verdict: valid\nissuer: Conservatoire national des arts et métiers")
    assert "holder: " in ran.out


def _without_time(report: dict[str, object]) -> object:
    text = json.dumps(report)
    content = json.loads(text)
    content.pop("checked_at")
    for check in content["checks"]:
        check.pop("as_of", None)
    return content


def _banner_is_good(page: str) -> bool:
    words, tint = "authentique et en vigueur" in page, 'class="banner good"' in page
    assert words is tint, "the banner's words and its tint contradict each other"
    return words
