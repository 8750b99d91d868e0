"""The proof of a check: from the page to the receipt, and from the receipt back to the page."""

import hashlib
import html
import io
import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator

import pikepdf
import pytest
from flask.testing import FlaskClient

from credentials.json_input import JsonObject, parse_object, to_bytes
from issuer.bootstrap import sharing_desk
from issuer.domain.award import AwardKind
from issuer.ports.sharing import ShareTerm
from issuer.services.receipts import Receipts
from issuer.web import create_app
from tests.support.pdf_text import page_text
from tests.support.receipts import ReceiptRecord, receipt_record

HEADLINE = "Certification authentique et en vigueur"
VALIDITY = "Ce reçu dit ce qui a été constaté à cet instant. L’état peut avoir changé depuis\u202f: vérifiez"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> ReceiptRecord:
    return receipt_record(tmp_path_factory.mktemp("receipts"))


@pytest.fixture
def client(kept: ReceiptRecord) -> FlaskClient:
    return kept.client()


@pytest.fixture
def token(kept: ReceiptRecord) -> str:
    return kept.record.one(AwardKind.TITLE).award.token


@pytest.fixture
def stored(kept: ReceiptRecord) -> bytes:
    return kept.record.one(AwardKind.TITLE).stored


def share_of(kept: ReceiptRecord) -> str:
    award = kept.record.one(AwardKind.TITLE).award
    desk = sharing_desk(kept.record.office, kept.record.desk)
    return desk.open_share(award.candidate_id, [award.number], ShareTerm.WEEK, "Emploi").token


