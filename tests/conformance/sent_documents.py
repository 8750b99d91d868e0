"""Credentials as the public suites send them, and proofs of others that say something else."""

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from credentials.json_input import JsonObject
from credentials.proofs.api import Signer
from credentials.securing.data_integrity import add_proof
from tests.support.credentials import TEST_SIGNER
from tests.support.signers import P256_SIGNER, P384_SIGNER

V2 = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
UNDEFINED = "https://www.w3.org/ns/credentials/undefined-terms/v2"
NOW = datetime.now(tz=UTC).replace(microsecond=0)

BROUGHT: JsonObject = {
    "@protected": True,
    "SailingCredential": "urn:example:SailingCredential",
    "Sailing": {
        "@id": "urn:example:Sailing",
        "@context": {
            "@protected": True,
            "id": "@id",
            "type": "@type",
            "sailNumber": "urn:example:sailNumber",
            "sails": {
                "@id": "urn:example:sails",
                "@context": {"@protected": True, "size": "urn:example:size", "year": "urn:example:year"},
            },
        },
    },
    "achievements": {"@id": "urn:example:achievements", "@type": "@id"},
}
SAILING: JsonObject = {
    "name": "Camille Démo",
    "achievements": [
        {
            "type": "Sailing",
            "sailNumber": "Terre101",
            "sails": [{"size": 5.5, "year": 2023}, {"size": 6.1, "year": 2023}, {"size": 7, "year": 2020}],
        }
    ],
}


def plain(*contexts: object, **members: object) -> JsonObject:
    """Give the smallest credential that a suite sends."""
    document: dict[str, Any] = {
        "@context": [V2, *contexts],
        "type": ["VerifiableCredential"],
        "id": "urn:uuid:86294362-4254-4f36-854f-3952fe42555d",
        "credentialSubject": {"id": "did:example:subject", "name": "Camille"},
    }
    return {**document, **members}


def remade(name: str, **options: Any) -> dict[str, Any]:
    """Give a credential whose proof says something else, and was really made so."""
    curve = P384_SIGNER if name.endswith("p384") else P256_SIGNER
    signer: Signer = TEST_SIGNER if name.startswith("eddsa") else curve
    suite = name.removesuffix("-p384")
    credential = {**plain(), "issuer": signer.verification_method.partition("#")[0]}
    return dict(add_proof(credential, signer, created=NOW, suite=suite, **options))


def changed(document: Mapping[str, Any], **members: object) -> dict[str, Any]:
    """Change members of the proof; None takes a member away."""
    result = copy.deepcopy(dict(document))
    proof = result["proof"][0] if isinstance(result["proof"], list) else result["proof"]
    for name, value in members.items():
        proof[name] = value
        if value is ...:
            del proof[name]
    return result
