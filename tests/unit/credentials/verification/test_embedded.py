"""Credentials inside a document: judged as documents of their own, and no cover for the outer one's words."""

import base64
import copy
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from credentials import (
    CheckId,
    IssuerIdentity,
    Materials,
    Verdict,
    VerificationReport,
    Withdrawal,
    WithdrawalKind,
)
from credentials.canonical.embedded import MAX_EMBEDDED
from credentials.canonical.guard import check_lossless
from credentials.document import Document
from credentials.errors import ContextError, CredentialError, ErrorCode
from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.needs import needs
from credentials.securing.data_integrity import sign
from tests.support.credentials import (
    BASE,
    CREATED,
    OTHER_SIGNER,
    TEST_ISSUER,
    TEST_SIGNER,
    make_block_credential,
    make_credential,
)
from tests.support.signers import P256_SIGNER, CurveSigner
from tests.support.verification import STATUS_URL, check, materials

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
CLR_STATUS = {"id": f"{STATUS_URL}#99", "statusListIndex": "99"}


def award(document: JsonObject) -> JsonObject:
    return sign(document, TEST_SIGNER, created=CREATED)


TITLE, BLOCK = award(make_credential()), award(make_block_credential())


def clr(*held: JsonObject) -> dict[str, Any]:
    """Give an unsigned record that holds these credentials."""
    model: dict[str, Any] = make_credential()
    return {
        "@context": [model["@context"][0], CLR, model["@context"][1]],
        "id": "urn:uuid:0b5b1c1e-6c53-4c35-8e9e-0f5f3f6c2d10",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Relevé de certification",
        "partial": False,
        "issuer": model["issuer"],
        "validFrom": model["validFrom"],
        "credentialSubject": {
            "id": model["credentialSubject"]["id"],
            "type": ["ClrSubject"],
            "identifier": copy.deepcopy(model["credentialSubject"]["identifier"]),
            "verifiableCredential": list(held),
        },
        "credentialStatus": {**model["credentialStatus"], **CLR_STATUS},
    }


ELSEWHERE_SIGNER = replace(P256_SIGNER, method="did:web:partenaire.example#cle-1")


def endorsed(signer: CurveSigner = P256_SIGNER, **changes: Any) -> JsonObject:
    """Give an unsigned block credential whose achievement somebody else endorses."""
    document: Any = make_block_credential()
    achievement = document["credentialSubject"]["achievement"]
    endorsement: JsonObject = {
        "@context": list(document["@context"]),
        "id": "urn:uuid:8a1d3f34-0a4e-4c4e-9f0a-5cf4c9a1b7d1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Enregistrement",
        "issuer": {"id": signer.verification_method.partition("#")[0], "type": ["Profile"]},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": achievement["id"],
            "type": ["EndorsementSubject"],
            "endorsementComment": "Enregistrée.",
        },
    }
    secured = sign(endorsement, signer, created=CREATED, suite="ecdsa-rdfc-2019")
    achievement["endorsement"] = [{**secured, **changes}]
    found: JsonObject = document
    return found


def judged(document: JsonObject, given: Materials | None = None) -> VerificationReport:
    return check(to_bytes(document), given)


def related(report: VerificationReport) -> str:
    (found,) = [item.code for item in report.checks if item.id.value == "related"]
    return found


def test_a_record_in_force_reports_on_itself_and_on_each_credential_in_it() -> None:
    report = judged(award(clr(TITLE, BLOCK)))
    assert report.verdict is Verdict.VALID
    assert related(report) == "related.embedded_in_force"
    assert [(item.where, item.report.verdict) for item in report.embedded] == [
        ("/credentialSubject/verifiableCredential/0", Verdict.VALID),
        ("/credentialSubject/verifiableCredential/1", Verdict.VALID),
    ]
    listed: Any = report.to_dict()["embedded"]
    assert [item["report"]["verdict"] for item in listed] == ["valid", "valid"]


def test_what_a_record_holds_is_told_in_its_own_report() -> None:
    report = judged(award(clr(TITLE, BLOCK)))
    assert report.credential is not None
    assert report.credential.name == "Relevé de certification"
    assert not [path for path, _ in report.credential.others if "verifiableCredential" in path]
    names = [item.report.credential and item.report.credential.name for item in report.embedded]
    assert names == [TITLE["name"], BLOCK["name"]]


def test_what_a_record_holds_is_told_with_it_where_it_was_not_judged() -> None:
    report = judged({**award(clr(TITLE, BLOCK)), "name": "Autre relevé"})
    assert report.embedded == ()
    assert report.credential is not None
    assert [path for path, _ in report.credential.others if "verifiableCredential" in path]


def _forged(document: JsonObject) -> JsonObject:
    return {**document, "name": "Directeur général"}


