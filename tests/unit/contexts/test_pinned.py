"""Contexts are pinned by digest, come from the package, and are nothing else."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import contexts
from contexts import ContextNotPinnedError, DamagedContextError, PinnedContext

ISSUED = [entry for entry in contexts.pinned() if entry.role == "issued"]
BY_FILE = pytest.mark.parametrize("entry", contexts.pinned(), ids=lambda entry: entry.file)


@BY_FILE
def test_the_file_has_the_digest_of_the_manifest(entry: PinnedContext) -> None:
    data = files("contexts").joinpath("documents", entry.file).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry.sha256


@BY_FILE
def test_the_manifest_names_source_path_licence_and_role(entry: PinnedContext) -> None:
    assert entry.source.endswith(("(PyPI)", "(npm)"))
    assert entry.path
    assert entry.licence in files("contexts").joinpath("LICENSES.md").read_text(encoding="utf-8")
    assert entry.role in {"issued", "read", "legacy"}


def test_every_file_is_in_the_manifest_and_every_address_once() -> None:
    folder = files("contexts").joinpath("documents")
    shipped = {item.name for item in folder.iterdir() if item.name.endswith(".jsonld")}
    assert shipped == {entry.file for entry in contexts.pinned()}
    assert len(set(contexts.urls())) == len(contexts.urls())


def test_a_loaded_document_is_the_callers_own() -> None:
    first = contexts.load("https://www.w3.org/ns/credentials/v2")
    assert isinstance(first, dict)
    first.clear()
    assert contexts.load("https://www.w3.org/ns/credentials/v2")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://www.w3.org/ns/credentials/v2/",
        "http://www.w3.org/ns/credentials/v2",
        "HTTPS://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/examples/v2",
        "https://www.w3.org/ns/credentials/undefined-terms/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "../manifest.toml",
    ],
)
def test_any_other_address_is_a_typed_error(url: str) -> None:
    with pytest.raises(ContextNotPinnedError) as caught:
        contexts.load(url)
    assert caught.value.url == url


def test_a_damaged_file_is_never_served() -> None:
    with pytest.raises(DamagedContextError):
        contexts._verified_bytes("credentials-v2.jsonld", "0" * 64)


def _mappings(node: Any) -> Iterator[dict[str, Any]]:
    for item in node if isinstance(node, list) else [node]:
        if isinstance(item, dict):
            yield item
            for child in item.values():
                yield from _mappings(child)


@BY_FILE
def test_no_pinned_context_defines_what_is_not_listed(entry: PinnedContext) -> None:
    """With @vocab every typo is a term; @base, @import, @language and @direction act at a distance."""
    keywords = {key for node in _mappings(contexts.load(entry.url)) for key in node if key.startswith("@")}
    assert keywords <= {"@context", "@id", "@type", "@container", "@version", "@protected"}


SYNONYMS = {
    OB + name: terms
    for OB in ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#"]
    for name, terms in {
        "Criteria": {"Criteria", "criteria"},
        "GeoCoordinates": {"GeoCoordinates", "geo"},
        "Image": {"Image", "image"},  # in 3.0.1 and 3.0.2
        "OpenBadgeCredential": {"OpenBadgeCredential", "AchievementCredential"},
    }.items()
}


def test_the_terms_that_share_an_address_are_the_known_ones() -> None:
    """The guard's proof rests on it: any other pair could be exchanged where its values look alike."""
    for version in ("3.0.1", "3.0.2", "3.0.3"):
        listed = [
            "https://www.w3.org/ns/credentials/v2",
            f"https://purl.imsglobal.org/spec/ob/v3p0/context-{version}.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        ]
        found = _synonyms(listed)
        assert found.items() <= SYNONYMS.items(), found


def _synonyms(listed: list[str]) -> dict[str, set[str]]:
    definitions = [
        (name, definition.get("@id") if isinstance(definition, dict) else definition)
        for url in listed
        for node in _mappings(contexts.load(url).get("@context"))
        for name, definition in node.items()
        if not name.startswith("@")
    ]
    prefixes = {name: iri for name, iri in definitions if isinstance(iri, str) and iri.endswith(("#", "/"))}
    whole = {name: iri for name, iri in definitions if isinstance(iri, str) and ":" in iri}
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for name, iri in definitions:
        if not isinstance(iri, str) or iri.startswith("@"):
            continue
        prefix, _, rest = iri.partition(":")
        absolute = prefixes[prefix] + rest if prefix in prefixes else whole.get(iri, iri)
        terms[absolute].add(name)
    return {iri: found for iri, found in terms.items() if len(found) > 1}


def _listed(shared: Path) -> dict[str, Any]:
    manifest = json.loads((shared / "standards" / "contexts" / "MANIFEST.json").read_bytes())
    return {entry["url"]: entry for entry in manifest["entries"] if entry["role"] != "alternate"}


def test_what_our_credentials_use_is_the_published_text_byte_for_byte(shared: Path) -> None:
    listed = _listed(shared)
    for url in (
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://w3id.org/security/data-integrity/v2",
        "https://w3id.org/security/multikey/v1",
    ):
        entry = next(entry for entry in contexts.pinned() if entry.url == url)
        assert entry.sha256 == listed[url]["sha256"], url


def test_every_context_equals_the_published_text_as_json(shared: Path) -> None:
    listed = _listed(shared)
    for entry in contexts.pinned():
        published = json.loads((shared / "standards" / "contexts" / listed[entry.url]["file"]).read_bytes())
        assert contexts.load(entry.url) == published, entry.url
        assert list(entry.aliases) == listed[entry.url]["aliases"], entry.url
