"""Selective disclosure: what is signed, what an extract shows, and what is refused."""

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from credentials.errors import (
    CredentialError,
    DataLossError,
    ErrorCode,
    KeyFormatError,
    ProofError,
    ProofOptionsError,
    SignatureMismatchError,
    WorkBudgetError,
)
from credentials.multikey import KeyType
from credentials.proofs.ecdsa_sd_2023.pointers import MAX_POINTER, MAX_POINTERS, parse_pointer, select
from credentials.proofs.ecdsa_sd_2023.proof_value import decode_base, decode_derived
from credentials.proofs.ecdsa_sd_2023.statements import MAX_STATEMENTS, lines_of, relabel
from credentials.proofs.registry import suite_names, suite_of
from credentials.securing.data_integrity import UnsecuredDocument, add_proof, verify_proof
from credentials.securing.proof_options import ASSERTION
from credentials.securing.selective import derive, required_pointers, sign_base
from tests.support.credentials import CREATED, TEST_SIGNER, make_credential
from tests.support.extracts import HMAC_KEY, STATEMENT_SIGNER, make_document, make_extract, sign
from tests.support.signers import P256_SIGNER, P384_SIGNER, CurveSigner

ACHIEVEMENT = "/credentialSubject/achievement"


def check(document: Any) -> None:
    """Verify the one proof of an extract."""
    verify_proof(document, document["proof"][0], P256_SIGNER.key)


def code_of(action: Any, *args: Any, **kwargs: Any) -> ErrorCode:
    with pytest.raises(CredentialError) as caught:
        action(*args, **kwargs)
    return ErrorCode(caught.value.code)


# --- pointers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "steps"),
    [("", ()), ("/", ("",)), ("/a/b", ("a", "b")), ("/a~1b/~0~01", ("a/b", "~~1")), ("/0/-", ("0", "-"))],
)
def test_a_pointer_is_read_as_rfc_6901_says(text: str, steps: tuple[str, ...]) -> None:
    assert parse_pointer(text) == steps


@pytest.mark.parametrize("text", ["a", "#/a", "/~", "/a~2", "/a~", " /a", "/" + "a" * MAX_POINTER])
def test_what_is_no_pointer_is_refused(text: str) -> None:
    assert code_of(parse_pointer, text) is ErrorCode.PROOF_POINTER


@pytest.mark.parametrize("text", ["/none", "/a/2", "/a/-", "/a/00", "/a/+1", "/a/١", "/b/0", "/a/0/x", "/"])
def test_a_pointer_that_leads_nowhere_is_refused(text: str) -> None:
    with pytest.raises(ProofOptionsError) as caught:
        select({"a": ["x", "y"], "b": "z"}, [text])
    assert caught.value.code is ErrorCode.PROOF_POINTER
    assert caught.value.where == text


@pytest.mark.parametrize("pointers", [[], ["/a"] * (MAX_POINTERS + 1)])
def test_no_pointer_and_too_many_are_refused(pointers: list[str]) -> None:
    assert code_of(select, {"a": "x"}, pointers) is ErrorCode.PROOF_POINTER


TREE: dict[str, Any] = {
    "@context": ["https://c.example"],
    "id": "urn:x:1",
    "type": ["T"],
    "a": [{"type": "A", "x": 1, "y": 2}, {"x": 3}, {"x": 4}],
    "b": {"id": "urn:x:2", "c": {"d": "e", "f": "g"}},
}
ROOT = {name: TREE[name] for name in ("@context", "id", "type")}


