"""The parchment as a graduate, a registrar and an employer meet it: by link, by command, and handed in."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from flask.testing import FlaskClient
from typing_extensions import override

from credentials.report import Verdict
from issuer.adapters.painter import Painter
from issuer.bootstrap import exporter, papers, public_desk
from issuer.domain.award import Award, AwardKind, DuplicateReason, WithdrawalReason
from issuer.errors import NotFoundError
from issuer.ports import Duplicate, ExportFormat, LinkSwitch, Published
from issuer.services.desk import Desk
from issuer.services.register import get_award
from issuer.services.replacing import duplicate
from issuer.services.withdrawing import suspend
from issuer.web import create_app
from tests.functional.cli.running import Cli, rows
from tests.interop.sample_record import BASE_URL, IssuedAward, SampleRecord, issue_sample_record
from tests.support.pdf_text import page_text

pytestmark = pytest.mark.disable_socket
ACTOR = "test"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> SampleRecord:
    """Issue the sample record."""
    return issue_sample_record(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> SampleRecord:
    """Issue it once more, for tests that each change what happens to an award of their own."""
    return issue_sample_record(tmp_path_factory.mktemp("changing"))


@pytest.fixture
def client(record: SampleRecord) -> FlaskClient:
    return create_app(record.desk).test_client()


def address(issued: IssuedAward) -> str:
    return f"/v/{issued.award.token}/diplome.pdf"


def front(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return page_text(pdf.pages[0])


def altered(content: bytes) -> bytes:
    """Give the file with the last words of its first page taken out, its attachment untouched."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        steps = list(pikepdf.parse_content_stream(page))
        last = max(at for at, step in enumerate(steps) if str(step.operator) in {"Tj", "TJ"})
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps[:last] + steps[last + 1 :]))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", AwardKind)
def test_the_link_gives_the_parchment_and_the_parchment_verifies_as_the_credential_does(
    record: SampleRecord, client: FlaskClient, kind: AwardKind
) -> None:
    issued = record.one(kind)
    answer = client.get(address(issued))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="attestation.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert issued.award.holder.replace("'", "’") in front(answer.data)
    by_paper, by_document = record.desk.check(answer.data), record.desk.check(issued.stored)
    assert by_paper.verdict is by_document.verdict is Verdict.VALID
    assert by_paper.credential == by_document.credential
    assert client.get(address(issued)).data == answer.data


def test_without_the_decision_date_the_sample_fiche_gives_a_specimen_that_says_why(
    record: SampleRecord, client: FlaskClient
) -> None:
    said = front(client.get(address(record.one(AwardKind.TITLE))).data)
    assert "Spécimen, sans valeur." in said
    assert "la date de la décision d’enregistrement" in said


def test_pages_that_were_altered_are_told_from_ours_while_the_credential_inside_is_intact(
    record: SampleRecord, client: FlaskClient
) -> None:
    content = client.get(address(record.one(AwardKind.TITLE))).data
    report = record.desk.check(altered(content))
    assert report.verdict is Verdict.MODIFIED
    assert "proof.paper_differs" in {check.code for check in report.checks}


def test_no_paper_is_handed_out_of_an_award_that_is_not_in_force(changing: SampleRecord) -> None:
    client, suspended = create_app(changing.desk).test_client(), changing.one(AwardKind.TITLE)
    suspend(changing.office, suspended.award.number, WithdrawalReason.JURY_OR_COURT, None, actor=ACTOR)
    for issued in (changing.withdrawn_award(), suspended):
        answer = client.get(address(issued), headers={"Accept": "application/json"})
        assert (answer.status_code, answer.get_json(force=True)["code"]) == (404, "paper.not_in_force")
        award, _events = get_award(changing.office, issued.award.number)
        with pytest.raises(NotFoundError) as refused:
            exporter(changing.office).export(award, ExportFormat.PDF, actor=ACTOR)
        assert refused.value.code == "paper.not_in_force"


