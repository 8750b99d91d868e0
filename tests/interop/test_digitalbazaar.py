"""@digitalbazaar/vc with eddsa-rdfc-2022, in Node: it verifies what we issue, and we verify what it issues."""

import json
from collections.abc import Mapping

import pytest

from credentials import Verdict
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject, to_bytes
from credentials.securing.data_integrity import sign
from issuer.bootstrap import public_desk
from issuer.services.office import Office
from issuer.services.trusting import add_trust
from tests.interop.conftest import OURS, Tally
from tests.interop.digitalbazaar import SEED, issue_all, require_node, verify_all
from tests.interop.foreign_documents import SIGNED_AT, foreign_documents
from tests.interop.forgeries import FORGERIES, forged
from tests.interop.sample_record import SampleRecord
from tests.support.credentials import SeedSigner

NAME = "@digitalbazaar/vc"


@pytest.fixture(scope="session", autouse=True)
def _node() -> None:
    """Skip before anything is issued; session-wide, so that it comes before the record."""
    require_node()


@pytest.fixture(scope="module")
def theirs() -> tuple[str, list[JsonObject]]:
    """Give the other issuer's DID and what it signed."""
    issuer, signed = issue_all(foreign_documents(), SIGNED_AT)
    return issuer, list(signed)


def published(record: SampleRecord) -> Mapping[str, Mapping[str, object]]:
    """Give what we publish, by address."""
    lists = {url: json.loads(body) for url, body in record.status_lists().items()}
    return {record.did: record.did_document(), **lists}


def test_it_verifies_every_award_and_reads_every_status(record: SampleRecord, tally: Tally) -> None:
    answers = verify_all([each.document for each in record.awards], published(record))
    for each, answer in zip(record.awards, answers, strict=True):
        assert answer.verified, (each.award.number, answer.error)
        assert answer.revoked is (each.award.number == record.withdrawn), each.award.number
    tally(OURS, NAME, len(answers))


def test_it_verifies_the_status_list_itself(record: SampleRecord) -> None:
    lists = [json.loads(body) for body in record.status_lists().values()]
    assert [answer.verified for answer in verify_all(lists, published(record))] == [True]


def test_it_refuses_a_forged_copy_of_every_award(record: SampleRecord) -> None:
    copies = [forged(each.document, "holder") for each in record.awards]
    answers = verify_all(copies, published(record))
    assert [answer.verified for answer in answers] == [False] * len(record.awards)


def test_it_refuses_every_kind_of_forgery(record: SampleRecord) -> None:
    pair = [next(each for each in record.awards if each.is_title is title) for title in (True, False)]
    cases = [(name, each) for name in FORGERIES for each in pair]
    answers = verify_all([forged(each.document, name) for name, each in cases], published(record))
    passed = [name for (name, _each), answer in zip(cases, answers, strict=True) if answer.verified]
    assert passed == []


def test_it_refuses_our_awards_where_our_keys_are_not_at_hand(record: SampleRecord) -> None:
    documents = dict(published(record))
    del documents[record.did]
    (answer,) = verify_all([record.awards[0].document], documents)
    assert not answer.verified
    assert "not at hand" in (answer.error or "")


def test_it_refuses_our_awards_under_another_key_of_the_same_name(record: SampleRecord) -> None:
    documents = json.loads(json.dumps(published(record)))
    documents[record.did]["verificationMethod"][0]["publicKeyMultibase"] = (
        "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"
    )
    (answer,) = verify_all([record.awards[0].document], documents)
    assert not answer.verified


def test_what_it_signs_is_of_an_unknown_issuer_until_the_issuer_is_trusted(
    verifying_office: Office, theirs: tuple[str, list[JsonObject]], tally: Tally
) -> None:
    issuer, signed = theirs
    desk = public_desk(verifying_office)
    before = [desk.check(to_bytes(document)).verdict for document in signed]
    assert before == [Verdict.UNKNOWN_ISSUER] * len(signed)
    add_trust(verifying_office, issuer, "Autre établissement", None, None, actor="interop")
    for document in signed:
        report = desk.check(to_bytes(document))
        assert report.verdict is Verdict.VALID, (document["name"], report.to_dict())
    tally(NAME, OURS, len(signed))


def test_what_it_signs_is_refused_by_us_once_changed(
    verifying_office: Office, theirs: tuple[str, list[JsonObject]]
) -> None:
    desk = public_desk(verifying_office)
    for document in theirs[1]:
        changed = {**document, "name": f"{document['name']} bis"}
        assert desk.check(to_bytes(changed)).verdict is Verdict.MODIFIED


def test_both_programs_sign_the_same_bytes_for_the_same_document(
    theirs: tuple[str, list[JsonObject]],
) -> None:
    """Key, instant and document being equal, Ed25519 leaves no freedom: equal signatures, or one is at fault."""
    signer = SeedSigner(bytes.fromhex(SEED))
    for document in theirs[1]:
        unsigned = {name: value for name, value in document.items() if name != "proof"}
        ours = sign(unsigned, signer, created=parse_date_time_stamp(SIGNED_AT))
        assert _signature(ours) == _signature(document), document["name"]


def _signature(document: JsonObject) -> object:
    proof = document["proof"]
    first = proof[0] if isinstance(proof, list) else proof
    assert isinstance(first, dict)
    return first["proofValue"]