@pytest.mark.parametrize(
    ("pointers", "expected"),
    [
        (["/type"], {}),
        (["/type/0"], {}),
        (["/@context"], {}),
        (["/a/0/x"], {"a": [{"type": "A", "x": 1}]}),
        (["/a/2", "/a/0/y"], {"a": [{"type": "A", "y": 2}, {"x": 4}]}),
        (["/a", "/a/1"], {"a": TREE["a"]}),
        (["/a/1", "/a"], {"a": TREE["a"]}),
        (["/b/c/d"], {"b": {"id": "urn:x:2", "c": {"d": "e"}}}),
        (["/b"], {"b": TREE["b"]}),
        ([""], {"a": TREE["a"], "b": TREE["b"]}),
    ],
)
def test_a_part_keeps_contexts_identifiers_and_types_on_the_way(
    pointers: Sequence[str], expected: dict[str, Any]
) -> None:
    before = copy.deepcopy(TREE)
    part = select(TREE, pointers)
    assert part == {**ROOT, **expected}
    part["@context"].append("changed")  # type: ignore[union-attr]
    assert before == TREE


# --- statements -------------------------------------------------------------------------------------


def test_labels_are_replaced_in_nodes_and_never_in_texts() -> None:
    lines = [
        '_:c14n0 <urn:p> "_:c14n1 \\" _:c14n0 ." .\n',
        "_:c14n1 <urn:p> _:c14n0 _:c14n1 .\n",
        '<urn:_:c14n0> <urn:p> "a"^^<urn:_:c14n0> <urn:g> .\n',
        '<urn:s> <urn:p> "a"@fr-fr .\n',
    ]
    assert relabel(lines, {"c14n0": "uA", "c14n1": "uB"}) == sorted(
        [
            '_:uA <urn:p> "_:c14n1 \\" _:c14n0 ." .\n',
            "_:uB <urn:p> _:uA _:uB .\n",
            lines[2],
            lines[3],
        ]
    )


@pytest.mark.parametrize(
    "line", ["", "<urn:s> <urn:p> <urn:o> .", '<urn:s> <urn:p> "a .\n', "<urn:a>b> <urn:p> <urn:o> .\n"]
)
def test_what_is_no_statement_is_refused(line: str) -> None:
    assert code_of(relabel, [line], {}) is ErrorCode.CANONICAL_INVALID


def test_more_statements_than_the_limit_are_refused() -> None:
    line = "<urn:s> <urn:p> <urn:o> .\n"
    assert len(lines_of(line * MAX_STATEMENTS)) == MAX_STATEMENTS
    with pytest.raises(WorkBudgetError):
        lines_of(line * (MAX_STATEMENTS + 1))


# --- signing ----------------------------------------------------------------------------------------


def test_the_suite_is_read_by_its_name_and_signs_no_whole_document() -> None:
    suite = suite_of({"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023"})
    assert suite.name == "ecdsa-sd-2023"
    assert suite.key_types == {KeyType.P256}
    assert not suite.signs_text
    assert suite.name not in suite_names()


def test_what_no_holder_may_hide_is_named() -> None:
    assert required_pointers({**make_document(), "validUntil": "2030-01-01T00:00:00Z"}) == (
        "/type",
        "/issuer",
        "/validFrom",
        "/validUntil",
        "/credentialStatus",
        "/credentialSubject/type",
        *(
            f"{ACHIEVEMENT}/{name}"
            for name in ("id", "type", "achievementType", "name", "description", "criteria")
        ),
    )


def test_several_subjects_and_achievements_are_all_named() -> None:
    document: Any = {
        "credentialSubject": [
            {"id": "urn:x:1"},
            {"achievement": [{"id": "urn:x:2"}, "urn:x:3"]},
            {"type": "AchievementSubject", "achievement": {"type": "Achievement"}},
        ]
    }
    assert required_pointers(document) == (
        "/credentialSubject/1/achievement/0/id",
        "/credentialSubject/2/type",
        "/credentialSubject/2/achievement/type",
    )


def test_a_base_proof_states_what_was_given_and_leaves_the_document_as_it_was() -> None:
    document = make_document()
    before = copy.deepcopy(document)
    signed = sign(document)
    assert document == before
    (proof,) = signed["proof"]
    assert {**signed, "proof": None} == {**document, "proof": None}
    assert proof["created"] == "2026-11-24T09:30:00Z"
    assert proof["verificationMethod"] == P256_SIGNER.verification_method
    value = decode_base(proof["proofValue"])
    assert value.hmac_key == HMAC_KEY
    assert value.key == STATEMENT_SIGNER.key
    assert value.pointers == required_pointers(document)


