"""The contexts that only test vectors name, and a loader that knows them beside the pinned ones."""

import json
from collections.abc import Mapping

import contexts
from tests.support.shared import SHARED

EXAMPLES_V2 = "https://www.w3.org/ns/credentials/examples/v2"
UNDEFINED_TERMS_V2 = "https://www.w3.org/ns/credentials/undefined-terms/v2"
CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"

_TYPED: Mapping[str, Mapping[str, object]] = {
    EXAMPLES_V2: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}},
    UNDEFINED_TERMS_V2: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/undefined-term#"}},
}


def load_with_tests(url: str) -> Mapping[str, object]:
    """Give a pinned context, or one of those that vectors need and production must never accept."""
    if url in _TYPED:
        return _TYPED[url]
    if url == CITIZENSHIP:
        document: dict[str, object] = json.loads(
            (SHARED / "standards" / "contexts" / "citizenship-v4rc1.jsonld").read_bytes()
        )
        return document
    return contexts.load(url)
