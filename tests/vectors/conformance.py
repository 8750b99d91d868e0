"""Every case that ``../shared/standards/vectors/check.py`` proves, put to our public functions.

``docs/conformance.md`` is this table; ``test_conformance.py`` makes each row and holds the page to it.
Write the page again with ``python -m tests.vectors.conformance``.
"""

import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyld import jsonld

import contexts
from credentials import Document, Policy, did_key, read, verify
from credentials.canonical.jcs import canonical_text
from credentials.canonical.rdfc import Digest, canonicalize_dataset
from credentials.errors import CanonicalizationError, CredentialError
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject, parse_object, without
from credentials.jwk import jwk_of, key_from_jwk
from credentials.multibase import decode_base58
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.registry import suite_names
from credentials.report import Outcome
from credentials.securing import jws, sd_jwt
from credentials.securing.data_integrity import intermediate, sign, verify_proof
from credentials.securing.proof_sets import proofs_of
from credentials.securing.selective import derive, is_selective
from credentials.status.bitstring import decode, encode, status_at
from tests.support.contexts import load_with_tests
from tests.support.credentials import SeedSigner
from tests.support.shared import SHARED
from tests.support.signers import CurveSigner
from tests.support.verification import AT
from tests.unit.credentials.verification.test_vectors import generous

PAGE: Final = Path(__file__).parents[2] / "docs" / "conformance.md"
VECTORS: Final = SHARED / "standards" / "vectors"
TABLE_HEAD: Final = "| case | result |\n|---|---|\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One case, by the name that ``check.py`` gives it."""

    name: str
    run: Callable[[str], str]


def load(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


@cache
def published_contexts() -> Mapping[str, Mapping[str, object]]:
    folder = SHARED / "standards" / "contexts"
    manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))["entries"]
    return {
        url: json.loads((folder / entry["file"]).read_bytes())
        for entry in manifest
        if entry["role"] != "alternate"
        for url in (entry["url"], *entry["aliases"])
    }


def load_published(url: str) -> Mapping[str, object]:
    """Give a context as its publisher has it: old badges name some that the product does not ship."""
    if url in published_contexts():
        return published_contexts()[url]
    raise contexts.ContextNotPinnedError(url)


def signer_of(pair: Mapping[str, str]) -> SeedSigner | CurveSigner:
    secret = decode_base58(pair.get("privateKeyMultibase") or pair["secretKeyMultibase"])
    kinds = {b"\x86\x26": KeyType.P256, b"\x87\x26": KeyType.P384}
    if secret[:2] in kinds:
        return CurveSigner(kinds[secret[:2]], int.from_bytes(secret[2:], "big"))
    return SeedSigner(secret[2:])


def w3c(name: str) -> str:
    """A signed document of a whole-document suite, and its twin that we sign with the vector's key."""
    document = load(name)
    proof = document["proof"]
    key = did_key.resolve(proof["verificationMethod"])
    verify_proof(document, proof, key, loader=load_with_tests)
    if proof.get("cryptosuite") not in suite_names():
        return "verified; never written"
    root = name.split("/", maxsplit=1)[0]
    curve = "p384" if key.type is KeyType.P384 else "p256"
    signer = signer_of(
        load(f"{root}/keyPair.json" if root == "vc-di-eddsa" else f"{root}/{curve}KeyPair.json")
    )
    assert signer.key == key
    made = sign(
        without(document, "proof"),
        signer,
        created=parse_date_time_stamp(proof["created"]),
        suite=proof["cryptosuite"],
        loader=load_with_tests,
    )
    (own,) = proofs_of(made)
    verify_proof(made, own, key, loader=load_with_tests)
    same = own == proof
    assert same or key.type is not KeyType.ED25519
    return "verified; made again, the same bytes" if same else "verified; made again with the vector's key"


def proof_set(name: str) -> str:
    document = load(name)
    proofs = proofs_of(document)
    for proof in proofs:
        key = did_key.resolve(str(proof["verificationMethod"]))
        verify_proof(document, proof, key, loader=load_with_tests)
    return f"verified, {len(proofs)} {'proof' if len(proofs) == 1 else 'proofs'}"


