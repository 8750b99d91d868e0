"""What the product says of an extract: an employer must be able to tell that nothing that counts is missing."""

from dataclasses import replace
from typing import Any

import pytest

from credentials.canonical.rdfc import Digest
from credentials.json_input import to_bytes
from credentials.materials import Materials
from credentials.policy import Policy
from credentials.proofs.ecdsa_sd_2023.derived import disclose
from credentials.proofs.ecdsa_sd_2023.proof_value import DerivedProof
from credentials.proofs.ecdsa_sd_2023.statements import labels_in, lines_of
from credentials.report import CheckId, IssuerIdentity, Outcome, Verdict, VerificationReport
from credentials.securing.data_integrity import UnsecuredDocument, add_proof
from credentials.securing.selective import (
    Part,
    derive,
    hideable_parts,
    is_selective,
    named,
    required_pointers,
)
from credentials.verify import verify
from tests.support.credentials import CREATED
from tests.support.extracts import ISSUER, STATEMENT_SIGNER, make_document, make_extract, sign
from tests.support.signers import P256_SIGNER

RDFC = "ecdsa-rdfc-2019"
KNOWN = Materials(trust={ISSUER: IssuerIdentity(ISSUER, "Établissement", "https://etablissement.example")})


def report_of(document: Any, materials: Materials = KNOWN) -> VerificationReport:
    return verify(to_bytes(document), materials=materials, policy=Policy(), at=CREATED)


def code(report: VerificationReport, check: CheckId) -> str:
    return next(item.code for item in report.checks if item.id is check)


def parts(document: Any) -> tuple[Part, ...]:
    return hideable_parts(UnsecuredDocument(document).forms, document["proof"][0])


def extract_without(*left_out: str, document: Any = None) -> Any:
    """Derive from a document in which some of what our policy demands is shown without being mandatory."""
    content = document or make_document()
    required = required_pointers(content)
    kept = [text for text in required if not text.startswith(left_out)]
    return derive(sign(content, kept, strict=False), [*required, ""])


def test_an_extract_of_ours_passes_and_says_that_it_is_an_extract() -> None:
    report = report_of(make_extract())
    assert code(report, CheckId.PROOF) == "proof.ok"
    assert code(report, CheckId.ISSUER) == "issuer.known"
    assert any("extrait" in notice.fr for notice in report.notices)
    assert parts(make_extract()) == ()


def test_a_whole_document_says_nothing_of_extracts() -> None:
    document = sign(make_document())
    report = report_of(document)
    assert code(report, CheckId.PROOF) == "proof.base_only"
    assert report.verdict is Verdict.MALFORMED
    assert not any("extrait" in notice.fr for notice in report.notices)


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        (("/issuer",), (Part.ISSUER,)),
        (("/validFrom",), (Part.VALID_FROM,)),
        (("/credentialStatus",), (Part.STATUS,)),
        (("/credentialSubject",), (Part.ACHIEVEMENT,)),
        (("/issuer", "/credentialStatus"), (Part.ISSUER, Part.STATUS)),
        (("/",), tuple(Part)),
    ],
)
def test_what_the_issuer_left_hideable_is_named_and_leaves_the_answer_open(
    left_out: tuple[str, ...], expected: tuple[Part, ...]
) -> None:
    extract = extract_without(*left_out)
    assert parts(extract) == expected
    report = report_of(extract)
    proof = next(item for item in report.checks if item.id is CheckId.PROOF)
    assert (proof.code, proof.outcome) == ("proof.may_hide", Outcome.UNKNOWN)
    assert all(part.value.fr in proof.message.fr and part.value.en in proof.message.en for part in expected)
    assert report.verdict is Verdict.INCOMPLETE
    assert code(report, CheckId.ISSUER) == "issuer.known"


def test_a_status_that_is_not_shown_may_have_been_hidden() -> None:
    document = make_document()
    kept = [text for text in required_pointers(document) if text != "/credentialStatus"]
    hidden = derive(sign(document, kept, strict=False), [])
    assert "credentialStatus" not in hidden
    assert parts(hidden) == (Part.STATUS,)
    del document["credentialStatus"]
    never_there = derive(sign(document, kept, strict=False), [])
    assert parts(never_there) == (Part.STATUS,)
    for extract in (hidden, never_there):
        report = report_of(extract)
        assert code(report, CheckId.PROOF) == "proof.may_hide"
        assert report.verdict is Verdict.INCOMPLETE


