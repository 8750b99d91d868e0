"""A token in a JSON object: ``EnvelopedVerifiableCredential`` and ``EnvelopedVerifiablePresentation``.

Spec: VCDM 2.0, section 4.13 (Enveloped Verifiable Credentials, Enveloped Verifiable Presentations).
"""

import re
from collections.abc import Mapping
from typing import Final

from credentials.canonical.context_list import BASE_CONTEXT
from credentials.json_input import JsonObject, JsonValue
from credentials.securing.envelope import ENVELOPES
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from credentials.structure.values import types_of

CREDENTIAL, PRESENTATION = "EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"

_MEDIA_TYPES: Final[Mapping[str, frozenset[str]]] = {
    CREDENTIAL: frozenset({"application/vc+jwt", "application/vc+sd-jwt", "application/dc+sd-jwt"}),
    PRESENTATION: frozenset({"application/vp+jwt"}),
}
_DATA_URL: Final = re.compile(r"data:(?P<type>[^,]*),(?P<token>[A-Za-z0-9_.~-]+)", re.ASCII)
_MEMBERS: Final = frozenset({"@context", "id", "type"})


def _names_the_model(context: JsonValue) -> bool:
    """Say whether a context, or a list that begins with it and names none twice, defines the envelope."""
    listed = context if isinstance(context, list) else [context]
    texts = [item for item in listed if isinstance(item, str)]
    return texts[:1] == [BASE_CONTEXT] and len(set(texts)) == len(listed)


def is_enveloped(document: JsonObject) -> bool:
    """Tell whether a document says that it is an envelope."""
    return bool(ENVELOPES & set(types_of(document)))


def token_of(document: JsonObject) -> bytes:
    """Take the token out of an envelope.

    Args:
        document: An object of which :func:`is_enveloped` holds.

    Returns:
        The token, exactly as written: a compact JWS or an SD-JWT; it has not been read.

    Raises:
        EnvelopeError: The object has another form, or holds a kind of token that we do not read.

    Spec: VCDM 2.0, section 4.13; RFC 2397 (the ``data:`` scheme).
    """
    if not _names_the_model(document.get("@context")):
        raise EnvelopeError(EnvelopeCode.ENVELOPE_MALFORMED, where="/@context")
    types = types_of(document)
    if len(types) != 1 or types[0] not in _MEDIA_TYPES or not document.keys() <= _MEMBERS:
        raise EnvelopeError(EnvelopeCode.ENVELOPE_MALFORMED, where="/type")
    identifier = document.get("id")
    if not isinstance(identifier, str) or not identifier.startswith("data:"):
        raise EnvelopeError(EnvelopeCode.ENVELOPE_MALFORMED, where="/id")
    if identifier[len("data:") :].partition(",")[0] not in _MEDIA_TYPES[types[0]]:
        raise EnvelopeError(EnvelopeCode.ENVELOPE_MEDIA_TYPE, where="/id")
    found = _DATA_URL.fullmatch(identifier)
    if found is None:
        raise EnvelopeError(EnvelopeCode.ENVELOPE_MALFORMED, where="/id")
    return found["token"].encode("ascii")
