"""Documents that hold documents: records, endorsements, presentations, and digests of others."""

import base64
import copy
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.hostile.makers.sealing import (
    V2,
    Change,
    Hostile,
    Json,
    Made,
    block,
    drop,
    genuine,
    put,
    sealed,
    written,
)
from tests.support.credentials import OTHER_SIGNER, TEST_ISSUER, make_block_credential, make_credential
from tests.support.documents import make_endorsement, make_presentation, make_record
from tests.support.tokens import token, vc_header
from tests.support.verification import STATUS_URL, materials, status_list

_HELD = ("credentialSubject", "verifiableCredential")


def _given() -> Any:
    """Give the list in which the records' own indexes are clear."""
    return replace(materials(), status_lists={STATUS_URL: status_list()})


def _record(*changes: Change, after: bool = False) -> Callable[[], Hostile]:
    """Change a record before, or after, it is signed."""

    def make() -> Hostile:
        document: Json = copy.deepcopy(make_record())
        if after:
            document = sealed(document)
        for change in changes:
            change(document)
        return Hostile(written(document if after else sealed(document)), _given)

    return make


def _endorsed(*changes: Change, after: Change | None = None, many: int = 1) -> Callable[[], Hostile]:
    """Endorse the achievement of a badge, and change the endorsement after it was signed."""

    def make() -> Hostile:
        endorsement = sealed(dict(make_endorsement()))
        for change in changes:
            change(endorsement)
        document: Json = make_block_credential()
        document["credentialSubject"]["achievement"]["endorsement"] = [endorsement] * many
        signed = sealed(document)
        if after is not None:
            after(signed)
        return Hostile(written(signed), _given)

    return make


def _alone(document: Callable[[], Any], *changes: Change) -> Callable[[], Hostile]:
    def make() -> Hostile:
        content: Json = dict(document())
        for change in changes:
            change(content)
        return Hostile(written(sealed(content)), _given)

    return make


def _nest(depth: int, end: Json | None = None) -> Json:
    held = end or sealed(block())
    for number in range(depth):
        outer = block(id=f"https://diplomes.example/v/{number}")
        held = sealed({**outer, "verifiableCredential": [held]}, suite="eddsa-jcs-2022")
    return held


def _side(count: int) -> Json:
    held = [sealed(block(id=f"https://diplomes.example/v/{number}")) for number in range(count)]
    return sealed({**block(), "verifiableCredential": held}, suite="eddsa-jcs-2022")


def _shown(
    *changes: Change, after: bool = True, signed: bool = True, asked: bool = True, **members: Any
) -> Callable[[], Hostile]:
    """Give a presentation in answer to a question; changed after, or before, its holder signed it."""

    def make() -> Hostile:
        document: Json = {**copy.deepcopy(dict(make_presentation(enveloped=False)))}
        how = {
            "proofPurpose": "authentication",
            "domain": "https://employeur.example",
            "challenge": "c-1",
            **members,
        }
        if after and signed:
            document = sealed(document, **how)
        for change in changes:
            change(document)
        if signed and not after:
            document = sealed(document, **how)
        domain, challenge = (("https://employeur.example",), "c-1") if asked else ((), None)
        return Hostile(written(document), _given, presentation=True, domain=domain, challenge=challenge)

    return make


def _related(*digests: str, **members: Any) -> Callable[[], Hostile]:
    return lambda: Hostile(
        written(
            sealed(
                block(
                    relatedResource=[{"id": "urn:x:1", "digestSRI": digest, **members} for digest in digests]
                )
            )
        )
    )


def _with_related(data: bytes) -> Callable[[], Hostile]:
    """Give a digest, and at its place bytes that may be others."""
    digest = "sha384-" + base64.b64encode(hashlib.sha384(b"genuine").digest()).decode()
    document = {"relatedResource": [{"id": "urn:x:1", "digestSRI": digest, "mediaType": "text/plain"}]}
    return lambda: Hostile(
        written(sealed(block(**document))), lambda: replace(materials(), related={digest: data})
    )


