"""What can be wrong with a token, or with the envelope that holds one."""

from enum import StrEnum

from credentials.errors import CredentialError
from credentials.report import Sentence


class EnvelopeCode(StrEnum):
    """Why a token cannot be read, accepted or made; reports repeat the ``parse.…`` and ``proof.…`` codes."""

    TOKEN_MALFORMED = "parse.token_malformed"  # noqa: S105 - a code, not a secret
    DISCLOSURE = "parse.disclosure"
    DIGEST_ALGORITHM = "parse.digest_algorithm"
    ENVELOPE_MALFORMED = "parse.envelope_malformed"
    ENVELOPE_MEDIA_TYPE = "parse.envelope_media_type"
    ENVELOPE_NESTED = "parse.envelope_nested"
    HEADER = "proof.token_header"
    TYPE = "proof.token_type"
    UNSIGNED = "proof.token_unsigned"
    ALGORITHM = "proof.token_algorithm"
    KEY_ALGORITHM = "proof.token_key_algorithm"
    CERTIFICATE = "proof.token_certificate"
    OLDER_FORM = "proof.token_older_form"
    CLAIM_MISSING = "proof.claim_missing"
    CLAIM_MALFORMED = "proof.claim_malformed"
    CLAIMS_DIFFER = "proof.claims_differ"
    KEY_BINDING = "proof.key_binding"
    HOLDER_KEY = "proof.holder_key"
    AUDIENCE = "proof.domain"
    QUESTION = "proof.challenge"
    AUDIENCE_DIFFERS = "proof.domain_differs"
    QUESTION_DIFFERS = "proof.challenge_differs"
    SIGNER = "envelope.signer"
    SUBJECT = "envelope.subject"
    VALID_FROM = "envelope.valid_from"


class EnvelopeError(CredentialError):
    """A token is malformed, says something else than it must, or cannot be made.

    Attributes:
        code: Which fault, stable.
        where: JSON pointer into the token's header or payload, or None.
        detail: What exactly was found, in English; no personal data.
    """

    def _sentence(self) -> Sentence:
        return Sentence(
            "Le jeton est mal formé, ou ne peut pas être employé pour cette attestation.",
            "The token is malformed, or cannot be used for this credential.",
        )
