"""Signing keys in a token, over PKCS #11: made inside it, never leaving it.

Tried against SoftHSM 2; nothing here is particular to it. A token signs a digest or a text that it is given
and says nothing else: what may be signed is decided before.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256, sha384
from pathlib import Path
from typing import Final

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11 import KeyType as TokenKeyType
from pkcs11.types import SignMixin

from credentials.errors import KeyFormatError
from credentials.multikey import KeyType, PublicKey
from keys.errors import KeyStoreError, KeyUnreadableError, PassphraseError
from keys.private_key import SIGNING_TYPES

_DER_OCTETS: Final = 0x04


@dataclass(frozen=True, slots=True)
class _Form:
    """How a token makes keys of a type and signs with them.

    Attributes:
        kind: The token's own type.
        parameters: DER of the curve's object identifier.
        mechanism: What signs.
        point: Length of the public point as tokens give it, in bytes.
        curve: Of ECDSA, the curve; None for Ed25519.
    """

    kind: TokenKeyType
    parameters: bytes
    mechanism: Mechanism
    point: int
    curve: ec.EllipticCurve | None = None

    def signed(self, data: bytes) -> bytes:
        """Give what the token is handed: ECDSA signs a digest, which it does not make itself."""
        if self.curve is None:
            return data
        return (sha256 if isinstance(self.curve, ec.SECP256R1) else sha384)(data).digest()


_FORMS: Final = {
    KeyType.ED25519: _Form(TokenKeyType.EC_EDWARDS, bytes.fromhex("06032b6570"), Mechanism.EDDSA, 32),
    KeyType.P256: _Form(
        TokenKeyType.EC, bytes.fromhex("06082a8648ce3d030107"), Mechanism.ECDSA, 65, ec.SECP256R1()
    ),
    KeyType.P384: _Form(
        TokenKeyType.EC, bytes.fromhex("06052b81040022"), Mechanism.ECDSA, 97, ec.SECP384R1()
    ),
}


class TokenSigner:
    """Signs with a key in a token; has the shape of ``credentials.proofs.api.Signer``."""

    __slots__ = ("_key", "_where", "public_key", "verification_method")

    def __init__(self, key: SignMixin, public_key: PublicKey, verification_method: str, where: str) -> None:
        self._key = key
        self._where = where
        self.public_key = public_key
        self.verification_method = verification_method

    @property
    def algorithm(self) -> str:
        """The type of the key: ``Ed25519``, ``P-256`` or ``P-384``."""
        return self.public_key.type.algorithm

    def sign(self, data: bytes) -> bytes:
        """Sign bytes inside the token.

        Args:
            data: What to sign, whole.

        Returns:
            64 bytes for Ed25519; for ECDSA r and s, each as long as the curve's field.

        Raises:
            KeyStoreError: ``token.gone`` or ``token.failed``.

        Spec: PKCS #11 v3.0, sections 2.3.6 (ECDSA without hashing) and 2.3.15 (EdDSA).
        """
        form = _FORMS[self.public_key.type]
        with _told(self._where):
            signature = self._key.sign(form.signed(data), mechanism=form.mechanism)
        return bytes(signature)

    def __repr__(self) -> str:
        return f"TokenSigner({self.verification_method!r})"


class Pkcs11Token:
    """One token, found by its label; a session is opened when it is first needed.

    Args:
        module: The PKCS #11 library of the token's maker.
        label: The token's label.
        pin: Asks for the PIN of its user, once.
    """

    __slots__ = ("_label", "_module", "_pin", "_session")

    def __init__(self, module: Path, label: str, pin: Callable[[], str]) -> None:
        self._module = module
        self._label = label
        self._pin = pin
        self._session: pkcs11.Session | None = None

    def make(self, name: str, key_type: KeyType) -> PublicKey:
        """Make a key in the token; one of that name, which the ledger does not know, gets another label.

        Args:
            name: The key's name, new in the ledger; the label under which the token keeps it.
            key_type: One of :data:`keys.private_key.SIGNING_TYPES`.

        Returns:
            The public half.

        Raises:
            KeyStoreError: ``key.type``; ``token.exportable`` when the token would give the key out; or the
                token cannot be used (``token.…``).
        """
        form = _FORMS.get(key_type)
        if form is None:
            raise KeyStoreError(
                "key.type",
                f"no signing key is made of type {key_type.algorithm}",
                where=self._label,
                remedy="one of: " + ", ".join(known.algorithm for known in SIGNING_TYPES),
            )
        session = self._opened()
        with _told(self._label):
            for orphan in session.get_objects({Attribute.LABEL: name}):
                orphan[Attribute.LABEL] = f"{name}.orphan"
            curve = session.create_domain_parameters(
                form.kind, {Attribute.EC_PARAMS: form.parameters}, local=True
            )
            public, private = curve.generate_keypair(
                store=True,
                label=name,
                id=name.encode(),
                private_template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
            )
            kept_in = private[Attribute.SENSITIVE] and not private[Attribute.EXTRACTABLE]
        if not kept_in:
            raise KeyStoreError(
                "token.exportable",
                "the token made a key that could leave it; it is not used",
                where=self._label,
                remedy="set the token up so that private keys are sensitive and cannot be extracted",
            )
        return self._public(public, key_type)

    def open(self, name: str, verification_method: str, expected: PublicKey) -> TokenSigner:
        """Open a key and check that it is the one that the ledger publishes.

        Args:
            name: The key's name, its label in the token.
            verification_method: The DID URL that proofs will name.
            expected: The public half in the ledger.

        Raises:
            KeyUnreadableError: ``key.missing`` or ``key.other``.
            PassphraseError: ``token.pin_wrong`` or ``token.pin_locked``.
            KeyStoreError: The token cannot be used (``token.…``).
        """
        form = _FORMS[expected.type]
        session = self._opened()
        try:
            with _told(self._label):
                public = session.get_key(ObjectClass.PUBLIC_KEY, form.kind, name)
                private = session.get_key(ObjectClass.PRIVATE_KEY, form.kind, name)
        except _MissingError as error:
            raise KeyUnreadableError(
                "key.missing",
                "the token holds no key of this name and type",
                where=f"{self._label}: {name}",
                remedy="plug in the token that holds it, or make a new key with: parchemin keys rotate",
            ) from error
        assert isinstance(private, SignMixin)
        if self._public(public, expected.type) != expected:
            raise KeyUnreadableError(
                "key.other",
                "the token's key is not the one that the DID document publishes under this name",
                where=f"{self._label}: {name}",
                remedy="plug in the right token; a new key is made with: parchemin keys rotate",
            )
        return TokenSigner(private, expected, verification_method, self._label)

    def holds(self, name: str) -> bool:
        """Say whether a key of this name can be seen, without a PIN; a token out of reach holds none."""
        try:
            with _told(self._label), self._token().open() as session:
                return any(True for _key in session.get_objects({Attribute.LABEL: name}))
        except KeyStoreError:
            return False

    def _opened(self) -> pkcs11.Session:
        if self._session is None:
            token = self._token()
            try:
                with _told(self._label):
                    self._session = token.open(rw=True, user_pin=self._pin())
            except _LoggedInError:
                # The PIN was given in this process before: it holds for every session of it.
                with _told(self._label):
                    self._session = token.open(rw=True)
        return self._session

    def _token(self) -> pkcs11.Token:
        try:
            library = pkcs11.lib(str(self._module))
        except RuntimeError as error:
            raise KeyStoreError(
                "token.module",
                "the PKCS #11 library cannot be loaded",
                where="PARCHEMIN_PKCS11_MODULE",
                remedy="give the path of the shared library of the token's maker, and check that it is "
                "readable",
            ) from error
        with _told(self._label):
            found: pkcs11.Token = library.get_token(token_label=self._label)
        return found

    def _public(self, key: pkcs11.Object, key_type: KeyType) -> PublicKey:
        form = _FORMS[key_type]
        with _told(self._label):
            point = bytes(key[Attribute.EC_POINT])
        if len(point) == form.point + 2 and point[0] == _DER_OCTETS:
            # The standard wraps it in an octet string; some tokens do not.
            point = point[2:]
        try:
            if form.curve is None:
                return PublicKey(key_type, point)
            whole = ec.EllipticCurvePublicKey.from_encoded_point(form.curve, point)
            return PublicKey(key_type, whole.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
        except (ValueError, KeyFormatError) as error:
            raise KeyUnreadableError(
                "key.damaged",
                "the token gives something else than a public key of this type",
                where=self._label,
                remedy="restore the token from its backup, or make a new key with: parchemin keys rotate",
            ) from error


class _MissingError(KeyStoreError):
    """No key of this name."""


class _LoggedInError(KeyStoreError):
    """The PIN was given already in this process."""


_WRONG_PIN: Final = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)
_LOCKED: Final = (pkcs11.PinLocked, pkcs11.PinExpired)
_GONE: Final = (
    pkcs11.DeviceRemoved,
    pkcs11.TokenNotPresent,
    pkcs11.SessionClosed,
    pkcs11.SessionHandleInvalid,
    pkcs11.ObjectHandleInvalid,
    pkcs11.KeyHandleInvalid,
)


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Say what the token says, in a sentence with what to do."""
    try:
        yield
    except pkcs11.NoSuchKey as error:
        raise _MissingError("key.missing", "no such key", where=where, remedy="") from error
    except pkcs11.UserAlreadyLoggedIn as error:
        raise _LoggedInError("token.failed", "the PIN was given already", where=where, remedy="") from error
    except pkcs11.NoSuchToken as error:
        raise KeyStoreError(
            "token.missing",
            "no token of this label is plugged in",
            where=where,
            remedy="plug it in, or set PARCHEMIN_PKCS11_TOKEN to the label of the one that is there",
        ) from error
    except pkcs11.MultipleTokensReturned as error:
        raise KeyStoreError(
            "token.ambiguous",
            "several tokens bear this label",
            where=where,
            remedy="leave one of them plugged in, or give each a label of its own",
        ) from error
    except _WRONG_PIN as error:
        raise PassphraseError(
            "token.pin_wrong",
            "the token refuses the PIN; it locks itself after a few more tries",
            where=where,
            remedy="check the file that PARCHEMIN_PKCS11_PIN_FILE names before you try again",
        ) from error
    except _LOCKED as error:
        raise PassphraseError(
            "token.pin_locked",
            "the token's PIN is locked or has expired",
            where=where,
            remedy="let the token's security officer unlock it",
        ) from error
    except _GONE as error:
        raise KeyStoreError(
            "token.gone",
            "the token was taken out, or its key is no longer there",
            where=where,
            remedy="plug the token in and run the same command again",
        ) from error
    except pkcs11.PKCS11Error as error:
        raise KeyStoreError(
            "token.failed",
            f"the token could not do it ({type(error).__name__})",
            where=where,
            remedy="check the token with the tool of its maker; it must know the keys' type and mechanism",
        ) from error