@pytest.mark.parametrize(
    ("held", "given", "code", "verdict"),
    [
        (_forged(BLOCK), materials(), "related.embedded_altered", Verdict.MODIFIED),
        (make_block_credential(), materials(), "related.embedded_altered", Verdict.MODIFIED),
        (BLOCK, materials(12), "related.embedded_withdrawn", Verdict.REVOKED),
        (BLOCK, replace(materials(), status_lists={}), "related.embedded_not_checked", Verdict.INCOMPLETE),
        (
            award({**make_block_credential(), "validUntil": "2026-11-25T00:00:00Z"}),
            materials(),
            "related.embedded_ended",
            Verdict.EXPIRED,
        ),
        (
            award({**make_block_credential(), "validFrom": "2027-01-01T00:00:00Z"}),
            materials(),
            "related.embedded_not_yet_valid",
            Verdict.NOT_YET_VALID,
        ),
        (
            sign(
                make_block_credential(issuer=OTHER_SIGNER.verification_method.partition("#")[0]),
                OTHER_SIGNER,
                created=CREATED,
            ),
            materials(),
            "related.embedded_unknown_issuer",
            Verdict.UNKNOWN_ISSUER,
        ),
    ],
)
def test_a_record_stands_no_better_than_what_it_holds(
    held: JsonObject, given: Materials, code: str, verdict: Verdict
) -> None:
    document = clr(TITLE, held)
    document.pop("credentialStatus")
    report = judged(award(document), given)
    assert related(report) == code
    assert report.verdict is verdict


def test_what_the_register_says_of_a_held_credential_counts() -> None:
    document = award(clr(TITLE, BLOCK))
    for kind, code in (
        (WithdrawalKind.SUSPENDED, "related.embedded_suspended"),
        (WithdrawalKind.REPLACED, "related.embedded_withdrawn"),
    ):
        given = replace(materials(), embedded_withdrawals={str(BLOCK["id"]): Withdrawal(kind)})
        assert related(judged(document, given)) == code


@pytest.mark.parametrize(("asked", "code"), [(True, "status.in_force"), (False, "status.not_withdrawn")])
def test_the_register_is_asked_for_each_held_credential_apart(asked: bool, code: str) -> None:
    known = frozenset({str(BLOCK["id"])} if asked else {"urn:x:another"})
    given = replace(materials(), own_issuer=TEST_ISSUER, embedded_in_register=known)
    held = judged(award(clr(BLOCK)), given).embedded[0].report
    assert held.check(CheckId.STATUS).code == code


def test_the_title_finds_its_blocks_in_the_bundle_by_their_digests() -> None:
    title: Any = make_credential()
    digest = base64.b64encode(hashlib.sha384(to_bytes(BLOCK)).digest()).decode()
    title["relatedResource"] = [
        {"id": "urn:uuid:1b0f0b5e-9d0e-4d8f-8a59-0d7b6a2f9e11", "digestSRI": f"sha384-{digest}"}
    ]
    report = judged(award(clr(award(title), BLOCK)))
    assert report.verdict is Verdict.VALID
    assert related(report.embedded[0].report) == "related.match"


OUTER: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("a member removed", lambda d: d.pop("partial")),
    ("the name changed", lambda d: d.update(name="Autre relevé")),
    ("the issuer's name removed", lambda d: d["issuer"].pop("name")),
    ("the issuer reduced to its identifier", lambda d: d.update(issuer=d["issuer"]["id"])),
    ("a statement of an award made by the record", lambda d: d["issuer"].update(description="x")),
    ("a held credential removed", lambda d: d["credentialSubject"]["verifiableCredential"].pop()),
    (
        "a held credential twice",
        lambda d: d["credentialSubject"]["verifiableCredential"].append(
            d["credentialSubject"]["verifiableCredential"][0]
        ),
    ),
    (
        "a held credential moved",
        lambda d: d.update(endorsement=d["credentialSubject"].pop("verifiableCredential")),
    ),
    (
        "a held credential where nothing defines it",
        lambda d: d.update(verifiableCredential=[award({**make_block_credential(), "id": f"{BASE}/v/zzz"})]),
    ),
    (
        "another valid credential in place of one",
        lambda d: d["credentialSubject"]["verifiableCredential"].__setitem__(
            1, award({**make_block_credential(), "name": "Autre"})
        ),
    ),
    (
        "an award's achievement said of the record's subject",
        lambda d: d["credentialSubject"].update(type=["ClrSubject", "AchievementSubject"]),
    ),
    (
        "a mark of ours as an identifier",
        lambda d: d["credentialSubject"].update(id="urn:parchemin:embedded:0"),
    ),
]


