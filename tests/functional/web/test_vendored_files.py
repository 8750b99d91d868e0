"""What others wrote is served as they published it, with its licence beside it, and our script is all the rest."""

import hashlib
import re
from pathlib import Path

from flask.testing import FlaskClient

import issuer.web

STATIC = Path(issuer.web.__file__).parent / "static"
VENDORED = STATIC / "vendor"
ROW = re.compile(r"^\| `([^`]+)`[^|]*\| `([0-9a-f]{64})` \|$", re.MULTILINE)


def test_each_vendored_file_is_listed_with_its_digest() -> None:
    listed = {
        name: digest
        for name, digest in ROW.findall((VENDORED / "README.md").read_text("utf-8"))
        if "/" in name
    }
    found = {
        path.relative_to(VENDORED).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDORED.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert found == listed
    assert {Path(name).parent for name in found} == {
        Path(name).parent for name in found if Path(name).name.startswith("LICENSE")
    }


def test_scripts_load_nothing_that_is_not_beside_them() -> None:
    for script in STATIC.rglob("*.js"):
        text = script.read_text("utf-8")
        loaded = re.findall(r"(?:^import\b.*?from|\bimport\()\s*['\"]([^'\"]+)['\"]", text, re.MULTILINE)
        for name in loaded:
            assert (script.parent / name).resolve().is_relative_to(STATIC)
            assert (script.parent / name).is_file()
        assert not re.search(r"\beval\(|\bnew Function\(", text), script.name
    assert (STATIC / "camera.js").read_text("utf-8").count("import(") == 1


def test_a_module_is_announced_as_a_script(client: FlaskClient) -> None:
    for address in ("/static/camera.js", "/static/vendor/qr/decode.js"):
        with client.get(address) as answer:
            assert answer.mimetype in {"text/javascript", "application/javascript"}


def test_the_form_and_all_that_it_loads_are_light(client: FlaskClient) -> None:
    """The reader of codes is not counted: it is fetched only by who starts the camera."""
    page = client.get("/verify")
    weight = len(page.data)
    for address in re.findall(r'(?:href|src)="(/(?:static|theme|logo|favicon)[^"]*)"', page.text):
        with client.get(address) as answer:
            assert answer.status_code == 200, address
            weight += len(answer.data)
    assert "/static/camera.js" in page.text
    assert "/vendor/" not in page.text
    assert weight < 50_000