def checked(client: FlaskClient, data: bytes, name: str = "fichier.json", language: str = "fr") -> str:
    answer = client.post(f"/verify?lang={language}", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 200
    return answer.text


def hidden(page: str) -> str:
    found = re.search(r'name="receipt" value="([^"]+)"', page)
    assert found, "no receipt on the page"
    return found[1]


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def on_page(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<wbr>|<[^>]+>", "", page)))


# From the page of an award


def test_the_page_offers_both_forms_and_the_receipt_says_what_the_report_says(
    client: FlaskClient, token: str
) -> None:
    page = client.get(f"/v/{token}")
    assert f'href="/v/{token}/receipt.pdf"' in page.text
    assert f'href="/v/{token}/receipt.json"' in page.text
    answer = client.get(f"/v/{token}/receipt.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="recu-de-verification.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    receipt = json.loads(answer.data)
    report = client.get(f"/v/{token}/report").json
    assert report is not None
    volatile = {"checked_at", "checks"}
    assert {name: value for name, value in receipt["report"].items() if name not in volatile} == {
        name: value for name, value in report.items() if name not in volatile
    }
    assert [check["code"] for check in receipt["report"]["checks"]] == [
        check["code"] for check in report["checks"]
    ]
    assert receipt["subject"] == {"kind": "link"}
    assert receipt["finding"]["headline"] == {
        "fr": HEADLINE,
        "en": receipt["finding"]["headline"]["en"],
    }
    assert receipt["finding"]["headline"]["en"] in client.get(f"/v/{token}?lang=en").text


def test_the_list_versions_are_the_published_ones(
    client: FlaskClient, token: str, kept: ReceiptRecord
) -> None:
    receipt = json.loads(client.get(f"/v/{token}/receipt.json").data)
    served = client.get("/status/1")
    published = kept.record.desk.status_list("1")
    assert published is not None
    (version,) = receipt["lists"]
    assert version["url"] == kept.record.office.status_list_url()
    assert version["sha256"] == hashlib.sha256(served.data).hexdigest() == served.headers["ETag"].strip('"')
    assert version["as_of"] == published.published_at.isoformat(timespec="seconds").replace("+00:00", "Z")


def test_the_pdf_says_both_languages_and_carries_the_same_receipt(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/v/{token}/receipt.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        first, second = (page_text(page) for page in pdf.pages)
        attached = pdf.attachments["recu.json"].get_file()
        assert attached.mime_type == "application/json"
        receipt = parse_object(attached.read_bytes())
    assert HEADLINE in first
    assert VALIDITY.replace("\u202f", " ") in first
    assert "Hélène Marchand-Delvaux" in first
    assert "This receipt says what was found at that time." in second
    finding = receipt["finding"]
    assert isinstance(finding, dict)
    assert isinstance(finding["headline"], dict)
    assert str(finding["headline"]["en"]) in second


def test_closed_and_unknown_links_give_no_receipt(client: FlaskClient) -> None:
    for form in ("json", "pdf"):
        assert client.get(f"/v/{'A' * 22}/receipt.{form}").status_code == 404
        assert client.get(f"/s/{'A' * 22}/receipt.{form}").status_code == 404


def test_without_a_key_none_is_offered_and_none_is_made(kept: ReceiptRecord, token: str) -> None:
    keyless = Receipts(kept.record.office, kept.desk.press, None)
    client = create_app(kept.record.desk, receipts=keyless).test_client()
    assert "receipt.pdf" not in client.get(f"/v/{token}").text
    answer = client.get(f"/v/{token}/receipt.json", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json is not None
    assert "receipt.no_key" in answer.text


# Of a withdrawn and of a shared award


def test_a_withdrawn_award_gets_a_receipt_that_says_so(client: FlaskClient, kept: ReceiptRecord) -> None:
    gone = kept.record.withdrawn_award().award
    receipt = json.loads(client.get(f"/v/{gone.token}/receipt.json").data)
    assert receipt["report"]["verdict"] == "revoked"
    assert receipt["finding"]["tone"] == "stop"
    assert "retiré le" in receipt["finding"]["headline"]["fr"]


def test_the_receipt_of_a_share_hands_out_nothing_that_leads_to_the_credential(
    client: FlaskClient, kept: ReceiptRecord
) -> None:
    award, share = kept.record.one(AwardKind.TITLE).award, share_of(kept)
    assert f"/s/{share}/receipt.pdf?document=1" in client.get(f"/s/{share}").text
    body = client.get(f"/s/{share}/receipt.json").data
    receipt = json.loads(body)
    for secret in (award.token, share, award.credential_id, "/status/1"):
        assert secret not in body.decode()
    assert receipt["subject"] == {"kind": "share"}
    assert receipt["lists"][0]["as_of"]
    assert {"credential.id", "lists"} <= set(receipt["report"]["left_out"])
    with pikepdf.open(io.BytesIO(client.get(f"/s/{share}/receipt.pdf").data)) as pdf:
        words = " ".join(page_text(page) for page in pdf.pages)
    assert award.token not in words
    assert "Hélène Marchand-Delvaux" in words


# A receipt says nothing that the page does not


def test_a_receipt_says_nothing_that_the_page_and_its_report_do_not(client: FlaskClient, token: str) -> None:
    receipt = json.loads(client.get(f"/v/{token}/receipt.json").data)
    report = client.get(f"/v/{token}/report").json
    assert report is not None
    pages = on_page(client.get(f"/v/{token}").text) + on_page(client.get(f"/v/{token}?lang=en").text)
    of_service = {receipt["service"], receipt["issuer"], receipt["issued_at"], "VerificationReceipt", "1"}
    of_lists = {text for item in receipt["lists"] for text in texts(item)}
    known = {*texts(report), *of_service, *of_lists, "link", receipt["finding"]["tone"]}
    known |= {text for text in texts(receipt["report"]) if re.fullmatch(r"[0-9T:.-]+Z", text)}
    for text in {*texts({name: value for name, value in receipt.items() if name != "proof"})} - known:
        assert text in pages, text


# A file that was handed in


def test_the_result_of_a_file_offers_its_receipt_and_stays_small(client: FlaskClient, stored: bytes) -> None:
    page = checked(client, stored)
    assert len(page.encode()) < 40_000
    sealed = hidden(page)
    as_json = client.post("/receipt", data={"receipt": sealed, "form": "json"})
    receipt = json.loads(as_json.data)
    assert receipt["subject"] == {"kind": "file", "sha256": hashlib.sha256(stored).hexdigest()}
    assert receipt["report"]["source"] == "json"
    as_pdf = client.post("/receipt", data={"receipt": sealed, "form": "pdf"})
    assert as_pdf.mimetype == "application/pdf"
    again = client.post("/receipt", data={"receipt": sealed, "form": "pdf"})
    assert as_pdf.data == again.data
    with pikepdf.open(io.BytesIO(as_pdf.data)) as pdf:
        assert pdf.attachments["recu.json"].get_file().read_bytes() == as_json.data
        assert hashlib.sha256(stored).hexdigest() in page_text(pdf.pages[0])


def test_an_altered_document_gets_a_receipt_that_does_not_vouch_for_it(
    client: FlaskClient, stored: bytes
) -> None:
    page = checked(client, stored.replace("Hélène".encode(), b"Honorine"))
    sealed = hidden(page)
    receipt = json.loads(client.post("/receipt", data={"receipt": sealed}).data)
    assert receipt["report"]["verdict"] == "modified"
    assert receipt["finding"]["vouched"] is False
    with pikepdf.open(
        io.BytesIO(client.post("/receipt", data={"receipt": sealed, "form": "pdf"}).data)
    ) as pdf:
        words = page_text(pdf.pages[0])
    assert "Ce que dit le fichier, sans garantie" in words
    assert "ne vous y fiez pas" in words
    assert receipt["lists"] == []


def test_a_name_that_no_font_has_does_not_keep_the_receipt_from_being_printed(
    client: FlaskClient, stored: bytes
) -> None:
    sealed = hidden(checked(client, stored.replace("Hélène".encode(), "ꦲꦺꦭꦺꦤ꧀".encode())))
    answer = client.post("/receipt", data={"receipt": sealed, "form": "pdf"})
    assert answer.status_code == 200
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert "ne s’impriment pas ici" in page_text(pdf.pages[0])


@pytest.mark.parametrize("text", ["", "x", "é", "A" * 400, "eJwDAAAAAAE="])
def test_what_a_stranger_composed_is_neither_given_back_nor_printed(client: FlaskClient, text: str) -> None:
    for form in ("json", "pdf"):
        answer = client.post(
            "/receipt", data={"receipt": text, "form": form}, headers={"Accept": "application/json"}
        )
        assert answer.status_code == 400
        assert "receipt.not_ours" in answer.text


def test_an_altered_receipt_is_not_printed(client: FlaskClient, stored: bytes) -> None:
    sealed = zlib.decompress(urlsafe_b64decode(hidden(checked(client, stored))))
    altered = urlsafe_b64encode(zlib.compress(sealed.replace("Hélène".encode(), b"Honorine"))).decode()
    assert client.post("/receipt", data={"receipt": altered, "form": "pdf"}).status_code == 400


# Handed in again


def receipt_bytes(client: FlaskClient, token: str, form: str) -> bytes:
    return bytes(client.get(f"/v/{token}/receipt.{form}").data)


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_a_receipt_that_is_handed_in_says_what_was_found_and_offers_to_check_again(
    client: FlaskClient, token: str, form: str
) -> None:
    page = checked(client, receipt_bytes(client, token, form), f"recu.{form}")
    assert '<h1 id="verdict">Reçu authentique</h1>' in page
    assert f"ce service a constaté : « {HEADLINE} »." in on_page(page)
    assert "banner good" not in page
    assert f'href="/v/{token}?lang=fr"' in page
    assert VALIDITY in page
    assert ("non aux pages du PDF" in page) is (form == "pdf")
    english = checked(client, receipt_bytes(client, token, form), f"recu.{form}", "en")
    assert "Authentic receipt" in english


def altered(sealed: bytes, **changes: object) -> bytes:
    return to_bytes({**parse_object(sealed), **changes})  # type: ignore[dict-item]  # JSON values


def test_an_altered_receipt_is_told_and_shows_nothing_of_what_it_says(
    client: FlaskClient, token: str
) -> None:
    sealed = receipt_bytes(client, token, "json")
    page = checked(client, sealed.replace("Hélène".encode(), b"Honorine"))
    assert "Ce reçu a été modifié" in page
    assert "banner stop" in page
    assert "Honorine" not in page
    assert "authentique" not in page


def test_a_receipt_of_another_service_is_not_judged_here(client: FlaskClient, token: str) -> None:
    sealed = receipt_bytes(client, token, "json")
    page = checked(client, altered(sealed, issuer="did:web:autre.example"))
    assert "ne peut pas être contrôlé ici" in page
    assert "did:web:autre.example" in page
    assert HEADLINE not in page


def test_programs_get_the_report_and_what_the_receipt_is_worth(client: FlaskClient, token: str) -> None:
    sealed = receipt_bytes(client, token, "json")
    answer = client.post("/verify", data=sealed, content_type="application/json")
    assert answer.json is not None
    assert (answer.json["verdict"], answer.json["checks"][0]["code"]) == ("incomplete", "parse.receipt")
    assert answer.json["receipt"]["seal"] == "authentic"
    said: JsonObject = answer.json["receipt"]["receipt"]
    assert said == {name: value for name, value in json.loads(sealed).items() if name != "proof"}
    worse = client.post("/verify", data=altered(sealed, lists=[]), content_type="application/json").json
    assert worse is not None
    assert (worse["receipt"]["seal"], worse["receipt"]["receipt"]) == ("modified", None)
    pasted = client.post(
        "/verify", data={"text": sealed.decode()}, headers={"Accept": "application/json"}
    ).json
    assert pasted is not None
    assert pasted["receipt"]["seal"] == "authentic"


def test_a_receipt_among_several_files_has_its_own_line(
    client: FlaskClient, token: str, stored: bytes
) -> None:
    sealed = receipt_bytes(client, token, "json")
    files = [(io.BytesIO(stored), "titre.json"), (io.BytesIO(sealed), "recu.json")]
    page = client.post("/verify?lang=fr", data={"file": files}).text
    assert "1\u00a0reçu de vérification" in page
    assert "Reçu authentique" in page
    listed = client.post(
        "/verify",
        data={"file": [(io.BytesIO(stored), "titre.json"), (io.BytesIO(sealed), "recu.json")]},
        headers={"Accept": "application/json"},
    ).json
    assert listed is not None
    assert "receipt" not in listed[0]
    assert listed[1]["receipt"]["seal"] == "authentic"


def test_where_receipts_are_not_judged_one_is_still_told_from_a_credential(
    kept: ReceiptRecord, client: FlaskClient, token: str
) -> None:
    sealed = receipt_bytes(client, token, "json")
    page = checked(create_app(kept.record.desk).test_client(), sealed)
    assert "Ce fichier est un reçu de vérification, non une attestation" in page
