"""Inputs of up to 1 MB made to cost time or memory; they are made for each run and never kept."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from credentials.json_input import MAX_BYTES
from tests.hostile.makers.files import _itxt, _with
from tests.hostile.makers.holdings import _given, _nest
from tests.hostile.makers.sealing import (
    V2,
    Hostile,
    Json,
    Made,
    block,
    genuine,
    issued_by,
    sealed,
    trusting,
    written,
)
from tests.support.credentials import TEST_ISSUER
from tests.support.selective import digest, disclosure, sd_jwt
from tests.support.signers import P384_SIGNER
from tests.support.status import bitstring_entry
from tests.support.tokens import token, vc_header

_JCS = "eddsa-jcs-2022"


def _bytes(make: Callable[[], bytes]) -> Callable[[], Hostile]:
    return lambda: Hostile(make()[:MAX_BYTES], kept=False)


def _of(make: Callable[[], Json]) -> Callable[[], Hostile]:
    return lambda: Hostile(written(make()), _given, kept=False)


def _filled(make: Callable[[], Any], member: str = "resultDescription") -> Json:
    document = block()
    document["credentialSubject"]["achievement"][member] = make()
    return document


def _levels(rows: int, columns: int, **more: str) -> Json:
    """Describe results with levels: as many identified objects as the limits let through."""

    def level(row: int, column: int) -> Json:
        said = {name: f"{value}{column}" for name, value in more.items()}
        return {"id": f"urn:l:{row}-{column}", "type": ["RubricCriterionLevel"], "name": f"n{column}", **said}

    return _filled(
        lambda: [
            {
                "id": f"urn:r:{row}",
                "type": ["ResultDescription"],
                "name": "x",
                "resultType": "Status",
                "rubricCriterionLevel": [level(row, column) for column in range(columns)],
            }
            for row in range(rows)
        ]
    )


_MORE = {"description": "d", "level": "l", "points": "p"}


def _alike(stars: int, points: int) -> Json:
    point = {"type": ["Alignment"], "targetName": "n", "targetUrl": "https://n.example"}
    document = block()
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "value": "v", "alignment": [point] * points} for _ in range(stars)
    ]
    return document


def _forged(document: Json, number: int, *, chained: bool = False) -> Json:
    """Give a document that cannot be canonicalized proofs that ask for it all the same."""
    base = genuine()["proof"][0]
    proofs = [
        {**base, "id": f"urn:p:{n}", "proofValue": "z" + "1" * 63 + "23456789"[n]}
        | ({"previousProof": f"urn:p:{n - 1}"} if chained and n else {})
        for n in range(number)
    ]
    return {**document, "proof": proofs}


def _signed_often(
    document: Json, number: int, suite: str = "eddsa-rdfc-2022", *, chained: bool = True
) -> Json:
    for n in range(number):
        link = f"urn:p:{n - 1}" if chained and n else None
        document = sealed(document, suite=suite, id=f"urn:p:{n}", previousProof=link)
    return document


def _typed(*types: str) -> Json:
    return _filled(
        lambda: [
            {"id": f"urn:r:{n}", "type": ["ResultDescription", *types], "name": "x", "resultType": "Status"}
            for n in range(290)
        ]
    )


def _holding(documents: list[Json]) -> Json:
    return sealed({**block(), "verifiableCredential": documents}, suite=_JCS)


def _envelopes(documents: Callable[[int], Json], most: int = 900_000) -> list[Json]:
    found: list[Json] = []
    size = 0
    for number in range(32):
        text = token(vc_header(), documents(number))
        size += len(text) + 130
        if size > most:
            break
        found.append(
            {
                "@context": [V2],
                "id": f"data:application/vc+jwt,{text}",
                "type": "EnvelopedVerifiableCredential",
            }
        )
    return found


def _presented(held: Callable[[], list[Json]]) -> Callable[[], Hostile]:
    def make() -> Hostile:
        document = {
            "@context": [V2],
            "type": ["VerifiablePresentation"],
            "holder": TEST_ISSUER,
            "verifiableCredential": held(),
        }
        signed = sealed(document, suite=_JCS, proofPurpose="authentication")
        return Hostile(written(signed), _given, kept=False, presentation=True)

    return make


def _numbered(make: Callable[[Json], Json], of: Callable[[], Json] = block) -> Callable[[int], Json]:
    """Make many of a document, each with an identifier of its own before it is signed."""
    return lambda number: make({**of(), "id": f"https://diplomes.example/v/{number}"})


def _many_digests() -> Json:
    hashes = [base64.b64encode(hashlib.sha512(b"%d" % n).digest()).decode() for n in range(4000)]
    asking = block(relatedResource=[{"id": "urn:x:1", "digestSRI": " ".join(f"sha512-{h}" for h in hashes)}])
    long = block(description="x" * 480_000, id="https://diplomes.example/v/long")
    return _holding([sealed(asking, suite=_JCS), sealed(long, suite=_JCS)])


def _long_path() -> Json:
    end: Json = {f"k{n}": {"a": {"b": 0}} for n in range(300)}
    for _ in range(54):
        end = {"n" * 500: end}
    return sealed({**block(), "x": end}, suite=_JCS)


def _name_of_half_a_megabyte() -> Json:
    end: Json = {}
    for _ in range(19):
        end = {**{f"m{n}": 0 for n in range(498)}, "z": end}
    return {"n" * 500_000: end}


def _spread_disclosures() -> Hostile:
    shown = [disclosure("s", f"c{n}", list(range(100))) for n in range(500)]
    return Hostile(sd_jwt({"_sd": [digest(text) for text in shown]}, *shown).encode(), kept=False)


def _chained_disclosures() -> Hostile:
    inner = disclosure("s", "c", 0)
    shown = [inner]
    for _ in range(60):
        inner = disclosure("s", "c", {"_sd": [digest(inner)]})
        shown.append(inner)
    return Hostile(sd_jwt({"_sd": [digest(inner)]}, *shown).encode(), kept=False)


def _p384() -> Hostile:
    document = _levels(20, 20)
    mine = {**issued_by(P384_SIGNER), "credentialSubject": document["credentialSubject"]}
    return Hostile(
        written(sealed(mine, P384_SIGNER, "ecdsa-rdfc-2019")), trusting(P384_SIGNER), kept=False, fixed=False
    )


def _endorsements_alike() -> Json:
    """Endorse a node that says much, by a document that speaks of it much."""
    document = _filled(lambda: [f"t{n}" for n in range(480)], "tag")
    achievement = document["credentialSubject"]["achievement"]
    said = [{"id": achievement["id"], "type": ["Evidence"], "name": f"e{n}"} for n in range(480)]
    achievement["endorsement"] = [
        block(evidence=said, id="urn:e:1", type=["VerifiableCredential", "EndorsementCredential"])
    ]
    return _forged(document, 1)


MADE: Made = {
    "zeros": _bytes(lambda: bytes(MAX_BYTES)),
    "spaces": _bytes(lambda: b" " * MAX_BYTES),
    "brackets": _bytes(lambda: b"[" * MAX_BYTES),
    "braces": _bytes(lambda: b'{"a":' * 210_000),
    "one-text": _bytes(lambda: b'"' + b"a" * (MAX_BYTES - 2) + b'"'),
    "one-member": _bytes(lambda: b'{"a":"' + b"a" * (MAX_BYTES - 9) + b'"}'),
    "one-emoji": _bytes(lambda: b'{"a":"\xf0\x9f\x98\x80' + b"a" * 500_000 + b'"}'),
    "one-number": _bytes(lambda: b'{"a":' + b"1" * 1_000_000 + b"}"),
    "escapes": _bytes(lambda: b'{"a":"' + b"\\u0041" * 170_000 + b'"}'),
    "backslashes": _bytes(lambda: b'{"a":"' + b"\\" * 1_000_000 + b'"}'),
    "empty-arrays": _bytes(lambda: b'{"a":[' + b"[]," * 340_000 + b"0]}"),
    "empty-objects": _bytes(lambda: b'{"a":[' + b"{}," * 340_000 + b"0]}"),
    "fractions": _bytes(lambda: b'{"a":[' + b"1.5," * 250_000 + b"0]}"),
    "short-texts": _bytes(lambda: b'{"a":[' + b'"aa",' * 200_000 + b"0]}"),
    "members": _bytes(lambda: b"{" + b",".join(b'"%d":0' % n for n in range(95_000)) + b"}"),
    "one-more-byte": lambda: Hostile(b" " * (MAX_BYTES + 1) + written(genuine()), kept=False),
    "token-of-dots": _bytes(lambda: b"eyJhbGciOiJub25lIn0." + b"." * 1_000_000),
    "token-of-tildes": _bytes(lambda: b"eyJhbGciOiJub25lIn0.e30.AAAA" + b"~" * 1_000_000),
    "token-of-one-part": _bytes(lambda: b"eyJhbGciOiJub25lIn0." + b"A" * 1_000_000),
    "svg-of-tags": _bytes(lambda: b"<svg>" + b"<g/>" * 250_000 + b"</svg>"),
    "svg-deep": _bytes(lambda: b"<svg>" + b"<g>" * 300_000),
    "svg-of-attributes": _bytes(
        lambda: b"<svg " + b" ".join(b'a%d="1"' % n for n in range(80_000)) + b"><g/></svg>"
    ),
    "svg-of-namespaces": _bytes(
        lambda: b"<svg " + b" ".join(b'xmlns:a%d="u:%d"' % (n, n) for n in range(42_000)) + b"><g/></svg>"
    ),
    "svg-of-line-feeds": _bytes(lambda: b"<svg " + b"\n" * 1_000_000 + b"><g/></svg>"),
    "svg-of-credentials": _bytes(
        lambda: (
            b'<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0">' + b"<o:credential/>" * 60_000 + b"</svg>"
        )
    ),
    "png-of-chunks": lambda: Hostile(_with(*[b"\0\0\0\0tEXt\x05\xc1\x8a\x45"] * 19_000)().data, kept=False),
    "png-of-one-megabyte": lambda: Hostile(
        _with(_itxt(b'{"a":"' + b"a" * 900_000 + b'"}'))().data, kept=False
    ),
    "name-of-half-a-megabyte": _of(_name_of_half_a_megabyte),
    "long-path": _of(_long_path),
    "long-description": _of(lambda: sealed(block(description="é" * 240_000))),
    "objects": _of(lambda: sealed(_levels(29, 30))),
    "values": _of(lambda: sealed(_levels(29, 30, **_MORE))),
    "values-jcs": _of(lambda: sealed(_levels(29, 30, **_MORE), suite=_JCS)),
    "values-p384": _p384,
    "values-in-a-token": lambda: Hostile(
        token(vc_header(), sealed(_levels(29, 30, **_MORE))).encode(), kept=False
    ),
    "texts-in-a-set": _of(lambda: sealed(_filled(lambda: [f"t{n}" for n in range(499)], "tag"))),
    "texts-in-twenty-sets": _of(
        lambda: sealed(
            _filled(
                lambda: [
                    {"id": f"urn:a:{n}", "type": ["Alignment"], "targetName": [f"x{m}" for m in range(155)]}
                    for n in range(20)
                ],
                "alignment",
            )
        )
    ),
    "set-of-eight": _of(lambda: _signed_often(_levels(29, 30, **_MORE), 8, chained=False)),
    "chain-of-eight": _of(lambda: _signed_often(_levels(29, 30, **_MORE), 8)),
    "chain-of-eight-jcs": _of(lambda: _signed_often(_levels(29, 30, **_MORE), 8, _JCS)),
    "types-of-three-scopes": _of(lambda: sealed(_typed("Result", "RubricCriterionLevel", "Alignment"))),
    "types-of-seven-scopes": _of(
        lambda: sealed(
            _typed("IdentityObject", "Evidence", "Image", "IdentifierEntry", "Address", "GeoCoordinates"),
            suite=_JCS,
        )
    ),
    "types-undefined": _of(lambda: _forged(_typed(*(f"X{n}" for n in range(25))), 1)),
    "types-the-same": _of(lambda: _forged(_typed(*["Image"] * 25), 1)),
    "alike-two-stars": _of(lambda: _forged(_alike(2, 8), 8)),
    "alike-ten-stars": _of(lambda: _forged(_alike(10, 6), 8, chained=True)),
    "alike-hundred-stars": _of(lambda: _forged(_alike(100, 7), 8, chained=True)),
    "alike-long-row": _of(lambda: _forged(_alike(1, 400), 8)),
    "alike-held-24-times": _of(
        lambda: _holding(
            [_numbered(lambda document: _forged(document, 8), lambda: _alike(2, 6))(n) for n in range(24)]
        )
    ),
    "alike-in-32-tokens": _of(
        lambda: _holding(_envelopes(_numbered(lambda document: _forged(document, 8), lambda: _alike(2, 8))))
    ),
    "nested-15": _of(lambda: _nest(15)),
    "nested-15-filled": _of(lambda: _nest(15, sealed(_levels(10, 10)))),
    "held-20": _of(lambda: _holding([_numbered(sealed)(n) for n in range(20)])),
    "tokens-32": _of(lambda: _holding(_envelopes(_numbered(dict, lambda: _levels(10, 24))))),
    "tokens-32-with-chains": _of(
        lambda: _holding(
            _envelopes(_numbered(lambda document: _signed_often(document, 8), lambda: _levels(6, 20)))
        )
    ),
    "presented-tokens": _presented(lambda: _envelopes(_numbered(dict, lambda: _levels(10, 24)))),
    "presented-chains": _presented(
        lambda: _envelopes(_numbered(lambda document: _signed_often(document, 8), lambda: _levels(6, 20)))
    ),
    "presented-poison": _presented(
        lambda: _envelopes(_numbered(lambda document: _forged(document, 8), lambda: _alike(2, 8)))
    ),
    "digests-4000": _of(_many_digests),
    "status-entries-400": _of(
        lambda: sealed(block(credentialStatus=[bitstring_entry(id=f"urn:e:{n}") for n in range(400)]))
    ),
    "endorsements-alike": _of(_endorsements_alike),
    "disclosures-500": _spread_disclosures,
    "disclosures-chained": _chained_disclosures,
}
