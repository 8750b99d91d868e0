"""Other people's documents: 1EdTech's validator samples and the VCDM 2.0 test suite's inputs, as data."""

from pathlib import Path
from typing import Any

import pytest

from credentials import (
    DidDocument,
    Document,
    IssuerIdentity,
    Materials,
    Policy,
    StatusList,
    VerificationReport,
    read,
    verify,
)
from credentials.authenticity import examine
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, parse_object
from credentials.report import Outcome
from credentials.structure import Examination, examine_credential
from credentials.structure.values import issuer_id_of, objects_of
from tests.support.verification import AS_OF, AT

SAMPLES = "standards/vectors/ob3-1edtech-validator"
LIST = (
    "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/"
    "inspector-vc/src/test/resources/ob30/bit-string-list/testlist"
)

TABLE = [
    # file, verdict, the code that decides
    ("simple.json", "valid", "proof.ok"),
    ("simple.1ob", "valid", "proof.ok"),
    ("simple-context-alias.json", "valid", "proof.ok"),
    ("simple-context-version.json", "valid", "proof.ok"),
    ("simple-did-web-method.json", "valid", "proof.ok"),
    ("simple-json.png", "valid", "proof.ok"),
    ("simple-json.svg", "valid", "proof.ok"),
    ("simple-err-expired.json", "expired", "period.ended"),
    ("simple-err-proof-value.json", "modified", "proof.signature_mismatch"),
    ("simple-err-proof-method-unknown-did-method.json", "modified", "key.controller_not_issuer"),
    ("simple-err-proof-method-unknown-scheme.json", "modified", "key.controller_not_issuer"),
    # What this version does not know how to check is never called wrong.
    ("complete.json", "incomplete", "contexts.scattered"),
    ("simple-did-key-method.json", "incomplete", "contexts.unused"),
    ("simple-err-proof-method.json", "incomplete", "key.type"),
    ("sd/derivedcredential.json", "incomplete", "proof.may_hide"),
    ("simple-err-proof-method-no-scheme.json", "malformed", "proof.verification_method"),
    ("simple-multiple-proofs.json", "malformed", "proof.verification_method"),
    ("bit-string-list/credential-status-revoked.json", "malformed", "structure.wrong_type"),
    ("bit-string-list/credential-status-revoked-blank-nodes.json", "malformed", "structure.wrong_type"),
    ("bit-string-list/testlist", "valid", "structure.ok_general"),
    ("endorsement-valid.json", "valid", "structure.ok"),
    ("complete_v1.json", "incomplete", "structure.older_data_model"),
    ("credential-status-revoked.json", "incomplete", "structure.older_data_model"),
    ("endorsement-err-schema-status-refresh.json", "incomplete", "structure.older_data_model"),
    ("simple-eddsa-2022.json", "incomplete", "structure.older_data_model"),
    ("simple-noproof.json", "incomplete", "structure.older_data_model"),
    ("simple_v1.json", "incomplete", "structure.older_data_model"),
    ("simple-err-context.json", "malformed", "structure.base_context"),
    (
        "simple-err-credential-subject-achievement-result-description-type.json",
        "malformed",
        "structure.type_not_named",
    ),
    ("simple-err-credential-subject-identifier-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-credential-subject-profile-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-credential-subject-result-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-credential-subject-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-evidence-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-issued.json", "malformed", "structure.missing_member"),
    ("simple-err-issuer-otheridentifier-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-issuer-parentorg-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-issuer-type.json", "malformed", "structure.type_not_named"),
    ("simple-err-issuer.json", "malformed", "structure.missing_member"),
    ("simple-err-type.json", "malformed", "structure.type_not_named"),
    ("simple-jwt.png", "incomplete", "key.token_own"),
    ("simple-jwt.svg", "incomplete", "key.token_own"),
    ("simple-jwt_v1.png", "incomplete", "structure.older_data_model"),
    ("simple-jwt_v1.svg", "incomplete", "structure.older_data_model"),
    ("simple.jwt", "incomplete", "structure.older_data_model"),
    ("velocity.jwt", "incomplete", "structure.older_data_model"),
]