def test_a_signed_document_is_not_signed_again() -> None:
    with pytest.raises(ProofError) as caught:
        sign(sign(make_document()))
    assert caught.value.code is ErrorCode.PROOF_PRESENT


@pytest.mark.parametrize(
    ("signer", "statement_signer"),
    [(TEST_SIGNER, STATEMENT_SIGNER), (P384_SIGNER, STATEMENT_SIGNER), (P256_SIGNER, P384_SIGNER)],
)
def test_both_keys_are_p_256(signer: Any, statement_signer: CurveSigner) -> None:
    with pytest.raises(ProofOptionsError) as caught:
        sign_base(
            make_document(),
            signer,
            created=CREATED,
            mandatory_pointers=["/issuer"],
            hmac_key=HMAC_KEY,
            proof_signer=statement_signer,
        )
    assert caught.value.code is ErrorCode.PROOF_CRYPTOSUITE


@pytest.mark.parametrize("length", [0, 31, 33])
def test_the_hmac_key_has_32_bytes(length: int) -> None:
    with pytest.raises(KeyFormatError):
        sign_base(
            make_document(),
            P256_SIGNER,
            created=CREATED,
            mandatory_pointers=["/issuer"],
            hmac_key=bytes(length),
            proof_signer=STATEMENT_SIGNER,
        )


ON_THE_WAY = ("/type", "/id")
"""Types and identifiers come with whatever lies behind them."""


@pytest.mark.parametrize(
    "left_out", [text for text in required_pointers(make_document()) if not text.endswith(ON_THE_WAY)]
)
def test_our_own_documents_leave_nothing_hideable_that_matters(left_out: str) -> None:
    document = make_document()
    with pytest.raises(ProofOptionsError) as caught:
        sign(document, [text for text in required_pointers(document) if text != left_out])
    assert caught.value.code is ErrorCode.PROOF_NOT_MANDATORY
    assert caught.value.where == left_out


def test_what_covers_the_required_parts_need_not_be_written_as_they_are() -> None:
    document = make_document()
    others = [text for text in required_pointers(document) if not text.endswith(ON_THE_WAY)]
    check(derive(sign(document, others), []))
    check(derive(sign(document, [""]), []))


def test_our_own_documents_have_a_status() -> None:
    document = make_document()
    del document["credentialStatus"]
    with pytest.raises(ProofOptionsError) as caught:
        sign(document)
    assert (caught.value.code, caught.value.where) == (ErrorCode.PROOF_NOT_MANDATORY, "/credentialStatus")


@pytest.mark.parametrize("identifier", [make_credential()["id"], "urn:uuid:1", "urn:x:1", None])
def test_the_identifier_of_our_own_documents_opens_no_page(identifier: Any) -> None:
    document = {**make_document(), "id": identifier}
    if identifier is None:
        del document["id"]
    with pytest.raises(ProofOptionsError) as caught:
        sign(document)
    assert (caught.value.code, caught.value.where) == (ErrorCode.PROOF_LINKED, "/id")


def test_without_our_policy_any_credential_is_signed_as_it_is() -> None:
    document = make_credential(issuer=str(make_document()["issuer"]["id"]))
    check(derive(sign(document, ["/issuer"], strict=False), ["/validFrom"]))


def test_a_document_of_which_a_part_would_not_be_signed_is_refused() -> None:
    with pytest.raises(DataLossError):
        sign({**make_document(), "unheard": "of"})


def with_list() -> dict[str, Any]:
    document = make_document()
    document["credentialSubject"]["achievement"]["resultDescription"] = [
        {
            "id": "urn:uuid:00000000-0000-4000-8000-0000000000aa",
            "type": ["ResultDescription"],
            "name": "Mention",
            "resultType": "LetterGrade",
            "allowedValue": ["A", "B"],
        }
    ]
    return document


def test_an_ordered_list_is_not_signed_part_by_part() -> None:
    with pytest.raises(DataLossError) as caught:
        sign(with_list())
    assert caught.value.code is ErrorCode.LOSSLESS_UNSUPPORTED


