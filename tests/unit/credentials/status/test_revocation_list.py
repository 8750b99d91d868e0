"""1EdTechRevocationList: believed against a document, and for it only from the issuer's own site."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from credentials import CheckId, Policy, Reason, StatusList, Unavailable, Verdict, VerificationReport
from credentials.checks import status
from credentials.json_input import JsonObject, parse_object
from credentials.status.addresses import addresses_of
from credentials.structure.values import issuer_id_of
from tests.support.credentials import BASE, TEST_ISSUER, TEST_SIGNER
from tests.support.status import CONTEXT_EXTENSIONS, given_lists, plain, with_status
from tests.support.verification import (
    AS_OF,
    AT,
    DID_WEB,
    STATUS_URL,
    WEB_SIGNER,
    check,
    signed,
    web_materials,
)

URL = f"{BASE}/revocations"
DOCUMENT = str(with_status({})["id"])


def entry(url: str = URL) -> JsonObject:
    return {"id": url, "type": "1EdTechRevocationList"}


def content_of(issuer: str, url: str = URL) -> JsonObject:
    content = with_status(entry(url), context=CONTEXT_EXTENSIONS)
    profile = content["issuer"]
    assert isinstance(profile, dict)
    return {**content, "issuer": {**profile, "id": issuer}}


def report_on(
    material: StatusList | Unavailable,
    *,
    issuer: str = DID_WEB,
    url: str = URL,
    policy: Policy | None = None,
) -> VerificationReport:
    signer = WEB_SIGNER if issuer == DID_WEB else TEST_SIGNER
    given = replace(web_materials(), status_lists={url: material})
    return check(signed(content_of(issuer, url), signer), given, policy=policy)


def code_of(report: VerificationReport) -> str:
    return report.check(CheckId.STATUS).code


UNSIGNED = "The status list is not signed: nothing but the address that the document names vouches for it."


@pytest.mark.parametrize(
    ("item", "verdict"),
    [
        ({"id": DOCUMENT}, Verdict.REVOKED),
        ({"id": DOCUMENT, "revoked": True, "revocationReason": "x"}, Verdict.REVOKED),
        ({"id": DOCUMENT, "revoked": False}, Verdict.VALID),
        ({"id": f"{DOCUMENT}0"}, Verdict.VALID),
        ({"id": DOCUMENT[:-1]}, Verdict.VALID),
    ],
)
@pytest.mark.parametrize("member", ["revokedCredential", "revokedCredentials"])
@pytest.mark.parametrize("many", [True, False])
def test_a_document_that_is_listed_is_withdrawn_unless_its_entry_says_otherwise(
    item: dict[str, object], verdict: Verdict, member: str, *, many: bool
) -> None:
    report = report_on(plain({member: [item] if many else item}))
    assert report.verdict is verdict
    assert [notice.en for notice in report.notices] == [UNSIGNED]
    assert report.check(CheckId.STATUS).as_of == AS_OF


def test_one_entry_against_a_document_is_enough() -> None:
    items = [{"id": DOCUMENT, "revoked": False}, {"id": DOCUMENT}]
    assert report_on(plain({"revokedCredential": items})).verdict is Verdict.REVOKED
    assert report_on(plain({"revokedCredential": [], "revokedCredentials": items})).verdict is Verdict.REVOKED


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "status.list_malformed"),
        ({"error": "not found"}, "status.list_malformed"),
        ({"revokedCredential": "none"}, "status.list_malformed"),
        ({"revokedCredential": None}, "status.list_malformed"),
        ({"revokedCredential": [None]}, "status.list_malformed"),
        ({"revokedCredential": [{"revoked": True}]}, "status.list_malformed"),
        ({"revokedCredential": [{"id": 1}]}, "status.list_malformed"),
        ({"revokedCredential": [{"id": DOCUMENT, "revoked": "false"}]}, "status.list_malformed"),
        ({"revokedCredential": [], "id": f"{URL}/2"}, "status.list_of_another_address"),
        ({"revokedCredential": [], "id": None}, "status.list_of_another_address"),
        ({"revokedCredential": [], "issuer": "did:web:a.example"}, "status.list_wrong_issuer"),
        ({"revokedCredential": [], "issuer": {"id": DID_WEB}, "id": URL}, "status.not_withdrawn"),
        ({"revokedCredential": [{"id": f"urn:x:{n}"} for n in range(501)]}, "status.too_large"),
        ([], "status.list_malformed"),
    ],
)
def test_what_is_no_such_list_is_never_an_empty_one(content: object, code: str) -> None:
    assert code_of(report_on(plain(content))) == code


@pytest.mark.parametrize("reason", list(Reason))
def test_a_list_that_could_not_be_had_is_unknown(reason: Reason) -> None:
    report = report_on(Unavailable(reason))
    assert (code_of(report), report.verdict) == (f"status.{reason.value}", Verdict.INCOMPLETE)
    assert report.notices == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/revocations",
        "https://diplomes.example:8443/revocations",
        "http://diplomes.example/revocations",
        "https://diplomes.example.evil.example/revocations",
        "https://[::1/revocations",
        "https://diplomes.example:x/revocations",
        "urn:x:1",
    ],
)
def test_from_another_site_only_what_stands_against_a_document_is_believed(url: str) -> None:
    clear = report_on(plain({"revokedCredential": []}), url=url)
    assert (code_of(clear), clear.verdict) == ("status.unsigned_elsewhere", Verdict.INCOMPLETE)
    assert report_on(plain({"revokedCredential": [{"id": DOCUMENT}]}), url=url).verdict is Verdict.REVOKED


def test_an_issuer_without_a_site_has_no_site_of_its_own() -> None:
    clear = report_on(plain({"revokedCredential": []}), issuer=TEST_ISSUER)
    assert code_of(clear) == "status.unsigned_elsewhere"


@pytest.mark.parametrize(
    ("issuer", "url", "code"),
    [
        ("https://state.example/issuers/1", "https://state.example/revocations", "status.not_withdrawn"),
        ("https://STATE.example:443/1", "https://state.example/revocations", "status.not_withdrawn"),
        ("did:web:state.example%3A8443:a", "https://state.example:8443/r", "status.not_withdrawn"),
        ("did:web:localhost%3A8000", "http://localhost:8000/r", "status.not_withdrawn"),
        ("did:web:127.0.0.1", "https://127.0.0.1/r", "status.unsigned_elsewhere"),
        ("did:web:", "urn:x:1", "status.unsigned_elsewhere"),
        ("https:", "https:", "status.unsigned_elsewhere"),
    ],
)
def test_the_issuers_site_is_that_of_its_identifier(issuer: str, url: str, code: str) -> None:
    content = content_of(issuer, url)
    given = given_lists({url: plain({"revokedCredential": []})})
    found, _ = status.check(content, issuer=issuer, materials=given, policy=Policy(), at=AT)
    assert found.code == code


def test_such_a_list_may_be_too_old_and_has_no_past() -> None:
    material = plain({"revokedCredential": []})
    assert (
        code_of(report_on(material, policy=Policy(max_status_age=timedelta(minutes=1))))
        == "status.list_too_old"
    )
    assert code_of(report_on(material, policy=Policy(status_at=AS_OF))) == "status.no_past_address"


def test_a_document_without_identifier_cannot_be_looked_for() -> None:
    content = content_of(DID_WEB)
    del content["id"]
    given = given_lists({URL: plain({"revokedCredential": []})})
    found, _ = status.check(content, issuer=DID_WEB, materials=given, policy=Policy(), at=AT)
    assert found.code == "status.document_without_id"


def test_an_entry_of_this_kind_needs_an_address() -> None:
    content = with_status({"type": "1EdTechRevocationList"}, context=CONTEXT_EXTENSIONS)
    report = check(signed(content), given_lists({STATUS_URL: plain({})}))
    assert report.check(CheckId.STRUCTURE).code == "structure.missing_member"


@pytest.mark.parametrize("revoked", [True, False])
def test_1edtechs_sample_is_withdrawn_where_its_list_says_so(shared: Path, *, revoked: bool) -> None:
    sample = shared / "standards/vectors/ob3-1edtech-validator/credential-status-revoked.json"
    content = parse_object(sample.read_bytes())
    (url,) = addresses_of(content)
    listed = plain({"revokedCredential": [{"id": content["id"], "revoked": revoked}]})
    found, notices = status.check(
        content,
        issuer=issuer_id_of(content) or "",
        materials=given_lists({url: listed}),
        policy=Policy(),
        at=AT,
    )
    assert found.code == ("status.revoked" if revoked else "status.not_withdrawn")
    assert [notice.en for notice in notices] == [UNSIGNED]
