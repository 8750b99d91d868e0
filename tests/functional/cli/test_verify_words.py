"""What ``parchemin verify`` says on a terminal beside the checks: what to do, and what lies inside."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from credentials.json_input import to_bytes
from credentials.messages import REMEDIES
from credentials.securing.data_integrity import sign
from tests.functional.cli.running import Cli
from tests.support.credentials import CREATED, TEST_ISSUER, TEST_SIGNER, make_block_credential
from tests.support.verification import DID_WEB, WEB_SIGNER, signed
from tests.unit.credentials.verification.test_embedded import endorsed

ELSEWHERE = signed(make_block_credential(issuer=DID_WEB), WEB_SIGNER)
GENERIC: Mapping[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:uuid:3f1d0a6c-9b5e-4a55-8c38-0a2f5f0a4d11",
    "type": ["VerifiableCredential"],
    "issuer": TEST_ISSUER,
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "urn:uuid:6b1d1a9e-33aa-4b54-9e6c-5ac2e0a3b0ff"},
}


def award_of(cli: Cli, kind: str) -> Mapping[str, Any]:
    awards: list[Mapping[str, Any]] = cli.good("awards", "--json").json
    return next(award for award in awards if award["kind"] == kind)


def to_do(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("to do: ")]


def test_what_is_valid_leaves_nothing_to_do(issued: Cli) -> None:
    ran = issued.good("verify", award_of(issued, "title")["link"])

    assert ran.out.startswith("verdict: valid\n")
    assert to_do(ran.out) == []


def test_each_check_that_failed_or_is_open_has_its_remedy_on_a_line(issued: Cli) -> None:
    altered = json.loads(ELSEWHERE) | {"name": "Autre", "issuer": TEST_ISSUER}
    for given in (ELSEWHERE, to_bytes(altered), b"{", b"<svg>"):
        text = issued("verify", "-", given=given).out
        report = issued("verify", "-", "--json", given=given).json
        against = [item["code"] for item in report["checks"] if item["outcome"] in {"fail", "unknown"}]
        assert len(to_do(text)) == len(against) > 0
        for code, line in zip(against, to_do(text), strict=True):
            assert line.endswith(f"[{code}]")
            assert REMEDIES[code].en in line or "PARCHEMIN_FETCH=on" in line


@pytest.mark.parametrize("options", [(), ("--offline",)])
def test_an_operator_is_told_of_the_setting_that_opens_the_network(
    issued: Cli, options: tuple[str, ...]
) -> None:
    lines = to_do(issued("verify", "-", *options, given=ELSEWHERE).out)

    told = [line for line in lines if "PARCHEMIN_FETCH=on" in line]
    assert [line.partition("[")[2] for line in told] == ["key.network_off]", "status.network_off]"]
    assert all(("leave --offline out" in line) is bool(options) for line in told)


def test_a_record_says_how_each_document_in_it_stands(issued: Cli) -> None:
    title = award_of(issued, "title")
    issued.good("export", title["number"], "--format", "clr", "--out", "record")
    report = issued.good("verify", "record", "--json").json
    inside = [item["report"] for item in report["embedded"]]
    assert len(inside) == 5

    lines = issued.good("verify", "record").out.splitlines()

    assert f"document: {report['credential']['name']}" in lines
    members = [line for line in lines if line.startswith("inside ")]
    assert [line.rpartition(": ")[2] for line in members] == [
        f"valid, {item['credential']['name']}".rpartition(": ")[2] for item in inside
    ]

    block = inside[1]["credential"]["number"]
    issued.good("suspend", block, "--reason", "decision-jury-ou-juge")
    lines = issued("verify", "record").out.splitlines()
    (hit,) = [line for line in lines if line.startswith("inside ") and ": suspended, " in line]
    assert hit.endswith("[status.suspended]")
    (blamed,) = [line for line in lines if " related " in line]
    place = hit.removeprefix("inside ").partition(": ")[0]
    assert f"[related.embedded_suspended at {place}" in blamed


def test_a_record_that_is_well_points_at_none_of_its_documents(issued: Cli) -> None:
    issued.good("export", award_of(issued, "title")["number"], "--format", "clr", "--out", "record")

    checks = issued.good("verify", "record", "--json").json["checks"]

    assert [item["where"] for item in checks if item["id"] == "related"] == [None]


def test_an_endorsement_is_called_one(issued: Cli) -> None:
    given = to_bytes(sign(endorsed(), TEST_SIGNER, created=CREATED))

    (line,) = [
        line for line in issued("verify", "-", given=given).out.splitlines() if line.startswith("endors")
    ]

    assert line.startswith("endorsement /credentialSubject/achievement/endorsement")
    assert ", Enregistrement" in line


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda d: d.pop("name", None), "(not named)"),
        (lambda d: d.update(name="Carte"), "Carte"),
        (lambda d: d.update(type=["VerifiableCredential", "VerifiablePresentation"]), "(not named)"),
        (
            lambda d: d.update(type=["VerifiableCredential", "CarteDEtudiant", "\u202eCarte"]),
            "CarteDEtudiant, \\u202eCarte",
        ),
    ],
)
def test_a_document_without_achievement_bears_its_own_name_or_class(
    issued: Cli, change: Callable[[dict[str, Any]], None], name: str
) -> None:
    document = dict(GENERIC)
    change(document)

    text = issued("verify", "-", given=to_bytes(document)).out

    assert f"document: {name}\n" in text