def test_an_identifier_like_our_own_names_is_not_taken_for_one() -> None:
    document = make_document()
    document["evidence"][0]["id"] = "urn:bnid:0"
    with pytest.raises(DataLossError) as caught:
        sign(document)
    assert caught.value.code is ErrorCode.LOSSLESS_UNSUPPORTED


# --- deriving ---------------------------------------------------------------------------------------


def test_an_extract_shows_what_is_mandatory_and_what_is_selected_and_nothing_else() -> None:
    document, extract = make_document(), make_extract("/evidence/0/name", f"{ACHIEVEMENT}/alignment/1")
    check(extract)
    achievement = document["credentialSubject"]["achievement"]
    shown = ("id", "type", "achievementType", "name", "description", "criteria")
    assert {name: value for name, value in extract.items() if name != "proof"} == {
        **{
            name: document[name]
            for name in ("@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialStatus")
        },
        "evidence": [{name: value for name, value in document["evidence"][0].items() if name != "narrative"}],
        "credentialSubject": {
            "id": document["credentialSubject"]["id"],
            "type": document["credentialSubject"]["type"],
            "achievement": {
                **{name: achievement[name] for name in shown},
                "alignment": [achievement["alignment"][1]],
            },
        },
    }


def test_the_holders_key_and_the_pointers_are_not_in_an_extract() -> None:
    value = make_extract()["proof"][0]["proofValue"]
    encoded = decode_derived(value).encode()
    assert encoded == value
    assert not hasattr(decode_derived(value), "hmac_key")


def test_a_proof_that_is_no_array_stays_alone() -> None:
    signed = sign(make_document())
    signed["proof"] = signed["proof"][0]
    extract: Any = derive(signed, [])
    verify_proof(extract, extract["proof"], P256_SIGNER.key)


def test_other_proofs_are_over_the_whole_and_left_out() -> None:
    both = add_proof(sign(make_document()), TEST_SIGNER, created=CREATED)
    check(derive(both, []))


def test_there_is_one_base_proof_to_derive_from() -> None:
    signed, extract = sign(make_document()), make_extract()
    whole = add_proof(make_document(), P256_SIGNER, created=CREATED, suite="ecdsa-rdfc-2019")
    twice = {**signed, "proof": [*signed["proof"], *sign(make_document())["proof"]]}
    broken = {**signed, "proof": [{**signed["proof"][0], "proofValue": "u!"}]}
    for document in (extract, whole, twice, broken):
        assert code_of(derive, document, []) is ErrorCode.PROOF_NO_BASE


def test_a_document_without_proof_has_nothing_to_derive_from() -> None:
    assert code_of(derive, make_document(), []) is ErrorCode.PROOF_MISSING


def test_nothing_at_all_is_not_derived() -> None:
    signed = sign(make_document(), [], strict=False)
    assert code_of(derive, signed, []) is ErrorCode.PROOF_POINTER
    check(derive(signed, ["/issuer"]))


@pytest.mark.parametrize("pointer", ["issuer", "/nothing", f"{ACHIEVEMENT}/alignment/9"])
def test_a_selection_that_is_not_there_is_refused(pointer: str) -> None:
    assert code_of(derive, sign(make_document()), [pointer]) is ErrorCode.PROOF_POINTER


def test_a_text_and_its_language_are_shown_together() -> None:
    document = make_document()
    document["name"] = {"@value": "Diplôme", "@language": "fr"}
    signed = sign(document)
    check(derive(signed, ["/name"]))
    assert code_of(derive, signed, ["/name/@value"]) is ErrorCode.PROOF_POINTER


def test_a_document_changed_since_it_was_signed_gives_no_extract() -> None:
    added, altered = sign(make_document()), sign(make_document())
    del added["image"]
    altered["name"] = "Autre"
    for document in (added, altered):
        with pytest.raises(SignatureMismatchError):
            derive(document, ["/name"])


# --- verifying --------------------------------------------------------------------------------------


