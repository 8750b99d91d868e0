"""The desk verifies presentations of our own awards and of others', from the register and from other sites."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from credentials.documents.presentation import PresentationDocument, presentation
from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.materials import Unavailable
from credentials.presentations import PresentationReport
from credentials.problem_types import is_presented
from credentials.report import CheckId, Verdict
from credentials.securing.data_integrity import add_proof
from credentials.securing.proof_options import Expectation
from issuer.bootstrap import public_desk
from issuer.ports import Address, Fetched
from issuer.services.office import Office
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli
from tests.support.credentials import CREATED, OTHER_SIGNER, SeedSigner
from tests.support.verification import AS_OF

HOLDER = OTHER_SIGNER.verification_method.partition("#")[0]
ASKED = Expectation(domain=("employeur.example",), challenge="q1")


@dataclass(slots=True)
class Site:
    """Gives the holder's DID document, and remembers what was asked."""

    document: bytes
    asked: list[str] = field(default_factory=list)

    def fetch(self, addresses: Sequence[Address]) -> Mapping[Address, Fetched | Unavailable]:
        """Fetch."""
        self.asked.extend(address.url for address in addresses)
        return {address: Fetched(self.document, AS_OF) for address in addresses}


@pytest.fixture
def office(issued: Cli) -> Office:
    return open_desk(issued.folder)


def award(office: Office) -> JsonObject:
    with office.store.reading() as registry:
        stored = registry.credential(registry.awards()[0].number)
    assert stored is not None
    return parse_object(stored)


def presented(
    *credentials: JsonObject, holder: str = HOLDER, signer: SeedSigner = OTHER_SIGNER
) -> JsonObject:
    return add_proof(
        presentation(PresentationDocument(holder, credentials)),
        signer,
        created=CREATED,
        purpose="authentication",
        domain="employeur.example",
        challenge="q1",
    )


def shown(office: Office, document: JsonObject) -> PresentationReport:
    return public_desk(office).check_presentation(to_bytes(document), ASKED)


def test_an_award_of_ours_is_presented_and_judged_by_the_register(office: Office) -> None:
    report = shown(office, presented(award(office)))

    assert [item.report.verdict for item in report.credentials] == [Verdict.VALID]
    assert (report.holder, is_presented(report)) == (HOLDER, True)


def test_a_withdrawn_award_says_so_in_a_presentation(issued: Cli, office: Office) -> None:
    number = json.loads(issued.good("awards", "--json").out)[0]["number"]
    with office.store.reading() as registry:
        stored = registry.credential(number)
    assert stored is not None
    issued.good("revoke", number, "--reason", "erreur-materielle")
    report = shown(office, presented(parse_object(stored)))

    assert [item.report.verdict for item in report.credentials] == [Verdict.REVOKED]
    assert is_presented(report)


def test_a_holders_keys_are_fetched_where_the_network_is_on(office: Office) -> None:
    did, key = "did:web:titulaire.example", OTHER_SIGNER.verification_method.partition("#")[2]
    method = {"id": f"{did}#k", "type": "Multikey", "controller": did, "publicKeyMultibase": key}
    document = {"id": did, "verificationMethod": [method], "authentication": [f"{did}#k"]}
    site = Site(json.dumps({"@context": ["https://www.w3.org/ns/did/v1"], **document}).encode())
    signer = SeedSigner(OTHER_SIGNER.seed, f"{did}#k")
    source = to_bytes(presented(award(office), holder=did, signer=signer))
    online = public_desk(office, site).check_presentation(source, ASKED)
    offline = public_desk(office).check_presentation(source, ASKED)

    assert site.asked == ["https://titulaire.example/.well-known/did.json"]
    assert is_presented(online)
    assert [check.code for check in offline.checks if check.id is CheckId.KEY] == ["key.network_off"]
    assert not is_presented(offline)


def test_what_cannot_be_read_is_an_answer(office: Office) -> None:
    report = public_desk(office).check_presentation(b"nothing", ASKED)

    assert not is_presented(report)


def test_the_api_answers_over_the_real_register(office: Office) -> None:
    client = create_app(public_desk(office)).test_client()
    credential = client.post("/vc-api/credentials/verify", json={"verifiableCredential": award(office)})
    options = {"challenge": "q1", "domain": "employeur.example"}
    body = {"verifiablePresentation": presented(award(office)), "options": options}
    together = client.post("/vc-api/presentations/verify", json=body)

    assert credential.get_json() == {"verified": True, "problemDetails": []}
    assert together.get_json()["verified"] is True
