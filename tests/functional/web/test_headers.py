"""The same guard on every answer, whatever the route, the method or the outcome."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

GUARD = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
ON_THE_FORM = {
    **GUARD,
    "Content-Security-Policy": f"{GUARD['Content-Security-Policy']}; script-src 'self'",
}
"""The form to check a document has a script of ours, and may ask for the camera."""

VALUES = {
    "number": ("1", "999"),
    "token": ("titre", "inconnu"),
    "rest": ("titre/absent", "titre/"),
    "name": ("1", "absent"),
    "code": ("RNCP35080", "RNCP0"),
    "filename": ("style.css", "absent.css"),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


def addresses(rule: Rule) -> list[str]:
    """Give the addresses of a route, one that exists and one that does not."""
    chosen = []
    for index in (0, 1):
        values = {
            argument: "qr.png"
            if argument == "name" and "token" in rule.arguments
            else VALUES[argument][index]
            for argument in rule.arguments
        }
        built = rule.build(values)
        assert built is not None
        chosen.append(built[1])
    return chosen


def test_every_route_carries_the_guard_with_every_method(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        for address in addresses(rule):
            for method in METHODS:
                with client.open(address, method=method) as answer:
                    assert answer.status_code < 500, (method, address)
                    has_camera = address == "/verify" and method in {"GET", "HEAD"}
                    for name, value in (ON_THE_FORM if has_camera else GUARD).items():
                        assert answer.headers.get(name) == value, (method, address, name)
                    camera = "camera=(self)" if has_camera else "camera=()"
                    assert camera in answer.headers["Permissions-Policy"], (method, address)
                    assert "Set-Cookie" not in answer.headers
                    refused = method not in allowed(app, address)
                    assert (answer.status_code == 405) == refused, (method, address)


def allowed(app: Flask, address: str) -> set[str]:
    """Give every method that some route accepts at an address: /verify has two routes."""
    return set(app.url_map.bind("localhost").allowed_methods(address)) | {"OPTIONS"}


@pytest.mark.parametrize(
    "address",
    ["/v/titre", "/v/titre?format=json", "/v/titre/report", "/v/titre/qr.png", "/v/inconnu", "/verify"],
)
def test_personal_pages_are_neither_kept_nor_indexed(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("address", ["/nulle-part", "/static/absent.css", "/v", "/v/a/b"])
def test_an_address_outside_the_map_carries_the_guard_too(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["Content-Security-Policy"] == GUARD["Content-Security-Policy"]


def test_a_page_that_shows_what_a_stranger_wrote_runs_no_script(client: FlaskClient) -> None:
    for data in ({"text": "<script>alert(1)</script>"}, {"text": '{"a":"titre"}'}):
        answer = client.post("/verify", data=data)
        assert answer.headers["Content-Security-Policy"] == GUARD["Content-Security-Policy"]
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "<script" not in answer.text
    again = client.post("/verify", data={"text": " "})
    assert again.headers["Content-Security-Policy"] == ON_THE_FORM["Content-Security-Policy"]
    assert again.text.count("<script") == 1