def sd_base(name: str) -> str:
    folder, prefix = ("prc", "prCred") if "/prc/" in name else ("employ", "employ")
    extract = derive(load(name), load(f"vc-di-ecdsa/{prefix}Selective.json"), loader=load_with_tests)
    (proof,) = proofs_of(extract)
    verify_proof(extract, proof, did_key.resolve(str(proof["verificationMethod"])), loader=load_with_tests)
    expected = load(f"vc-di-ecdsa/ecdsa-sd-2023/{folder}/derivedRevealDocument.json")
    assert {**extract, "proof": None} == {**expected, "proof": None}
    return "read; the vector's extract derived from it, and verified"


def rfc8032(name: str) -> str:
    cases = load(name)["vectors"]
    for case in cases:
        key = PublicKey(KeyType.ED25519, bytes.fromhex(case["public"]))
        message, signature = bytes.fromhex(case["message"]), bytes.fromhex(case["signature"])
        key.verify(signature, message)
        assert SeedSigner(bytes.fromhex(case["secret"])).sign(message) == signature
    return f"{len(cases)} signatures verified, and made again by the tests' signer"


def rfc8785(name: str) -> str:
    written = refused = 0
    for bits, expected in load(name)["numbers"]:
        (number,) = struct.unpack(">d", bytes.fromhex(bits))
        try:
            assert canonical_text(number) == expected
            written += 1
        except CanonicalizationError:
            assert expected is None
            refused += 1
    return f"{written} numbers written as expected, {refused} refused"


def jcs(name: str) -> str:
    file = name.partition("/")[2]
    text = canonical_text(json.loads((VECTORS / "jcs/input" / file).read_text(encoding="utf-8")))
    assert text == (VECTORS / "jcs/output" / file).read_text(encoding="utf-8")
    return "the expected text"


def did_keys(name: str) -> str:
    read_, other = 0, 0
    for did, case in load(name).items():
        try:
            key = did_key.resolve(f"{did}#{did.removeprefix('did:key:')}")
        except CredentialError as error:
            assert error.code == "key.type"  # noqa: PT017 - of several keys, some are of curves that no suite has
            other += 1
            continue
        assert did_key.did_for(key) == did
        for method in (case.get("didDocument") or {}).get("verificationMethod", []):
            jwk = method.get("publicKeyJwk", {})
            if jwk.get("crv") == key.type.algorithm:
                assert key_from_jwk(jwk) == key
                assert jwk_of(key).items() <= jwk.items()
        read_ += 1
    return f"{read_} keys read" + (
        f", {other} of curves that no suite has refused (`key.type`)" if other else ""
    )


def bitstrings(name: str) -> str:
    lists = load(name)["lists"]
    for case in lists:
        bits = decode(case["encodedList"])
        assert [index for index in range(len(bits) * 8) if status_at(bits, index)] == case["bits_set"]
        assert decode(encode(bits)) == bits
    return f"{len(lists)} lists read; written again, they say the same"


def rdf_canon(_name: str) -> str:
    same, differ, refused = 0, [], dict[str, list[str]]()
    for entry in load("rdf-canon/manifest.jsonld")["entries"]:
        if entry["type"] == "rdfc:RDFC10MapTest":
            continue
        identifier = entry["id"].lstrip("#")
        text = (VECTORS / "rdf-canon" / entry["action"]).read_text(encoding="utf-8")
        digest = Digest.SHA384 if entry.get("hashAlgorithm") == "SHA384" else Digest.SHA256
        try:
            made = canonicalize_dataset(jsonld.JsonLdProcessor.parse_nquads(text), digest)
        except CanonicalizationError as error:
            refused.setdefault(error.code.value, []).append(identifier)
            continue
        if made == (VECTORS / "rdf-canon" / entry["result"]).read_text(encoding="utf-8"):
            same += 1
        else:
            differ.append(identifier)
    ends = "; ".join(f"`{code}` {', '.join(names)}" for code, names in sorted(refused.items()))
    return (
        f"{same} canonical forms as expected, SHA-384 among them; {ends}; differ: {', '.join(differ)} "
        "(read wrongly by the N-Quads parser that only this test uses)"
    )