def test_the_key_of_an_extract_is_p_256() -> None:
    extract = make_extract()
    with pytest.raises(ProofOptionsError) as caught:
        verify_proof(extract, extract["proof"][0], P384_SIGNER.key)
    assert caught.value.code is ErrorCode.PROOF_CRYPTOSUITE


def test_a_base_proof_is_named_as_such() -> None:
    assert code_of(check, sign(make_document())) is ErrorCode.PROOF_BASE_ONLY


def test_another_issuers_key_does_not_verify() -> None:
    extract = make_extract()
    with pytest.raises(SignatureMismatchError):
        verify_proof(extract, extract["proof"][0], STATEMENT_SIGNER.key)


def test_an_extract_in_a_chain_is_not_judged() -> None:
    extract = make_extract()
    first: Any = add_proof(extract, TEST_SIGNER, created=CREATED, proof_id="urn:uuid:1")
    first = first["proof"][-1]
    chained = {**extract["proof"][0], "previousProof": "urn:uuid:1"}
    with pytest.raises(ProofOptionsError) as caught:
        verify_proof({**extract, "proof": [first, chained]}, chained, P256_SIGNER.key)
    assert caught.value.code is ErrorCode.PROOF_CRYPTOSUITE


def with_value(extract: dict[str, Any], **changes: Any) -> dict[str, Any]:
    (proof,) = extract["proof"]
    value = replace(decode_derived(proof["proofValue"]), **changes)
    return {**extract, "proof": [{**proof, "proofValue": value.encode()}]}


def test_the_proof_is_for_exactly_the_statements_and_labels_of_the_document() -> None:
    extract = make_extract("/name")
    value = decode_derived(extract["proof"][0]["proofValue"])
    for changes in (
        {"labels": value.labels[:-1]},
        {"labels": (*value.labels, bytes(32))},
        {"labels": value.labels[::-1]},
        {"signatures": value.signatures[:-1]},
        {"signatures": (*value.signatures, value.signatures[0])},
        {"signatures": (bytes(64), *value.signatures[1:])},
        {"signature": value.signatures[0]},
        {"key": P256_SIGNER.key},
        {"indexes": value.indexes[1:]},
        {"indexes": (*value.indexes, 900)},
    ):
        with pytest.raises(SignatureMismatchError):
            check(with_value(extract, **changes))


class BrokenSigner:
    """Has a key that is no point of the curve, and signs with another."""

    key = replace(STATEMENT_SIGNER.key, raw=b"\x02" + b"\xff" * 32)

    def sign(self, data: bytes) -> bytes:
        return STATEMENT_SIGNER.sign(data)


def sign_broken(mandatory: Sequence[str]) -> Any:
    return sign_base(
        make_document(),
        P256_SIGNER,
        created=CREATED,
        mandatory_pointers=mandatory,
        hmac_key=HMAC_KEY,
        proof_signer=BrokenSigner(),
    )


def test_a_statement_key_that_is_no_point_is_a_malformed_proof() -> None:
    broken = sign_broken(required_pointers(make_document()))
    assert code_of(derive, broken, ["/name"]) is ErrorCode.PROOF_VALUE
    good: Any = make_extract("/name")
    value = decode_derived(good["proof"][0]["proofValue"])
    issuers = decode_base(broken["proof"][0]["proofValue"]).signature
    forged = with_value(good, signature=issuers, key=BrokenSigner.key, signatures=value.signatures)
    assert code_of(check, forged) is ErrorCode.PROOF_VALUE


def test_a_statement_key_that_signs_nothing_is_not_read() -> None:
    check(derive(sign_broken([""]), []))


def test_the_proofs_of_one_document_share_a_budget() -> None:
    extract = make_extract("/name")
    unsecured = UnsecuredDocument(extract)
    (proof,) = extract["proof"]

    def often(times: int) -> None:
        for _ in range(times):
            unsecured.verify(proof, P256_SIGNER.key, expected=ASSERTION, proofs=[proof])

    often(5)
    with pytest.raises(WorkBudgetError):
        often(100)
