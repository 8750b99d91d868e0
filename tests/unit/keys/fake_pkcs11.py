"""The few calls of a token's library that we make, answered without one: for machines that have none.

The real library is tested in ``tests/functional/test_tokens.py``.
"""

from collections.abc import Iterator
from typing import Any, Self

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, ObjectClass
from pkcs11.types import SignMixin

PIN = "482619"
LABEL = "essai"

_CURVES: dict[str, tuple[ec.EllipticCurve, SHA256 | SHA384]] = {
    "06082a8648ce3d030107": (ec.SECP256R1(), SHA256()),
    "06052b81040022": (ec.SECP384R1(), SHA384()),
}


class FakeObject(SignMixin):
    """A public or a private key."""

    def __init__(self, key: Any, values: dict[Attribute, Any]) -> None:
        self.private = key
        self.values = values
        self.trouble: Exception | None = None

    def __getitem__(self, key: Attribute) -> Any:
        return self.values[key]

    def __setitem__(self, key: Attribute, value: Any) -> None:
        self.values[key] = value

    def sign(self, data: Any, **_kwargs: Any) -> bytes:
        if self.trouble is not None:
            raise self.trouble
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(data)
        digest = SHA256() if len(data) == 32 else SHA384()
        r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(Prehashed(digest))))
        return r.to_bytes(len(data), "big") + s.to_bytes(len(data), "big")


class FakeToken:
    """A token, its sessions, and the curves of both."""

    def __init__(self) -> None:
        self.objects: list[FakeObject] = []
        self.logged_in = False
        self.wrapped = True
        self.extractable = False
        self.trouble: dict[str, Exception] = {}
        self._parameters = ""

    def get_token(self, *, token_label: str) -> "FakeToken":
        if token_label != LABEL:
            raise pkcs11.NoSuchToken
        self._meet("get_token")
        return self

    def open(self, *, user_pin: str | None = None, **_rw: bool) -> "FakeToken":
        self._meet("open")
        if user_pin is not None and self.logged_in:
            raise pkcs11.UserAlreadyLoggedIn
        if user_pin not in {None, PIN}:
            raise pkcs11.PinIncorrect
        self.logged_in = self.logged_in or user_pin is not None
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def get_objects(self, attributes: dict[Attribute, Any]) -> Iterator[FakeObject]:
        return iter([each for each in self.objects if attributes.items() <= each.values.items()])

    def get_key(self, kind: ObjectClass, _key_type: object, label: str) -> FakeObject:
        wanted = {Attribute.CLASS: kind, Attribute.LABEL: label}
        found = next(self.get_objects(wanted), None)
        if found is None:
            raise pkcs11.NoSuchKey
        return found

    def create_domain_parameters(
        self, _kind: object, attributes: dict[Attribute, Any], **_local: bool
    ) -> Any:
        self._parameters = attributes[Attribute.EC_PARAMS].hex()
        return self

    def generate_keypair(self, *, label: str, **_kwargs: Any) -> tuple[FakeObject, FakeObject]:
        self._meet("generate")
        key, point = _made(self._parameters)
        value = bytes([4, len(point)]) + point if self.wrapped else point
        public = FakeObject(
            None,
            {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.LABEL: label, Attribute.EC_POINT: value},
        )
        private = FakeObject(
            key,
            {
                Attribute.CLASS: ObjectClass.PRIVATE_KEY,
                Attribute.LABEL: label,
                Attribute.SENSITIVE: True,
                Attribute.EXTRACTABLE: self.extractable,
            },
        )
        self.objects += [public, private]
        return public, private

    def _meet(self, act: str) -> None:
        if act in self.trouble:
            raise self.trouble[act]


def _made(parameters: str) -> tuple[Any, bytes]:
    if parameters not in _CURVES:
        edwards = Ed25519PrivateKey.generate()
        return edwards, edwards.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    curve, _digest = _CURVES[parameters]
    key = ec.generate_private_key(curve)
    return key, key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
