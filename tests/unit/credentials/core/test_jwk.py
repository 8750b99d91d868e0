"""Keys as JWKs, and RSA keys: one that is read has the length and the type that it says, or it is refused."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credentials import multikey
from credentials.errors import ErrorCode, KeyFormatError, SignatureMismatchError
from credentials.json_input import JsonObject
from credentials.jwk import jwk_of, key_from_jwk
from credentials.multikey import MAX_RSA_BITS, MIN_RSA_BITS, KeyType, PublicKey, rsa_key
from tests.support.credentials import TEST_KEY
from tests.support.signers import P256_SIGNER, P384_SIGNER

RSA_PRIVATE: Final = rsa.generate_private_key(public_exponent=65537, key_size=MIN_RSA_BITS)
NUMBERS: Final = RSA_PRIVATE.public_key().public_numbers()
RSA_KEY: Final = rsa_key(NUMBERS.n, NUMBERS.e)
CURVE_KEYS: Final = [TEST_KEY, P256_SIGNER.key, P384_SIGNER.key]
NO_POINT: Final = PublicKey(KeyType.P256, b"\x02" + b"\xff" * 32)
"""Right in length; no point of the curve has such an x."""


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def changed(key: PublicKey, **members: str | None) -> JsonObject:
    """Write the key's JWK with members replaced, or left out."""
    return {name: value for name, value in {**jwk_of(key), **members}.items() if value is not None}


@pytest.mark.parametrize("key", CURVE_KEYS, ids=lambda key: key.type.name)
def test_a_key_of_a_curve_is_its_jwk_and_back(key: PublicKey) -> None:
    assert key_from_jwk(jwk_of(key)) == key


def test_an_rsa_key_is_read_from_its_two_numbers_and_not_written() -> None:
    jwk: JsonObject = {
        "kty": "RSA",
        "n": text(NUMBERS.n.to_bytes(MIN_RSA_BITS // 8, "big")),
        "e": text(NUMBERS.e.to_bytes(3, "big")),
    }
    assert key_from_jwk(jwk) == RSA_KEY
    with pytest.raises(KeyFormatError) as caught:
        jwk_of(RSA_KEY)
    assert caught.value.code is ErrorCode.KEY_TYPE


def test_a_key_that_is_no_point_of_its_curve_is_never_written_and_verifies_nothing() -> None:
    for refused in (lambda: jwk_of(NO_POINT), lambda: NO_POINT.verify(bytes(64), b"")):
        with pytest.raises(KeyFormatError) as caught:
            refused()
        assert caught.value.code is ErrorCode.KEY_INVALID


@pytest.mark.parametrize("key", [P256_SIGNER.key, P384_SIGNER.key], ids=lambda key: key.type.name)
@pytest.mark.parametrize("member", ["x", "y"])
def test_each_coordinate_is_as_long_as_the_field(key: PublicKey, member: str) -> None:
    coordinate = urlsafe_b64decode(f"{jwk_of(key)[member]}==")
    for other in (coordinate[1:], b"\0" + coordinate):
        with pytest.raises(KeyFormatError) as caught:
            key_from_jwk(changed(key, **{member: text(other)}))
        assert caught.value.code is ErrorCode.KEY_LENGTH


def test_coordinates_off_the_curve_are_refused() -> None:
    with pytest.raises(KeyFormatError) as caught:
        key_from_jwk(changed(P256_SIGNER.key, y=text(bytes(32))))
    assert caught.value.code is ErrorCode.KEY_INVALID


@pytest.mark.parametrize("crv", ["P-521", "secp256k1", None])
def test_another_curve_or_none_is_another_type(crv: str | None) -> None:
    with pytest.raises(KeyFormatError) as caught:
        key_from_jwk(changed(P256_SIGNER.key, crv=crv))
    assert caught.value.code is ErrorCode.KEY_TYPE


# RSA


def test_only_an_rsa_key_s_own_signature_over_the_message_verifies() -> None:
    signature = RSA_PRIVATE.sign(b"message", padding.PKCS1v15(), SHA256())
    RSA_KEY.verify(signature, b"message")
    for other, message in ((signature, b"massage"), (signature[:-1], b"message"), (bytes(256), b"message")):
        with pytest.raises(SignatureMismatchError):
            RSA_KEY.verify(other, message)


@pytest.mark.parametrize("bits", [1, MIN_RSA_BITS - 1, MAX_RSA_BITS + 1])
def test_an_rsa_modulus_shorter_or_longer_than_accepted_is_refused(bits: int) -> None:
    with pytest.raises(KeyFormatError) as caught:
        rsa_key((1 << (bits - 1)) + 1, 65537)
    assert caught.value.code is ErrorCode.KEY_LENGTH


@pytest.mark.parametrize("exponent", [0, 1, 2, NUMBERS.n], ids=["0", "1", "2", "n"])
def test_an_exponent_that_signs_nothing_is_refused(exponent: int) -> None:
    with pytest.raises(KeyFormatError) as caught:
        rsa_key(NUMBERS.n, exponent)
    assert caught.value.code is ErrorCode.KEY_INVALID


def test_an_rsa_key_has_no_multikey_form() -> None:
    with pytest.raises(KeyFormatError) as caught:
        _ = RSA_KEY.multibase
    assert caught.value.code is ErrorCode.KEY_TYPE


CURVE_DER = (
    ec.derive_private_key(1, ec.SECP256R1())
    .public_key()
    .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
)


@pytest.mark.parametrize(
    "der",
    [b"", b"\x30\x00", RSA_KEY.raw[:-1], CURVE_DER],
    ids=["nothing", "an empty sequence", "a cut key", "a key of a curve"],
)
def test_bytes_that_hold_no_rsa_key_are_never_used_as_one(der: bytes) -> None:
    with pytest.raises(KeyFormatError) as caught:
        PublicKey(KeyType.RSA, der).verify(bytes(256), b"")
    assert caught.value.code is ErrorCode.KEY_INVALID


FIELD = 2**255 - 19
SIGN = 1 << 255


@pytest.mark.parametrize("y", [0, 1, FIELD - 1, FIELD, FIELD + 1, 1 | SIGN, 2**255 - 1])
def test_an_ed25519_key_of_small_order_or_in_another_spelling_does_not_exist(y: int) -> None:
    with pytest.raises(KeyFormatError) as caught:
        PublicKey(KeyType.ED25519, y.to_bytes(32, "little"))
    assert caught.value.code is ErrorCode.KEY_INVALID


def test_under_a_key_of_small_order_the_library_takes_one_signature_for_every_message() -> None:
    neutral = (1).to_bytes(32, "little")
    for message in (b"", b"any other"):
        multikey._verify_ed25519(neutral, neutral + bytes(32), message)


def test_ed25519_bytes_that_the_library_does_not_take_are_a_typed_error() -> None:
    """A key that exists has the right length, so this is the library's refusal alone."""
    with pytest.raises(KeyFormatError) as caught:
        multikey._verify_ed25519(bytes(31), bytes(64), b"")
    assert caught.value.code is ErrorCode.KEY_INVALID
