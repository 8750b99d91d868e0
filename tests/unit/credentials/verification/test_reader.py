"""What a summary says of our own documents and of others."""

from datetime import UTC, datetime

from credentials import Source, read, summarise
from credentials.document import Document, ReadProblem
from credentials.summary import Kind
from tests.support.credentials import TEST_ISSUER, make_block_credential, make_credential
from tests.support.verification import block


def test_a_title_says_its_level_and_blocks() -> None:
    content = make_credential()
    alignments = content["credentialSubject"]["achievement"]["alignment"]  # type: ignore[index,call-overload]
    alignments.append(  # type: ignore[union-attr]
        {
            "type": ["Alignment"],
            "targetName": "Niveau 7",
            "targetUrl": "http://data.europa.eu/snb/eqf/7",
            "targetCode": "7",
            "targetFramework": "European Qualifications Framework",
        }
    )
    summary = summarise(content)
    assert summary.kind is Kind.TITLE
    assert summary.level == "7"
    assert [item.name for item in summary.blocks] == ["Bloc 1", "Bloc 2", "Bloc 3", "Bloc 4"]
    assert summary.part_of is None
    assert summary.holder == ("Camille Démo",)
    assert summary.number == "DEMO-2026-000042"
    assert summary.awarded == datetime(2026, 7, 3, 12, 0, tzinfo=UTC)
    assert summary.issuer_id == TEST_ISSUER
    assert summary.code == "RNCP35080"
    assert summary.criteria is not None
    assert len(summary.alignments) + len(summary.blocks) == len(alignments)  # type: ignore[arg-type]


def test_a_block_has_no_level_and_names_its_certification() -> None:
    summary = summarise(make_block_credential())
    assert summary.kind is Kind.BLOCK
    assert summary.level is None
    assert summary.part_of is not None
    assert summary.part_of.code == "RNCP35080"
    assert summary.blocks == ()


def test_a_signed_document_says_its_proof_and_status() -> None:
    found = read(block())
    assert isinstance(found, Document)
    summary = summarise(found.content)
    assert summary.cryptosuite == "eddsa-rdfc-2022"
    assert summary.proof_created == "2026-11-24T09:30:00Z"
    assert summary.status_index == "12"


def test_a_hashed_name_is_not_shown() -> None:
    content = make_credential()
    content["credentialSubject"]["identifier"][0]["hashed"] = True  # type: ignore[index,call-overload]
    assert summarise(content).holder == ()


def test_what_is_handed_in_is_recognised() -> None:
    assert read(b"  ") == ReadProblem("parse.empty")
    assert read(b"%PDF-1.7\n") == ReadProblem("parse.pdf_unsupported", Source.PDF)
    assert read(b"eyJhbGciOiJFZERTQSJ9.e30.AAAA\n") == ReadProblem("parse.jwt_unsupported", Source.JWT)
    assert read(b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}') == ReadProblem(
        "parse.open_badges_2"
    )
    assert read(b"<svg/>") == ReadProblem("parse.no_credential", Source.SVG)
    assert read(b"<html>") == ReadProblem("parse.svg_malformed", Source.SVG)
    assert read(b'{"a":1,"a":2}') == ReadProblem("parse.duplicate_member")
    assert read(b"[]") == ReadProblem("parse.not_object", where="")