def test_a_second_status_entry_may_not_be_hideable_beside_a_mandatory_one() -> None:
    document = make_document()
    first = document["credentialStatus"]
    second = {**first, "id": f"{first['id']}0", "statusPurpose": "suspension"}
    document["credentialStatus"] = [first, second]
    kept = [text for text in required_pointers(document) if text != "/credentialStatus"]
    one = sign(document, [*kept, "/credentialStatus/0"], strict=False)
    assert parts(derive(one, ["/credentialStatus/1"])) == (Part.STATUS,)
    assert parts(derive(sign(document), [])) == ()


def test_a_part_of_a_status_entry_may_not_be_hideable() -> None:
    document = make_document()
    kept = [text for text in required_pointers(document) if text != "/credentialStatus"]
    members = [f"/credentialStatus/{name}" for name in ("statusPurpose", "statusListIndex")]
    signed = sign(document, [*kept, *members], strict=False)
    assert parts(derive(signed, ["/credentialStatus"])) == (Part.STATUS,)


def test_types_of_which_the_issuer_vouches_for_none_could_be_fewer() -> None:
    document = make_document()
    extract = derive(sign(document, [], strict=False), [""])
    assert Part.TYPE in parts(extract)


def test_an_issuer_given_by_its_identifier_is_mandatory_as_it_is() -> None:
    document = {**make_document(), "issuer": ISSUER}
    assert parts(derive(sign(document), [])) == ()
    assert Part.ISSUER in parts(extract_without("/issuer", document=document))


def test_a_credential_without_achievement_needs_none() -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": make_document()["id"],
        "type": ["VerifiableCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-11-24T09:30:00Z",
        "credentialSubject": {"id": "urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10"},
        "credentialStatus": make_document()["credentialStatus"],
    }
    assert parts(derive(sign(document), ["/credentialSubject"])) == ()


def vouched_for(document: Any) -> Any:
    """Give a document with a derived proof in which the issuer vouches for every statement at once."""
    whole: Any = add_proof(document, P256_SIGNER, created=CREATED, suite=RDFC)
    options = {**whole["proof"][0], "cryptosuite": "ecdsa-sd-2023"}
    del options["proofValue"]
    forms = UnsecuredDocument(document).forms
    canonical = forms.rdfc(Digest.SHA256)
    labels = tuple(number.to_bytes(32, "big") for number in range(len(labels_in(lines_of(canonical)))))
    indexes = tuple(range(len(lines_of(canonical))))
    draft = DerivedProof(bytes(64), STATEMENT_SIGNER.key, (), labels, indexes)
    hashes = disclose(canonical, forms.options_rdfc(options, Digest.SHA256), draft).hashes
    made = replace(draft, signature=P256_SIGNER.sign(hashes.signed(draft.key)))
    return {**document, "proof": [{**options, "proofValue": made.encode()}]}


def test_a_document_that_cannot_be_judged_part_by_part_may_hide_any_part() -> None:
    document = make_document()
    assert parts(vouched_for(document)) == ()
    document["credentialSubject"]["achievement"]["resultDescription"] = [
        {
            "id": "urn:uuid:00000000-0000-4000-8000-0000000000aa",
            "type": ["ResultDescription"],
            "name": "Mention",
            "resultType": "LetterGrade",
            "allowedValue": ["A", "B"],
        }
    ]
    extract = vouched_for(document)
    assert parts(extract) == tuple(Part)
    assert code(report_of(extract), CheckId.PROOF) == "proof.may_hide"


def test_a_proof_over_the_whole_document_hides_nothing() -> None:
    signed: Any = add_proof(make_document(), P256_SIGNER, created=CREATED, suite=RDFC)
    assert parts(signed) == ()
    assert not is_selective(signed["proof"][0])


def test_in_our_own_name_a_document_that_may_hide_something_is_not_ours() -> None:
    report = report_of(extract_without("/credentialStatus"), replace(KNOWN, own_issuer=ISSUER))
    assert code(report, CheckId.PROOF) == "proof.not_ours"


def test_a_holder_who_drops_the_status_of_a_document_of_ours_is_found_out() -> None:
    extract = make_extract("/name")
    del extract["credentialStatus"]
    report = report_of(extract)
    assert code(report, CheckId.PROOF) == "proof.signature_mismatch"
    assert report.verdict is Verdict.MODIFIED


def test_parts_are_named_in_a_row() -> None:
    assert named((Part.ISSUER, Part.STATUS)).fr == "l’organisme, l’état (retrait ou suspension)"
