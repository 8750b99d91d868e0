"""Make the pictures of the README from the real service: needs Chromium.

    .venv/bin/python docs/images/make.py

Issues the sample record into a temporary folder, serves it from memory and photographs a title's page.
"""

import io
import tempfile
import threading
from datetime import date
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from issuer.bootstrap import found_office, public_desk
from issuer.cli.jury import take_file
from issuer.config import load_settings
from issuer.domain.award import AwardKind
from issuer.samples import sample_files
from issuer.services.issuing import issue
from issuer.services.planning import approve, make_plan
from issuer.services.register import find_awards
from issuer.web import create_app

PHONE = {"width": 360, "height": 720}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
COLOURS = 64


def main() -> None:
    """Issue, serve, photograph."""
    with tempfile.TemporaryDirectory() as data:
        environment = {"PARCHEMIN_DATA": data, "PARCHEMIN_BASE_URL": "http://localhost:8765"}
        settings = load_settings(environment, Path(data))
        office, _new = found_office(
            settings, lambda: "pictures, thrown away", actor="pictures", rules_day=date(2026, 11, 24)
        )
        for name, content in sample_files().items():
            take_file(office, content, name, accept_valid=True, actor="pictures")
        _fiche, plan = make_plan(office, None, None)
        approved = approve(office, plan.digest, certification=None, session=None, actor="pictures")
        issue(office, [approved], actor="pictures")
        title = next(award for award in find_awards(office) if award.kind is AwardKind.TITLE)
        server = make_server("localhost", 8765, create_app(public_desk(office)), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _photograph(title.credential_id, Path(__file__).with_name("verification-phone.png"))
        server.shutdown()


def _photograph(address: str, target: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context(
            viewport=PHONE,  # type: ignore[arg-type]  # a dict is what it takes
            device_scale_factor=2,
            locale="fr-FR",
            java_script_enabled=False,
        )
        page = context.new_page()
        page.goto(address)
        picture = Image.open(io.BytesIO(page.screenshot()))
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