def _envelope(text: str) -> Json:
    return {
        "@context": [V2],
        "id": f"data:application/vc+jwt,{text}",
        "type": "EnvelopedVerifiableCredential",
    }


def _tokens_in_presentation() -> Hostile:
    document = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": TEST_ISSUER,
        "verifiableCredential": [_envelope(token(vc_header(), block()))],
    }
    signed = sealed(document, proofPurpose="authentication")
    return Hostile(written(signed), _given, presentation=True)


def _other_issuer(document: Json) -> None:
    other = "did:key:" + OTHER_SIGNER.key.multibase
    document["credentialSubject"]["verifiableCredential"][0] = sealed(
        {**make_credential(issuer=other), "id": "urn:uuid:00000000-0000-4000-8000-00000000000a"}, OTHER_SIGNER
    )


def _first(document: Json) -> Json:
    held: Json = copy.deepcopy(document["credentialSubject"]["verifiableCredential"][0])
    return held


def _added_endorsement() -> Hostile:
    document = sealed(dict(make_block_credential()))
    document["credentialSubject"]["achievement"]["endorsement"] = [sealed(dict(make_endorsement()))]
    return Hostile(written(document), _given)


def _described_otherwise() -> Hostile:
    document = block()
    document["credentialSubject"]["achievement"]["endorsement"] = [sealed(dict(make_endorsement()))]
    return Hostile(written(sealed(document)), _given)


def _many_endorsements(count: int) -> Hostile:
    document = block()
    endorsement: Json = dict(make_endorsement())
    document["credentialSubject"]["achievement"]["endorsement"] = [
        {**endorsement, "id": f"urn:uuid:{number}", "proof": []} for number in range(count)
    ]
    return Hostile(written({**document, "proof": genuine()["proof"]}), _given)


def _endorsement_token(text: str) -> Hostile:
    document = block()
    document["credentialSubject"]["achievement"]["endorsementJwt"] = [text]
    return Hostile(written(sealed(document)), _given)


