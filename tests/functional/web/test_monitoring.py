"""What monitoring reads and the log keeps: figures and route templates, never a person, a link or a word."""

import json
import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from issuer.adapters.rate_limits import MemoryRateLimits
from issuer.bootstrap import code_desk, condition_of, doubt_desk, metrics_word, public_desk, sharing_desk
from issuer.config import load_settings
from issuer.errors import ConfigurationError
from issuer.services.condition import LEAST_FREE_BYTES, ServiceCondition
from issuer.services.register import find_awards
from issuer.web import create_app
from issuer.web.measures import JsonLines
from tests.faults.desks import environment, open_desk
from tests.functional.cli.folders import founded_folder, issued, issued_folder, recorded_folder
from tests.functional.cli.running import Cli

__all__ = ["founded_folder", "issued", "issued_folder", "recorded_folder"]

WORD = "a-word-of-at-least-twenty-signs"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def app(issued: Cli) -> Flask:
    office = open_desk(issued.folder)
    desk = public_desk(office)
    settings = load_settings(environment(issued.folder), issued.folder.parent)
    limits = MemoryRateLimits(lambda: 0.0, lambda: bytes(32))
    return create_app(
        desk,
        sharing=sharing_desk(office, desk),
        codes=code_desk(office),
        doubts=doubt_desk(office),
        limits=limits,
        condition=condition_of(settings, office),
        metrics_word=WORD,
    )


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def figures(text: str) -> dict[str, float]:
    return {
        f"{sample.name}{json.dumps({k: v for k, v in sample.labels.items() if k != 'worker'})}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_figures_say_what_the_register_holds(client: FlaskClient) -> None:
    found = figures(client.get("/metrics").text)

    assert found['parchemin_awards{"state": "valid"}'] == 30
    assert found['parchemin_awards{"state": "revoked"}'] == 0
    assert found["parchemin_register_readable{}"] == 1
    assert found['parchemin_status_list_ends_seconds{"list": "1"}'] > 0
    assert "parchemin_backup_seconds{}" not in found, "none was made"


def test_requests_and_verdicts_are_counted_by_closed_names(client: FlaskClient, issued: Cli) -> None:
    award = find_awards(open_desk(issued.folder))[0]
    client.get(f"/v/{award.token}")
    client.get("/wp-login.php")
    client.open("/", method="BREW")

    found = figures(client.get("/metrics").text)

    assert found['parchemin_requests_total{"method": "GET", "route": "/v/<token>", "status": "2xx"}'] == 1
    assert found['parchemin_requests_total{"method": "GET", "route": "(none)", "status": "4xx"}'] == 1
    assert found['parchemin_verdicts_total{"verdict": "valid"}'] == 1
    assert not any("BREW" in name or award.token in name for name in found)


@pytest.mark.parametrize(
    ("headers", "environ", "status"),
    [
        ({}, {}, 200),
        ({}, ELSEWHERE, 404),
        ({"X-Forwarded-For": "192.0.2.7"}, {}, 404),
        ({"X-Forwarded-Proto": "https"}, {}, 404),
        ({"Forwarded": "for=127.0.0.1"}, {}, 404),
        ({"Authorization": f"Bearer {WORD}"}, ELSEWHERE, 200),
        ({"Authorization": f"Bearer {WORD}x"}, ELSEWHERE, 404),
        ({"Authorization": "Bearer "}, {}, 404),
        ({"Authorization": "Bearer é"}, {}, 404),
    ],
)
def test_strangers_see_no_figures(
    client: FlaskClient, headers: dict[str, str], environ: dict[str, str], status: int
) -> None:
    answer = client.get("/metrics", headers=headers, environ_overrides=environ)
    assert answer.status_code == status
    assert "parchemin_requests" not in answer.text or status == 200
    assert "no-store" in answer.headers.get("Cache-Control", "no-store")


def test_readiness_names_every_check(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ready",
        "checks": {
            "register": "ok", "keys": "ok", "clock": "ok", "watch": "not-run", "lists": "ok", "disk": "ok",
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("free", "word"), [(LEAST_FREE_BYTES, "ok"), (LEAST_FREE_BYTES - 1, "full"), (None, "ok")]
)
def test_a_disk_with_too_little_room_is_not_ready(issued: Cli, free: int | None, word: str) -> None:
    assert ServiceCondition(open_desk(issued.folder), lambda: free).checks()["disk"] == word


def test_a_register_that_is_gone_is_not_ready_and_has_a_figure(client: FlaskClient, issued: Cli) -> None:
    (issued.folder / "parchemin.sqlite3").rename(issued.folder / "aside")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["checks"]["register"]) == (503, "unreadable")
    assert figures(client.get("/metrics").text)["parchemin_register_readable{}"] == 0


def test_the_log_has_route_templates_and_nothing_of_anybody(
    app: Flask, client: FlaskClient, issued: Cli, caplog: pytest.LogCaptureFixture
) -> None:
    awards = find_awards(open_desk(issued.folder))
    token, said = awards[0].token, ["Hélène MARCHAND", "temoin@example.org", "23456789ABCD", "192.0.2.7"]
    values = {"token": token, "code": said[2], "name": "1", "component": "RNCP35080", "filename": said[1]}
    with caplog.at_level(logging.INFO, logger="parchemin"):
        for rule in app.url_map.iter_rules():
            path = rule.rule
            for argument in rule.arguments:
                path = path.replace(f"<{argument}>", values.get(argument, token))
                path = path.replace(f"<path:{argument}>", values.get(argument, token))
            for method in ("GET", "POST"):
                client.open(
                    f"{path}?q={said[0]}&mail={said[1]}",
                    method=method,
                    data={"text": said[0], "contact": said[1], "code": said[2], "name": said[0]}
                    if method == "POST"
                    else None,
                    environ_overrides=ELSEWHERE,
                )
    lines = [JsonLines().format(record) for record in caplog.records if record.name == "parchemin"]
    assert len(lines) >= 2 * len(list(app.url_map.iter_rules()))
    for line in lines:
        values_ = json.loads(line)
        assert {"at", "level", "event", "id", "method", "route", "status", "ms", "worker"} == set(values_)
    whole = "\n".join(lines) + caplog.text
    for word in (token, awards[0].holder, *said, "?q="):
        assert word not in whole


def test_an_answer_and_its_line_carry_one_id(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="parchemin"):
        ids = {client.get("/").headers["X-Request-Id"] for _ in range(2)}
    assert len(ids) == 2
    assert {record.__dict__["id"] for record in caplog.records if record.name == "parchemin"} == ids


@pytest.mark.parametrize("content", ["", "short", "é" * 30, None])
def test_a_word_that_anybody_could_guess_is_refused(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "word"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    settings = load_settings({"PARCHEMIN_METRICS_TOKEN_FILE": str(file)}, tmp_path)
    with pytest.raises(ConfigurationError, match="20 plain characters"):
        metrics_word(settings)
