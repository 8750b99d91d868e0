"""Who signed a document that came in a token, and whether it is unchanged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from credentials.authenticity import Authenticity, ProofExamination, examine
from credentials.canonical.guard import check_text
from credentials.document import Document
from credentials.errors import CredentialError, KeyFormatError
from credentials.issuer_keys import dated
from credentials.json_input import JsonObject, without
from credentials.materials import Materials
from credentials.messages import answer, code_of
from credentials.multikey import PublicKey
from credentials.report import Check, Outcome
from credentials.securing import jws, jwt_claims, open_badges_jwt, sd_jwt, vc_jose
from credentials.securing.envelope import Envelope, Profile
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from credentials.securing.proof_options import ASSERTION, Expectation
from credentials.token_keys import find_token_key

_KEY_TYPES: Final = {
    Profile.VC_JOSE: vc_jose.KEY_TYPES,
    Profile.OPEN_BADGES: open_badges_jwt.KEY_TYPES,
    Profile.SD_JWT: sd_jwt.KEY_TYPES,
}
_AUDIENCE: Final = "notice.token_audience"


def examine_received(
    received: Document, *, issuer: str, materials: Materials, at: datetime, expected: Expectation = ASSERTION
) -> Authenticity:
    """Examine a document's contexts once, then the token it came in, and every proof in it.

    Args:
        received: The document; its form has been examined.
        issuer: The identifier of who must have signed: the only one whose keys count.
        materials: DID documents, and what lies at the addresses of keys.
        at: The instant of the check, aware.
        expected: What token and proofs must state.

    Returns:
        Both answers; the token and all embedded proofs must hold.

    Spec: VC-JOSE-COSE, section 5.4; Open Badges 3.0, section 8.2.5; SD-JWT VC, section 3.4.
    """
    content, envelope = received.content, received.envelope
    if envelope is None:
        return examine(content, issuer=issuer, materials=materials, at=at, expected=expected)
    asked = _Question(content, envelope, issuer, materials, at, expected)
    if envelope.profile is Profile.SD_JWT:
        examined, notices = asked.examine()
        return Authenticity(answer("contexts.none"), (examined,), notices)
    try:
        unsecured = without(content, "proof")
        defined = check_text(unsecured, materials.loader)
    except CredentialError as error:
        code = code_of(error)
        reported = code if code.startswith("contexts.") else "contexts.invalid"
        return Authenticity(answer(reported, where=error.where))
    examined, notices = asked.examine()
    notices = notices if defined else (*notices, "notice.undefined_words")
    if "proof" not in content:
        return Authenticity(answer("contexts.ok"), (examined,), notices)
    inner = examine(content, issuer=issuer, materials=materials, at=at, expected=expected)
    proofs = (examined, *inner.proofs) if inner.proofs else ()
    return Authenticity(inner.contexts, proofs, notices, inner.work)


@dataclass(frozen=True, slots=True)
class _Question:
    """One token, and what is asked of it."""

    content: JsonObject
    envelope: Envelope
    issuer: str
    materials: Materials
    at: datetime
    expected: Expectation

    def examine(self) -> tuple[ProofExamination, tuple[str, ...]]:
        """Give what the token is worth, and the leniencies of its reading."""
        profile = self.envelope.profile
        try:
            notices = (profile.value, *self._check_form(), *self._check_audience())
            signed = jwt_claims.instant(self.envelope.claims, "iat")
            starts, expires = self._bounds()
        except CredentialError as error:
            unread = ProofExamination(answer(_proof_code(error), where=error.where), answer("key.not_run"))
            return unread, (profile.value,)
        header = self.envelope.jws.header
        found = find_token_key(header, self.expected.purpose, issuer=self.issuer, materials=self.materials)
        if found.key is None:
            unchecked = ProofExamination(answer("proof.key_unavailable"), found.answer, expires, starts)
            return unchecked, notices
        key = dated(found, signed or self.at, self.at)
        signature = self._verify(found.key.key)
        return ProofExamination(signature, key, expires, starts), (*notices, *self._bound(signature))

    def _check_form(self) -> tuple[str, ...]:
        envelope = self.envelope
        if envelope.sd_jwt is not None:
            sd_jwt.check(envelope.sd_jwt, self.content)
            return ()
        if envelope.profile is Profile.VC_JOSE:
            return vc_jose.check(envelope, self.content)
        if envelope.profile is Profile.OPEN_BADGES:
            return open_badges_jwt.check(envelope, self.content)
        raise EnvelopeError(EnvelopeCode.OLDER_FORM)

    def _check_audience(self) -> tuple[str, ...]:
        """For whom, and in answer to what, the token was made; what nobody asked for we cannot judge."""
        if self.envelope.profile is Profile.SD_JWT:
            return ()
        claims, expected = self.envelope.claims, self.expected
        jwt_claims.check_audience(claims, expected.domain, expected.challenge)
        if "nonce" in claims and expected.challenge is None:
            raise EnvelopeError(EnvelopeCode.QUESTION, where="/nonce")
        named = set(jwt_claims.texts(claims, "aud"))
        if not named or expected.domain:
            return ()
        if named != {jwt_claims.subject_id_of(self.content)}:
            raise EnvelopeError(EnvelopeCode.AUDIENCE, where="/aud")
        return (_AUDIENCE,)

    def _bounds(self) -> tuple[datetime | None, datetime | None]:
        """Give when the signature begins and ceases to hold; for Open Badges the document says so itself."""
        claims = self.envelope.claims
        starts, expires = jwt_claims.instant(claims, "nbf"), jwt_claims.instant(claims, "exp")
        return (None, None) if self.envelope.profile is Profile.OPEN_BADGES else (starts, expires)

    def _verify(self, key: PublicKey) -> Check:
        found, expected = self.envelope.sd_jwt, self.expected
        try:
            jws.verify(self.envelope.jws, key, _KEY_TYPES[self.envelope.profile])
            if found is not None and (found.binding is not None or expected.challenge is not None):
                sd_jwt.verify_binding(found, self.content, expected.domain, expected.challenge)
        except CredentialError as error:
            return answer(_proof_code(error), where=error.where)
        return answer("proof.ok")

    def _bound(self, signature: Check) -> tuple[str, ...]:
        found = self.envelope.sd_jwt
        held = found is not None and found.binding is not None and signature.outcome is Outcome.PASS
        return ("notice.key_bound",) if held else ()


def _proof_code(error: CredentialError) -> str:
    if isinstance(error, KeyFormatError):
        return "proof.not_computable"
    code = code_of(error)
    # What a key binding cannot be read for is a fault of the proof: the document itself was read.
    return code if code.startswith("proof.") else "proof.malformed"
