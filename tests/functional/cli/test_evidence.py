"""A day's root, a mirror, an export, and a check on another machine, by the commands."""

import json
from pathlib import Path

from issuer.bootstrap import evidence_desk, public_desk
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows


def test_a_stranger_checks_an_export_without_register_and_key(issued: Cli, tmp_path: Path) -> None:
    issued.good("audit", "root")
    issued.good("audit", "mirror", str(tmp_path / "mirror"))
    issued.good("audit", "export", "--out", str(tmp_path / "trail.json"))
    stranger = Cli(tmp_path / "nowhere", issued._patch)

    ran = stranger.good("audit", "verify", str(tmp_path / "trail.json"), "--roots", str(tmp_path / "mirror"))

    assert "whole" in ran.out
    assert "--roots" not in ran.err
    assert not (tmp_path / "nowhere").exists()


def test_without_roots_from_elsewhere_it_says_that_nothing_was_compared(issued: Cli, tmp_path: Path) -> None:
    issued.good("audit", "export", "--out", str(tmp_path / "trail.json"))

    assert "--roots" in issued.good("audit", "verify", str(tmp_path / "trail.json")).err


def test_a_tampered_export_is_named_and_ends_with_1(issued: Cli, tmp_path: Path) -> None:
    issued.good("audit", "root")
    file = tmp_path / "trail.json"
    issued.good("audit", "export", "--out", str(file))
    content = json.loads(file.read_text("utf-8"))
    content["entries"][3]["actor"] = "mallory"
    file.write_text(json.dumps(content), "utf-8")

    ran = issued("audit", "verify", str(file))

    assert ran.code == 1
    assert "FAIL [audit.altered] entry 4" in ran.out
    assert "BROKEN" in ran.out


def test_a_mirror_is_never_written_over(issued: Cli, tmp_path: Path) -> None:
    issued.good("audit", "root")
    issued.good("audit", "mirror", str(tmp_path / "mirror"))
    (kept,) = (tmp_path / "mirror").iterdir()
    kept.write_bytes(b"{}")

    ran = issued("audit", "mirror", str(tmp_path / "mirror"))

    ran.refused(1, "mirror.differs", kept.name)
    assert kept.read_bytes() == b"{}"


def test_a_second_root_on_one_day_is_not_made(issued: Cli) -> None:
    first = issued.good("audit", "root", "--json").json
    again = issued.good("audit", "root", "--json").json

    assert first["new"]
    assert again == {**first, "new": False}
    assert rows(issued.folder, "SELECT count(*) FROM roots") == [(1,)]


def test_the_pages_publish_the_roots_to_anybody_and_say_nothing_of_anybody(
    issued: Cli, tmp_path: Path
) -> None:
    issued.good("audit", "root")
    issued.good("audit", "export", "--out", str(tmp_path / "trail.json"))
    office = open_desk(issued.folder)
    client = create_app(public_desk(office), roots=evidence_desk(office)).test_client()

    listed, one = client.get("/audit/roots"), client.get("/audit/roots/1")

    assert json.loads(listed.data)["roots"][0]["signed"] == one.text
    for answer in (listed, one):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.cache_control.public
        again = client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    for unknown in ("0", "2", "x", "-1", "1" * 30, "٣"):
        assert client.get(f"/audit/roots/{unknown}").status_code == 404
    (tmp_path / "roots.json").write_bytes(listed.data)
    issued.good("audit", "verify", str(tmp_path / "trail.json"), "--roots", str(tmp_path / "roots.json"))


def test_a_service_without_a_root_publishes_an_empty_list(issued: Cli) -> None:
    office = open_desk(issued.folder)
    client = create_app(public_desk(office), roots=evidence_desk(office)).test_client()

    assert json.loads(client.get("/audit/roots").data)["roots"] == []