MADE: Made = {
    "record": _record(),
    "record-member-altered": _record(put([*_HELD, 0, "name"], "Doctorat")),
    "record-member-altered-after": _record(put([*_HELD, 0, "name"], "Doctorat"), after=True),
    "record-member-without-proof": _record(drop(*_HELD, 0, "proof")),
    "record-member-without-proof-after": _record(drop(*_HELD, 0, "proof"), after=True),
    "record-member-taken-out": _record(drop(*_HELD, 1), after=True),
    "record-member-twice": _record(
        lambda d: d["credentialSubject"]["verifiableCredential"].append(_first(d))
    ),
    "record-member-of-another-issuer": _record(_other_issuer),
    "record-member-without-context": _record(drop(*_HELD, 0, "@context")),
    "record-member-text": _record(put([*_HELD, 0], "https://diplomes.example/v/1")),
    "record-member-null": _record(put([*_HELD, 0], None), after=True),
    "record-members-none": _record(put([*_HELD], [])),
    "record-itself-within": _record(
        lambda d: d["credentialSubject"]["verifiableCredential"].append(copy.deepcopy(d))
    ),
    "record-one-id-twice": _record(
        put([*_HELD, 1, "id"], "https://diplomes.example/v/m4k5T2xT0vWJb1p8r9sYzA")
    ),
    "record-mark-of-ours": _record(put(["credentialSubject", "id"], "urn:parchemin:embedded:0")),
    "record-altered": _record(put(["name"], "Autre relevé"), after=True),
    "endorsement": _alone(make_endorsement),
    "endorsement-of-itself": _alone(make_endorsement, lambda d: d["credentialSubject"].update(id=d["id"])),
    "endorsed": _endorsed(),
    "endorsed-and-issuer-described-otherwise": _described_otherwise,
    "endorsed-altered": _endorsed(put(["name"], "Diplôme d’État")),
    "endorsed-altered-after": _endorsed(
        after=put(["credentialSubject", "achievement", "endorsement", 0, "name"], "Diplôme d’État")
    ),
    "endorsed-without-proof": _endorsed(drop("proof")),
    "endorsed-taken-out": _endorsed(after=drop("credentialSubject", "achievement", "endorsement")),
    "endorsed-added-after": _added_endorsement,
    "endorsed-twice": _endorsed(many=2),
    "endorsed-33-times": lambda: _many_endorsements(33),
    "endorsement-token": lambda: _endorsement_token(token(vc_header(), make_endorsement())),
    "endorsement-token-forged": lambda: _endorsement_token("e30.e30.AAAA"),
    "nested-3": lambda: Hostile(written(_nest(3)), _given),
    "nested-8": lambda: Hostile(written(_nest(8)), _given),
    "nested-20": lambda: Hostile(written(_nest(20)), _given, kept=False),
    "nested-end-altered": lambda: Hostile(written(_nest(3, {**genuine(), "name": "Doctorat"})), _given),
    "nested-end-unsigned": lambda: Hostile(written(_nest(3, block())), _given),
    "side-by-side-5": lambda: Hostile(written(_side(5)), _given),
    "side-by-side-33": lambda: Hostile(written(_side(33)), _given, kept=False),
    "presentation": _shown(),
    "presentation-as-a-credential": lambda: replace(_shown()(), presentation=False),
    "credential-as-a-presentation": lambda: Hostile(written(genuine()), _given, presentation=True),
    "presentation-not-asked-for": _shown(asked=False),
    "presentation-for-another-domain": _shown(domain="https://evil.example"),
    "presentation-for-two-domains": _shown(domain=["https://employeur.example", "https://evil.example"]),
    "presentation-of-another-challenge": _shown(challenge="c-2"),
    "presentation-without-challenge": _shown(challenge=None),
    "presentation-without-domain": _shown(domain=None),
    "presentation-as-assertion": _shown(proofPurpose="assertionMethod"),
    "presentation-unsigned": _shown(signed=False),
    "presentation-of-another-holder": _shown(
        put(["holder"], "did:key:" + OTHER_SIGNER.key.multibase), after=False
    ),
    "presentation-holder-changed": _shown(put(["holder"], "did:key:" + OTHER_SIGNER.key.multibase)),
    "presentation-holder-taken-out": _shown(drop("holder")),
    "presentation-credential-altered": _shown(put(["verifiableCredential", 0, "name"], "Doctorat")),
    "presentation-credential-altered-before": _shown(
        put(["verifiableCredential", 0, "name"], "Doctorat"), after=False
    ),
    "presentation-credential-unsigned": _shown(drop("verifiableCredential", 0, "proof"), after=False),
    "presentation-credential-swapped": _shown(put(["verifiableCredential", 0], sealed(block(name="Autre")))),
    "presentation-of-nothing": _shown(put(["verifiableCredential"], []), after=False),
    "presentation-without-credentials": _shown(drop("verifiableCredential"), after=False),
    "presentation-expired": _shown(expires="2026-11-25T00:00:00Z"),
    "presentation-of-a-token": _tokens_in_presentation,
    "related-not-at-hand": _related("sha384-" + "A" * 64),
    "related-match": _with_related(b"genuine"),
    "related-mismatch": _with_related(b"forged"),
    "related-weak-hash": _related("md5-1B2M2Y8AsgTpgAmY7PhCfg=="),
    "related-two-hashes": _related("sha256-" + "A" * 43 + "= sha512-" + "A" * 86 + "=="),
    "related-not-a-digest": _related("nothing"),
    "related-digest-number": lambda: Hostile(
        written(sealed(block(relatedResource=[{"id": "urn:x:1", "digestSRI": 5}]), suite="eddsa-jcs-2022"))
    ),
    "related-same-twice": _related("sha384-" + "A" * 64, "sha384-" + "A" * 64),
}
