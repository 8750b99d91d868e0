"""Presentations, and the credentials in them."""

from typing import Any

import pytest

from credentials.documents.presentation import PresentationDocument, presentation
from credentials.json_input import JsonObject
from credentials.securing.data_integrity import add_proof, sign
from tests.conformance.accepted_contexts import AcceptedContexts
from tests.conformance.client import Server
from tests.conformance.sent_documents import EXAMPLES, NOW, V2, changed, plain
from tests.support.credentials import TEST_ISSUER, TEST_SIGNER


def presented(
    *credentials: JsonObject,
    holder: str | None = TEST_ISSUER,
    challenge: str | None = "q1",
    **members: object,
) -> dict[str, Any]:
    document: dict[str, Any] = dict(presentation(PresentationDocument(TEST_ISSUER, list(credentials))))
    if not credentials:
        del document["verifiableCredential"]
    del document["holder"]
    if holder is not None:
        document["holder"] = holder
    document.update(members)
    proof_of = {"purpose": "authentication", "challenge": challenge, "domain": None}
    return dict(add_proof(document, TEST_SIGNER, created=NOW, loader=AcceptedContexts().load, **proof_of))  # type: ignore[arg-type]  # two texts and a None


def own() -> JsonObject:
    return sign({**plain(), "issuer": TEST_ISSUER}, TEST_SIGNER, created=NOW)


def test_presentations_are_verified_with_their_credentials(server: Server) -> None:
    issued = server.issued("ecdsa-rdfc-2019")
    other = server.issued("eddsa-jcs-2022", plain(id="urn:uuid:86294362-4254-4f36-854f-3952fe425550"))

    assert server.show(presented())[0] == 200
    assert server.show(presented(id="urn:uuid:86294362-4254-4f36-854f-3952fe425551"))[0] == 200
    assert server.show(presented(issued, other))[0] == 200
    assert server.show(presented(issued, other), challenge="q1")[0] == 200
    assert server.show(presented(type=["VerifiablePresentation", "https://example.org/#P"]))[0] == 200
    status, answer = server.show(presented({**issued, "name": "Autre"}))
    assert (status, answer["results"]["credentials"][0]["verified"]) == (422, False)


def test_presentations_may_bring_their_definitions(server: Server) -> None:
    known = AcceptedContexts()
    document: dict[str, Any] = {
        "@context": [V2, {"SailingPresentation": "urn:example:SailingPresentation"}],
        "type": ["VerifiablePresentation", "SailingPresentation"],
        "holder": TEST_ISSUER,
    }
    named = add_proof(
        known.normalised(document), TEST_SIGNER, created=NOW, purpose="authentication", loader=known.load
    )

    redefined = [V2, {"SailingPresentation": "urn:example:Autre"}]

    assert server.show(dict(named, **{"@context": document["@context"]}))[0] == 200
    assert server.show(dict(named, **{"@context": redefined}))[0] == 422
    unused = presented()
    assert server.show({**unused, "@context": [V2, EXAMPLES]})[0] == 200


WRONG_PRESENTATIONS: dict[str, dict[str, object]] = {
    "a context that is no address": {"@context": [V2, "https ://not-a-url/v1"]},
    "a context that is a number": {"@context": [V2, 123192875]},
    "another challenge": {"challenge": "q2"},
    "no type": {"type": ...},
    "another type": {"type": ["Other"]},
    "no context": {"@context": ...},
    "no base context": {"@context": [EXAMPLES]},
    "a holder without id": {"holder": {"name": "x"}},
    "another holder": {"holder": "did:example:acme"},
    "no proof": {"proof": ...},
}


@pytest.mark.parametrize("case", sorted(WRONG_PRESENTATIONS))
def test_a_presentation_that_is_not_as_it_must_be_fails(server: Server, case: str) -> None:
    document = presented(own())
    members = dict(WRONG_PRESENTATIONS[case])
    challenge = members.pop("challenge", None)
    for name, value in members.items():
        document[name] = value
        if value is ...:
            del document[name]

    status, answer = server.show(document, **({"challenge": challenge} if challenge else {}))
    assert (status, answer["verified"]) == (422, False)


def test_a_presentation_of_ones_own_credential_says_who_presents(server: Server) -> None:
    of_another = sign({**plain(), "issuer": "did:example:acme"}, TEST_SIGNER, created=NOW)

    assert server.show(presented(own()))[0] == 200
    assert server.show(presented(own(), holder=None))[0] == 422
    assert server.show(presented(own(), holder="did:example:acme"))[0] == 422
    assert server.show(presented(of_another))[0] == 422


def test_an_altered_presentation_fails(server: Server) -> None:
    document = changed(presented(), proofValue="z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh")

    assert server.show(document)[0] == 422
