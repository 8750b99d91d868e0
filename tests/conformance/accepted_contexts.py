"""Contexts that the suites use and the product refuses: those of examples, those written in the document itself.

The product refuses a document that brings its own definitions, or names a vocabulary that it does not use: a
reader of its JSON could not know what was signed. The suites have many of both. Here each definition gets a
name of its own, and what is named without use is left out; both leave the dataset as it was, so that the whole
pipeline of the product, its guard included, judges the document. The answer says that this was done.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from contexts import ContextLoader
from credentials.canonical.context_list import check_contexts
from credentials.canonical.rdfc import canonicalize
from credentials.errors import ContextError, CredentialError, ErrorCode
from credentials.json_input import JsonObject, JsonValue
from credentials.securing.data_integrity import signs_text
from credentials.structure.values import objects_of
from tests.support.contexts import EXAMPLES_V2, UNDEFINED_TERMS_V2, load_with_tests

KNOWN_HERE: Final = (EXAMPLES_V2, UNDEFINED_TERMS_V2)
"""Contexts that no production system may accept; known to this server alone."""

_MOST_KEPT: Final = 1_000
_NAMED: Final = "urn:sha256:"


class AcceptedContexts:
    """Gives the pinned contexts, those of the examples, and definitions that documents brought with them."""

    def __init__(self) -> None:
        self._brought: dict[str, Mapping[str, object]] = {}

    def load(self, url: str) -> Mapping[str, object]:
        """Give a context by its address or name."""
        return self._brought.get(url) or load_with_tests(url)

    def normalised(self, document: JsonObject) -> JsonObject:
        """Give a document of the same dataset whose contexts the product's guard can judge.

        Where the JSON text itself is signed, the document is left as it is.
        """
        if "proof" in document and signs_text(document):
            return document
        held = document.get("verifiableCredential")
        inside: JsonObject = {}
        if isinstance(held, list):
            inside["verifiableCredential"] = [
                self.normalised(item) if isinstance(item, dict) else item for item in held
            ]
        elif isinstance(held, dict):
            inside["verifiableCredential"] = self.normalised(held)
        return self._without_unused({**document, **inside, **self._named(document.get("@context"))})

    def _named(self, context: JsonValue) -> JsonObject:
        if not isinstance(context, list):
            return {} if context is None else {"@context": context}
        return {"@context": [self._name_of(item) if isinstance(item, dict) else item for item in context]}

    def _name_of(self, definitions: JsonObject) -> str:
        text = json.dumps(definitions, sort_keys=True).encode()
        name = f"{_NAMED}{hashlib.sha256(text).hexdigest()}"
        if name not in self._brought and len(self._brought) >= _MOST_KEPT:
            self._brought.pop(next(iter(self._brought)))
        self._brought[name] = {"@context": definitions.get("@context", definitions)}
        return name

    def _without_unused(self, document: JsonObject) -> JsonObject:
        """Leave out what is named without use, as long as that changes nothing of what is said."""
        reduced = document
        try:
            while (unused := self._unused(reduced)) is not None:
                listed = reduced["@context"]
                assert isinstance(listed, list)
                reduced = {**reduced, "@context": listed[:unused] + listed[unused + 1 :]}
            same = reduced is document or self._said(reduced) == self._said(document)
        except CredentialError:  # whatever is wrong with it is for the pipeline to say
            return document
        return reduced if same else document

    def _unused(self, document: JsonObject) -> int | None:
        try:
            check_contexts(_outer(document), self.loader, proofs=objects_of(document.get("proof")))
        except ContextError as error:
            if error.code is not ErrorCode.CONTEXT_UNUSED:
                raise
            return int(str(error.where).rpartition("/")[2])
        return None

    def _said(self, document: JsonObject) -> str:
        return canonicalize(_outer(document), self.loader)

    @property
    def loader(self) -> ContextLoader:
        """The loader, always the same object: caches are kept by it."""
        return self.load


def _outer(document: JsonObject) -> JsonObject:
    return {name: value for name, value in document.items() if name not in {"proof", "verifiableCredential"}}