def _signature_holds(document: JsonObject) -> str:
    """Check every signature over the published contexts, whatever the pipeline thinks of the document."""
    for proof in proofs_of(document):
        method = str(proof.get("verificationMethod"))
        key = PublicKey.from_multibase(method.rpartition("#")[2].removeprefix("did:key:"))
        if is_selective(proof):
            verify_proof(document, proof, key)
            continue
        hashes = intermediate(document, proof, key, load_published)
        key.verify(decode_base58(str(proof["proofValue"])), hashes.combined)
    return "signature holds"


def _judged(data: bytes) -> str:
    report = verify(data, materials=generous(data, SHARED), policy=Policy(), at=AT)
    bad = [check.code for check in report.checks if check.outcome in {Outcome.FAIL, Outcome.UNKNOWN}]
    return f"`{report.verdict.value}`" + (f" (`{bad[0]}`)" if bad else "")


def sample(name: str) -> str:
    """A document of 1EdTech's: whether its signature holds, and what the whole pipeline says."""
    data = (VECTORS / name).read_bytes()
    found = read(data)
    assert isinstance(found, Document)
    return f"{_own_signature(found)}; {_judged(data)}"


def _own_signature(found: Document) -> str:
    try:
        if found.envelope is None:
            return _signature_holds(found.content)
        jwk = found.envelope.jws.header.get("jwk")
        if not isinstance(jwk, dict):
            return "its key lies at an address"
        jws.verify(found.envelope.jws, key_from_jwk(jwk), {KeyType.RSA})
    except CredentialError as error:
        return f"signature refused: `{error.code}`"
    return "signature holds"


def sd_jwt_vc(name: str) -> str:
    text = "".join((VECTORS / name).read_text(encoding="utf-8").split())
    token = json.loads(text[text.index("{") :])["credentials"][0]["credential"]
    settings = (VECTORS / "sd-jwt/sd-jwt-vc-examples/settings.yml").read_text(encoding="utf-8")
    issuer = settings.partition("holder_key")[0]
    jwk = {
        member: re.findall(rf"\n        {member}: (\S+)", issuer)[0] for member in ("kty", "crv", "x", "y")
    }
    content = sd_jwt.verify(token, key_from_jwk(parse_object(json.dumps(jwk).encode())))
    return f"verified; {len(content)} claims shown; {_judged(token.encode())}"


_RUNNERS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("vc-di-eddsa/proof-set-chain/", proof_set),
    ("vc-di-ecdsa/ecdsa-sd-2023/prc/add", sd_base),
    ("vc-di-ecdsa/ecdsa-sd-2023/employ/add", sd_base),
    ("vc-di-ecdsa/ecdsa-sd-2023/", proof_set),
    ("vc-di-", w3c),
    ("rfc8032/", rfc8032),
    ("rfc8785/", rfc8785),
    ("jcs/", jcs),
    ("did-key/", did_keys),
    ("bitstring-status-list/", bitstrings),
    ("rdf-canon", rdf_canon),
    ("openid4vci-1.0-examples/", sd_jwt_vc),
    ("ob3-1edtech-validator/", sample),
    ("clr2-1edtech-validator/", sample),
)


def cases() -> Iterator[Case]:
    """Give every case of ``check.py``, in its order."""
    for result in load("MANIFEST.json")["results"]:
        name = result["case"]
        yield Case(name, next(run for prefix, run in _RUNNERS if name.startswith(prefix)))


def row(case: Case) -> str:
    return f"| {case.name} | {case.run(case.name)} |"


def table() -> str:
    return TABLE_HEAD + "".join(f"{row(case)}\n" for case in cases())


def write() -> None:
    head = PAGE.read_text(encoding="utf-8").partition(TABLE_HEAD)[0]
    PAGE.write_text(head + table(), encoding="utf-8")


if __name__ == "__main__":
    write()
