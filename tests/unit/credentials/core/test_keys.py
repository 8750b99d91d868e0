"""Multibase, Multikey and did:key: one text for one key, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials import did_key
from credentials.errors import ErrorCode, KeyFormatError, SignatureMismatchError
from credentials.multibase import (
    decode_base58,
    decode_base64url,
    encode_base58,
    encode_base64url,
)
from credentials.multikey import KeyType, PublicKey
from tests.support.credentials import OTHER_SIGNER, TEST_KEY, TEST_SIGNER


@given(st.binary(max_size=80))
def test_base58_and_base64url_read_back_what_they_wrote(data: bytes) -> None:
    assert decode_base58(encode_base58(data)) == data
    assert decode_base64url(encode_base64url(data)) == data


@given(st.text("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", max_size=60))
def test_every_base58_text_is_the_only_one_of_its_bytes(body: str) -> None:
    assert encode_base58(decode_base58("z" + body)) == "z" + body


@pytest.mark.parametrize(
    "text", ["", "Z6Mk", "m6Mk", "z0", "zO", "zI", "zl", "z6Mk ", "z6Mk\n", "zé", "z" + "1" * 2000]
)
def test_base58_refuses(text: str) -> None:
    with pytest.raises(KeyFormatError):
        decode_base58(text)


@pytest.mark.parametrize("text", ["", "QQ", "uQQ==", "uQ", "uQR", "uQ+8", "uQ/8", "uQQ\n", "uéé"])
def test_base64url_refuses(text: str) -> None:
    with pytest.raises(KeyFormatError):
        decode_base64url(text)


def test_a_key_is_its_multibase_text_and_back() -> None:
    assert TEST_KEY.multibase.startswith("z6Mk")
    assert PublicKey.from_multibase(TEST_KEY.multibase) == TEST_KEY


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ErrorCode.KEY_TYPE),
        (b"\xed", ErrorCode.KEY_TYPE),
        (b"\xed\x01" + bytes(31), ErrorCode.KEY_LENGTH),
        (b"\xed\x01" + bytes(33), ErrorCode.KEY_LENGTH),
        (b"\x80\x24" + bytes(32), ErrorCode.KEY_LENGTH),
        (b"\x81\x24" + bytes(33), ErrorCode.KEY_LENGTH),
        (b"\x85\x24" + bytes(270), ErrorCode.KEY_TYPE),
        (b"\xec\x01" + bytes(32), ErrorCode.KEY_TYPE),
    ],
)
def test_a_key_of_another_type_or_length_is_refused(data: bytes, code: ErrorCode) -> None:
    with pytest.raises(KeyFormatError) as caught:
        PublicKey.from_multibase(encode_base58(data))
    assert caught.value.code is code


def test_a_key_is_never_read_from_another_multibase() -> None:
    with pytest.raises(KeyFormatError):
        PublicKey.from_multibase(encode_base64url(b"\xed\x01" + TEST_KEY.raw))


@given(st.binary(max_size=64))
def test_only_the_keys_own_signature_over_the_message_verifies(message: bytes) -> None:
    signature = TEST_SIGNER.sign(message)
    TEST_KEY.verify(signature, message)
    for key, other, text in (
        (OTHER_SIGNER.key, signature, message),
        (TEST_KEY, signature, message + b"."),
        (TEST_KEY, signature[:-1], message),
        (TEST_KEY, signature + b"\0", message),
        (TEST_KEY, bytes(64), message),
    ):
        with pytest.raises(SignatureMismatchError):
            key.verify(other, text)


def test_a_second_writing_of_the_same_signature_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    signature = TEST_SIGNER.sign(b"")
    malleated = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    with pytest.raises(SignatureMismatchError):
        TEST_KEY.verify(malleated, b"")


def test_did_key_is_the_key() -> None:
    method = did_key.verification_method_for(TEST_KEY)
    assert method == f"{did_key.did_for(TEST_KEY)}#{TEST_KEY.multibase}"
    assert did_key.resolve(method) == TEST_KEY


@pytest.mark.parametrize(
    "method",
    [
        "",
        "did:key:",
        "did:key:#",
        f"did:key:{TEST_KEY.multibase}",
        f"did:key:{TEST_KEY.multibase}#",
        f"did:key:{TEST_KEY.multibase}#key-1",
        f"did:key:{TEST_KEY.multibase}#{OTHER_SIGNER.key.multibase}",
        f"did:key:{TEST_KEY.multibase}?x#{TEST_KEY.multibase}",
        f"did:key:{TEST_KEY.multibase}#{TEST_KEY.multibase}#{TEST_KEY.multibase}",
        f"did:web:{TEST_KEY.multibase}#{TEST_KEY.multibase}",
        f"DID:key:{TEST_KEY.multibase}#{TEST_KEY.multibase}",
        f" did:key:{TEST_KEY.multibase}#{TEST_KEY.multibase}",
    ],
)
def test_any_other_did_url_is_refused(method: str) -> None:
    with pytest.raises(KeyFormatError):
        did_key.resolve(method)


def test_every_key_type_has_its_own_prefix() -> None:
    assert len({key_type.prefix for key_type in KeyType}) == len(KeyType)