@pytest.mark.parametrize(("name", "change"), OUTER, ids=[case[0] for case in OUTER])
def test_no_change_of_the_record_s_own_words_verifies(name: str, change: Callable[[Any], object]) -> None:
    document: Any = parse_object(to_bytes(award(clr(TITLE, BLOCK))))
    assert judged(document).verdict is Verdict.VALID
    change(document)
    assert judged(document).verdict in {Verdict.MALFORMED, Verdict.MODIFIED, Verdict.INCOMPLETE}


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["credentialSubject"].update(id=d["issuer"]["id"]),
        lambda d: d["credentialSubject"]["verifiableCredential"].append(BLOCK),
        lambda d: d.update(issuer={"id": d["issuer"]["id"]}),
        lambda d: d["issuer"].update(url="https://autre.example"),
        lambda d: d["credentialSubject"].update(id="urn:parchemin:embedded:0"),
        lambda d: d["credentialSubject"].update(
            verifiableCredential=[{**BLOCK, "id": f"urn:x:{n}"} for n in range(MAX_EMBEDDED + 1)]
        ),
    ],
)
def test_a_record_whose_own_words_cannot_be_told_apart_is_never_signed(
    change: Callable[[Any], object],
) -> None:
    document = copy.deepcopy(clr(TITLE, BLOCK))
    change(document)
    with pytest.raises(CredentialError) as caught:
        check_lossless(document)
    assert caught.value.code in {ErrorCode.CONTEXT_EMBEDDED, ErrorCode.LOSSLESS_SCATTERED}


def test_an_undefined_place_for_a_credential_is_refused() -> None:
    document: Any = make_block_credential()
    document["credentialSubject"]["verifiableCredential"] = [TITLE]
    with pytest.raises(ContextError) as caught:
        check_lossless(document)
    assert caught.value.where == "/credentialSubject/verifiableCredential/0"


def test_a_single_held_credential_needs_no_array() -> None:
    document = clr(TITLE)
    document["credentialSubject"]["verifiableCredential"] = TITLE
    check_lossless(document)


@pytest.mark.parametrize(
    ("trusted", "fr"), [(True, "est signée par un organisme connu"), (False, "n’a pas pu être")]
)
def test_an_endorsement_that_was_signed_is_told_beside_the_checks_and_changes_no_verdict(
    trusted: bool, fr: str
) -> None:
    endorser = P256_SIGNER.verification_method.partition("#")[0]
    given = materials()
    if trusted:
        given = replace(given, trust={**given.trust, endorser: IssuerIdentity(endorser, "Partenaire")})
    report = judged(award(endorsed()), given)
    assert report.verdict is Verdict.VALID
    assert any(fr in notice.fr for notice in report.notices)


@pytest.mark.parametrize(
    ("document", "code", "verdict"),
    [
        (endorsed(name="Autre"), "related.endorsement_altered", Verdict.MODIFIED),
        (endorsed(ELSEWHERE_SIGNER), "related.endorsement_not_checked", Verdict.INCOMPLETE),
    ],
)
def test_an_endorsement_that_its_own_proof_does_not_settle_leaves_the_document_open(
    document: JsonObject, code: str, verdict: Verdict
) -> None:
    report = judged(award(document))
    assert related(report) == code
    assert report.verdict is verdict


def _moves() -> list[tuple[str, str]]:
    members = [name for name in endorsed() if name not in {"@context", "type"}]
    return [(name, to) for name in members for to in ("", "credentialSubject", "issuer")]


@pytest.mark.parametrize(("name", "to"), _moves())
@pytest.mark.parametrize("signer", [P256_SIGNER, ELSEWHERE_SIGNER], ids=["settled", "open"])
def test_no_statement_of_a_document_can_be_moved_into_its_endorsement(
    name: str, to: str, signer: CurveSigner
) -> None:
    document: Any = award(endorsed(signer))
    endorsement = document["credentialSubject"]["achievement"]["endorsement"][0]
    value, target = document.pop(name), endorsement[to] if to else endorsement
    for identifier in (target.get("id"), document.get("id", value)):
        target.update({name: value, "id": identifier})
        assert judged(document).verdict is not Verdict.VALID


@pytest.mark.parametrize(
    "change", [{"siret": "1"}, {"name": None}, {"proof": [{"type": "DataIntegrityProof"}] * 2, "siret": "1"}]
)
def test_no_document_is_signed_around_an_endorsement_with_a_word_that_nothing_signs(
    change: dict[str, Any],
) -> None:
    check_lossless(endorsed())
    with pytest.raises(ContextError) as caught:
        check_lossless(endorsed(**change))
    assert caught.value.code is ErrorCode.CONTEXT_EMBEDDED
    assert (caught.value.where or "").startswith("/credentialSubject/achievement/endorsement/0")


def test_more_credentials_than_are_checked_at_a_time_are_not_called_good() -> None:
    held: list[JsonObject] = []
    for number in range(18):
        record = clr(BLOCK)
        record["id"], record["credentialSubject"]["id"] = f"urn:x:record-{number}", f"urn:x:person-{number}"
        held.append(award(record))
    report = judged(award(clr(*held)))
    assert report.verdict is Verdict.INCOMPLETE
    codes = {related(item.report) for item in report.embedded}
    assert "related.embedded_too_many" in codes


def test_the_needs_of_a_record_are_those_of_all_that_it_holds() -> None:
    elsewhere: Any = copy.deepcopy(BLOCK)
    elsewhere["credentialStatus"]["statusListCredential"] = "https://autre.example/status/9"
    document = clr(TITLE, elsewhere)
    found = needs(Document(document, b""))
    assert set(found.status_list_urls) == {STATUS_URL, "https://autre.example/status/9"}
    assert found.embedded_ids == (TITLE["id"], BLOCK["id"])
    assert len(found.related_digests) == 4
