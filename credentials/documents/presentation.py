"""The VerifiablePresentation that Parchemin builds: values in, unsigned document out; the holder signs it.

Spec: VC Data Model 2.0, section 4.13.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from credentials.documents.open_badge import CREDENTIALS_V2
from credentials.json_input import JsonObject

SECURED_AS_JWT = "application/vc+jwt"


@dataclass(frozen=True, slots=True)
class HeldToken:
    """A credential that is secured as a token.

    Attributes:
        token: The token, as it was issued.
        media_type: What it is.
    """

    token: str
    media_type: str = SECURED_AS_JWT


@dataclass(frozen=True, slots=True)
class PresentationDocument:
    """The values of one presentation.

    Attributes:
        holder: Who presents: the DID that signs.
        credentials: Signed documents, whole, or tokens in envelopes; at least one.
        id: The presentation's own IRI, or None.
    """

    holder: str
    credentials: Sequence[JsonObject | HeldToken]
    id: str | None = None


def presentation(values: PresentationDocument) -> JsonObject:
    """Build an unsigned presentation.

    Args:
        values: Its values.

    Returns:
        The document as JSON values, ready to be signed; embedded credentials are the very objects that were
        given.

    Spec: VC Data Model 2.0, section 4.13 (Verifiable Presentations; Enveloped Verifiable Credentials).
    """
    document: JsonObject = {"@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"]}
    if values.id is not None:
        document["id"] = values.id
    document["holder"] = values.holder
    document["verifiableCredential"] = [_held(credential) for credential in values.credentials]
    return document


def _held(credential: JsonObject | HeldToken) -> JsonObject:
    if not isinstance(credential, HeldToken):
        return credential
    return {
        "@context": CREDENTIALS_V2,
        "id": f"data:{credential.media_type},{credential.token}",
        "type": "EnvelopedVerifiableCredential",
    }