def generous(data: bytes, shared: Path) -> Materials:
    """Give every key that the document names to its controller, and know every issuer."""
    found = read(data)
    if not isinstance(found, Document):
        return Materials()
    documents: dict[str, Any] = {}
    for proof in objects_of(found.content.get("proof")):
        method = str(proof.get("verificationMethod"))
        controller, _, fragment = method.partition("#")
        listed: JsonObject = {
            "id": method,
            "type": "Multikey",
            "controller": controller,
            "publicKeyMultibase": fragment,
        }
        documents[controller] = DidDocument(
            {"id": controller, "verificationMethod": [listed], "assertionMethod": [method]}, AS_OF
        )
    issuer = issuer_id_of(found.content) or ""
    return Materials(
        did_documents=documents,
        trust={issuer: IssuerIdentity(issuer, "Registre")},
        status_lists={LIST: StatusList((shared / SAMPLES / "bit-string-list/testlist").read_bytes(), AS_OF)},
    )


def report_on(data: bytes, shared: Path) -> VerificationReport:
    return verify(data, materials=generous(data, shared), policy=Policy(), at=AT)


@pytest.mark.parametrize(("file", "verdict", "code"), TABLE)
def test_1edtech_samples_get_their_verdict(file: str, verdict: str, code: str, shared: Path) -> None:
    report = report_on((shared / SAMPLES / file).read_bytes(), shared)
    assert report.verdict == verdict
    assert code in [check.code for check in report.checks]


def test_the_table_names_every_sample(shared: Path) -> None:
    files = {
        str(path.relative_to(shared / SAMPLES)) for path in (shared / SAMPLES).rglob("*") if path.is_file()
    }
    assert files == {file for file, _, _ in TABLE}


def test_1edtechs_samples_of_open_badges_2_are_explained(shared: Path) -> None:
    folder = shared / "standards/vectors/ob2-1edtech-validator"
    assert (
        report_on((folder / "basic-assertion.json").read_bytes(), shared).checks[0].code
        == "parse.open_badges_2"
    )
    picture = report_on((folder / "simple-badge.png").read_bytes(), shared)
    assert picture.verdict == "incomplete"
    assert picture.checks[0].code == "parse.open_badges_2"


def test_1edtechs_status_list_sets_its_bit(shared: Path) -> None:
    data = (shared / SAMPLES / "bit-string-list/credential-status-revoked.json").read_bytes()
    content = parse_object(data)
    from credentials.status.consultation import consult  # noqa: PLC0415 - the sample's index is no text
    from credentials.status.shelf import ListShelf  # noqa: PLC0415 - as above

    entry: JsonObject = {**objects_of(content["credentialStatus"])[0], "statusListIndex": "23"}
    found = consult(
        entry,
        issuer=issuer_id_of(content) or "",
        lists=ListShelf(generous(data, shared), Policy(), AT),
    )
    # Its own id is not the address that the credential names.
    assert found.check is not None
    assert found.check.code == "status.list_of_another_address"


FOLDERS = ("vcdm2-test-suite-input", "vcdm2-test-suite-input/names-and-descriptions")
BY_CONTEXTS = {
    # Whether a word is defined is for the contexts to say, not for the form.
    "credential-redef-type-fail.json",
    "credential-redef-type2-fail.json",
    "credential-type-mapped-nonurl-fail.json",
    "credential-type-unmapped-fail.json",
}


def _input(path: Path) -> JsonObject:
    """Read a test input and set what the suite's own runner sets."""
    text = path.read_text(encoding="utf-8")
    text = text.replace("PAST DATE", "2020-01-01T00:00:00Z").replace("FUTURE DATE", "2040-01-01T00:00:00Z")
    content = parse_object(text.encode())
    if "no-issuer" not in path.name:
        issuer = content.setdefault("issuer", "https://issuer.example")
        if isinstance(issuer, dict):
            issuer.setdefault("id", "https://issuer.example")
    return content


@pytest.mark.parametrize("folder", FOLDERS)
def test_vcdm_test_suite_inputs_are_told_apart(folder: str, shared: Path) -> None:
    paths = [
        path
        for path in sorted((shared / "standards/vectors" / folder).glob("*.json"))
        if not path.name.startswith("presentation")
    ]
    assert len(paths) > 20
    wrong = [path.name for path in paths if ("-ok" in path.name) is not _accepted(path)]
    assert wrong == []


def _accepted(path: Path) -> bool:
    try:
        content = _input(path)
    except CredentialError:
        return False
    found = Examination()
    examine_credential(content, found)
    if path.name in BY_CONTEXTS:
        assert found.first is None
        authentic = examine(content, issuer="", materials=Materials(), at=AT)
        return authentic.contexts.outcome is Outcome.PASS
    return found.first is None