def test_an_unknown_link_has_no_paper_and_says_no_more_than_its_page(client: FlaskClient) -> None:
    answer = client.get(f"/v/{'B' * 22}/diplome.pdf", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (404, "link.unknown")


def test_a_link_that_its_holder_switched_off_hands_out_no_paper_and_the_registrar_still_prints(
    changing: SampleRecord,
) -> None:
    record, issued = changing, changing.one(AwardKind.BLOCK)
    with record.office.store.writing() as registry:
        registry.switch_link(
            LinkSwitch(issued.award.number, opened=False, at=record.office.clock.now(), by="holder")
        )
    client = create_app(record.desk).test_client()
    answer = client.get(address(issued), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (410, "link.closed")
    content = exporter(record.office).export(issued.award, ExportFormat.PDF, actor=ACTOR)
    assert content.startswith(b"%PDF-")


def test_a_duplicate_is_printed_under_its_own_number_and_verifies_too(record: SampleRecord) -> None:
    award = record.one(AwardKind.TITLE).award
    made = duplicate(record.office, award.number, DuplicateReason.LOSS, actor=ACTOR)
    export = exporter(record.office)
    content = export.export(award, ExportFormat.PDF, actor=ACTOR, duplicate=made.paper_number)
    assert made.paper_number in front(content)
    assert public_desk(record.office).check(content).verdict is Verdict.VALID
    with pytest.raises(NotFoundError) as refused:
        export.export(award, ExportFormat.PDF, actor=ACTOR, duplicate=f"{award.number}-D9")
    assert refused.value.code == "duplicate.unknown"


def test_a_fiche_that_knows_its_decision_date_and_a_real_institution_give_a_final_parchment(
    record: SampleRecord,
) -> None:
    papers = record.desk._papers
    institution = replace(record.office.institution, demonstration=False)
    office = replace(record.office, institution=institution)
    award = record.one(AwardKind.TITLE).award
    with office.store.reading() as registry:
        paper = replace(papers, office=office).paper(registry, award)
    assert len(paper.lacks) == 1
    final = papers.press.press(replace(paper, lacks=()), b"{}")
    assert "Spécimen" not in front(final)


def test_the_command_writes_the_parchment_and_takes_no_key(both: Cli, tmp_path: Path) -> None:
    number = str(rows(both.folder, "SELECT number FROM awards WHERE kind = 'title' LIMIT 1")[0][0])
    for file in (both.folder / "keys").iterdir():
        file.unlink()
    out = tmp_path / "diplome.pdf"
    both.good("export", number, "--format", "pdf", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    verified: Mapping[str, object] = both.good("verify", str(out), "--json").json
    assert verified["verdict"] == "valid"


def test_no_paper_is_a_page_of_its_own_for_a_person(changing: SampleRecord) -> None:
    client = create_app(changing.desk).test_client()
    page = client.get(address(changing.withdrawn_award()), headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "Le PDF de ce document n’est pas remis" in page.text
    assert "Ouvrez la page de vérification" in page.text


def test_the_link_gives_the_parchment_by_format_too_and_the_page_offers_it(
    record: SampleRecord, client: FlaskClient
) -> None:
    for kind, words in ((AwardKind.TITLE, "Parchemin (PDF)"), (AwardKind.BLOCK, "Certificat de bloc (PDF)")):
        issued = record.one(kind)
        asked = client.get(f"/v/{issued.award.token}?format=pdf")
        assert asked.mimetype == "application/pdf"
        assert asked.data == client.get(address(issued)).data
        page = client.get(f"/v/{issued.award.token}?lang=fr").text
        assert f'href="{address(issued)}"' in page
        assert words in page
        assert "Ce PDF est un SPÉCIMEN" in page


def test_a_name_that_our_fonts_cannot_write_is_a_page_and_no_failure(record: SampleRecord) -> None:
    class Unprintable(Desk):
        """A desk whose register holds a name in a script of which our fonts have no sign."""

        @override
        def printed(self, award: Award, duplicate: Duplicate | None = None) -> Published:
            return self._papers.printed(replace(award, holder="ꡏꡡꡃ"), duplicate)

    desk = Unprintable(record.office, Painter(record.office.institution, BASE_URL), papers(record.office))
    unprintable = create_app(desk).test_client()
    for path in (
        address(record.one(AwardKind.BLOCK)),
        f"/v/{record.one(AwardKind.TITLE).award.token}?format=pdf",
    ):
        page = unprintable.get(path, headers={"Accept": "text/html"})
        assert (page.status_code, page.mimetype) == (404, "text/html")
        assert "Ce document ne peut pas être imprimé ici" in page.text
    problem = unprintable.get(address(record.one(AwardKind.BLOCK)), headers={"Accept": "application/json"})
    assert (problem.status_code, problem.get_json(force=True)["code"]) == (404, "paper.not_printable")
