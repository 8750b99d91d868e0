"""Make the golden files of a release: what this version signs, to be verified by every later one.

    .venv/bin/python -m tests.golden.make 0.1.0

The key is made for the run and thrown away; the people are fictitious. A release's files are never made
again once published.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

from issuer.bootstrap import found_office, public_desk
from issuer.cli.jury import take_file
from issuer.config import load_settings
from issuer.domain.award import AwardKind
from issuer.ports import Published
from issuer.samples import sample_files
from issuer.services.issuing import issue
from issuer.services.planning import approve, make_plan
from issuer.services.register import find_awards

ADDRESS = "https://diplomes.example.org"


def main() -> None:
    """Issue the sample record at an example address and keep one title, one block, key and list."""
    folder = Path(__file__).parent / sys.argv[1]
    folder.mkdir()
    with tempfile.TemporaryDirectory() as data:
        environment = {"PARCHEMIN_DATA": data, "PARCHEMIN_BASE_URL": ADDRESS}
        settings = load_settings(environment, Path(data))
        office, _new = found_office(
            settings,
            lambda: "golden files, thrown away",
            actor="golden",
            rules_day=date(2026, 11, 24),
            four_eyes=False,
        )
        for name, content in sample_files().items():
            take_file(office, content, name, accept_valid=True, actor="golden")
        _fiche, plan = make_plan(office, None, None)
        approved = approve(office, plan.digest, certification=None, session=None, actor="golden")
        issue(office, [approved], actor="golden")
        desk = public_desk(office)
        awards = find_awards(office, candidate="C001")
        for kind in AwardKind:
            award = next(award for award in awards if award.kind is kind)
            credential = desk.credential(award.token)
            assert isinstance(credential, Published)
            (folder / f"{kind.value}.json").write_bytes(credential.body)
        (folder / "did.json").write_bytes(desk.did_document().body)
        status = desk.status_list("1")
        assert status is not None
        (folder / "status.json").write_bytes(status.body)


if __name__ == "__main__":
    main()
