"""RFC 8032's signatures and the did:key method's Ed25519 documents."""

import json
from pathlib import Path
from typing import Any

from credentials import did_key
from credentials.multibase import decode_base58, encode_base58
from credentials.multikey import KeyType, PublicKey
from tests.support.credentials import SeedSigner


def test_rfc_8032_both_ways(shared: Path) -> None:
    cases = json.loads((shared / "standards/vectors/rfc8032/ed25519.json").read_bytes())["vectors"]
    assert cases
    for case in cases:
        key = PublicKey(KeyType.ED25519, bytes.fromhex(case["public"]))
        message, signature = bytes.fromhex(case["message"]), bytes.fromhex(case["signature"])
        signer = SeedSigner(bytes.fromhex(case["secret"]))
        assert signer.key == key, case["name"]
        assert signer.sign(message) == signature, case["name"]
        key.verify(signature, message)


def test_did_key_documents_of_ed25519(shared: Path) -> None:
    cases: dict[str, Any] = json.loads(
        (shared / "standards/vectors/did-key/ed25519-x25519.json").read_bytes()
    )
    assert cases
    for did, case in cases.items():
        identifier = did.removeprefix("did:key:")
        key = did_key.resolve(f"{did}#{identifier}")
        assert did_key.did_for(key) == did
        pair = case["verificationKeyPair"]
        if "publicKeyBase58" in pair:
            assert decode_base58("z" + pair["publicKeyBase58"]) == key.raw
            assert encode_base58(key.raw) == "z" + pair["publicKeyBase58"]
        assert SeedSigner(bytes.fromhex(case["seed"])).key == key
