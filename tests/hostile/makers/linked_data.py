"""JSON-LD between what is read and what is signed: signed so by the issuer, or changed by a holder."""

import unicodedata
from collections.abc import Callable
from typing import Any

from tests.hostile.makers.sealing import (
    OB,
    V2,
    Change,
    Hostile,
    Json,
    Made,
    altered,
    block,
    drop,
    genuine,
    loose,
    put,
    sealed,
    text_of,
    written,
)

_SUBJECT = "credentialSubject"
_ACHIEVEMENT = ("credentialSubject", "achievement")


def _listed(*entries: Any) -> Change:
    return put(["@context"], list(entries))


def _also(*entries: Any) -> Change:
    return lambda document: document["@context"].extend(entries)


def _wrapped(member: str, keyword: str) -> Change:
    """Put the value of a member into an object with one keyword."""

    def change(document: Json) -> None:
        document[member] = {keyword: document[member]}

    return change


def _nested(document: Json) -> None:
    document["@nest"] = {"awardedDate": document.pop("awardedDate")}


def _with_alignment(**members: Any) -> Change:
    def change(document: Json) -> None:
        document[_SUBJECT]["achievement"]["alignment"][0].update(members)

    return change


def _poison(stars: int, points: int) -> Callable[[], Hostile]:
    """Make nodes alike, each with nodes alike: what the rdf-canon poison vectors are made of, as a tree."""

    def make() -> Hostile:
        document = block()
        point = {"type": ["Alignment"], "targetName": "n", "targetUrl": "https://n.example"}
        star = {"type": ["Result"], "value": "v", "alignment": [point] * points}
        document[_SUBJECT]["result"] = [star] * stars
        return Hostile(written(_unsigned(document)))

    return make


def _unsigned(document: Json) -> Json:
    """Give a document the proof of another: for what cannot be signed."""
    return {**document, "proof": genuine()["proof"]}


def _moved_proof(*changes: Change) -> Callable[[], Hostile]:
    def make() -> Hostile:
        document = block()
        for change in changes:
            change(document)
        return Hostile(written(_unsigned(document)))

    return make


def _decomposed() -> Hostile:
    document = block()
    document["issuer"]["name"] = unicodedata.normalize("NFD", document["issuer"]["name"])
    return Hostile(written(sealed(document)))


def _normalized() -> Hostile:
    text = text_of(genuine())
    return Hostile(unicodedata.normalize("NFD", text).encode())


_IRI = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_PERSON = "urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10"

MADE: Made = {
    # Words that no context defines, or another context defines.
    "undefined-term-signed": loose(put(["gradeObtained"], "20/20")),
    "undefined-term-added": altered(put(["gradeObtained"], "20/20")),
    "undefined-term-in-subject": loose(put([_SUBJECT, "rank"], "1")),
    "undefined-term-in-issuer": loose(put(["issuer", "accreditation"], "oui")),
    "undefined-type-signed": loose(put(["type"], ["VerifiableCredential", "OpenBadgeCredential", "Master"])),
    "undefined-type-added": altered(lambda d: d["type"].append("Master")),
    "undefined-type-of-alignment": loose(_with_alignment(type=["Alignment", "Master"])),
    "data-outside-its-type": loose(put(["issuer", "humanCode"], "RNCP35080")),
    "type-missing-in-achievement": loose(drop(*_ACHIEVEMENT, "type")),
    "type-missing-in-alignment": loose(drop(*_ACHIEVEMENT, "alignment", 0, "type")),
    "type-missing-in-issuer": loose(drop("issuer", "type")),
    "type-missing-in-identity": loose(drop(_SUBJECT, "identifier", 0, "type")),
    "type-dropped-by-holder": altered(drop(*_ACHIEVEMENT, "type")),
    "type-of-another-scope": loose(put([*_ACHIEVEMENT, "type"], ["Profile"])),
    "old-badge-terms": loose(put(["badge"], {"id": "https://badge.example", "type": "BadgeClass"})),
    # Contexts.
    "context-in-line-vocab": loose(_also({"@vocab": "https://evil.example/#"})),
    "context-in-line-base": loose(_also({"@base": "https://evil.example/"})),
    "context-in-line-alias": loose(_also({"diplome": f"{_IRI}achievement"})),
    "context-in-line-language": loose(_also({"@language": "fr"})),
    "context-in-line-empty": loose(_also({})),
    "context-in-line-import": _moved_proof(_also({"@import": OB})),
    "context-redefines-protected": _moved_proof(_also({"issuer": "https://evil.example/#issuer"})),
    "context-null": _moved_proof(_listed(V2, OB, None)),
    "context-number": _moved_proof(_listed(V2, OB, 3)),
    "context-unpinned": _moved_proof(_also("https://evil.example/context")),
    "context-of-examples": _moved_proof(_also("https://www.w3.org/ns/credentials/examples/v2")),
    "context-over-http": _moved_proof(_listed("http://www.w3.org/ns/credentials/v2", OB)),
    "context-with-fragment": _moved_proof(_listed(V2, f"{OB}#")),
    "context-with-query": _moved_proof(_listed(V2, f"{OB}?x")),
    "context-upper-case": _moved_proof(_listed(V2, OB.replace("purl.", "PURL."))),
    "context-relative": _moved_proof(_listed(V2, OB, "context.json")),
    "context-data-address": _moved_proof(_also("data:application/ld+json,{}")),
    "context-file-address": _moved_proof(_also("file:///etc/passwd")),
    "context-order-swapped": loose(_listed(OB, V2)),
    "context-twice": loose(_also(OB)),
    "context-useless": loose(_also("https://w3id.org/security/data-integrity/v2")),
    "context-older-version": altered(put(["@context", 1], OB.replace("3.0.3", "3.0.1"))),
    "context-of-older-model": _moved_proof(_listed("https://www.w3.org/2018/credentials/v1", OB)),
    "context-both-models": _moved_proof(_listed(V2, "https://www.w3.org/2018/credentials/v1", OB)),
    "context-as-text": loose(put(["@context"], V2)),
    "context-as-object": _moved_proof(put(["@context"], {"@vocab": "https://evil.example/#"})),
    "context-empty-list": _moved_proof(put(["@context"], [])),
    "context-missing": _moved_proof(drop("@context")),
    "context-nested-list": _moved_proof(put(["@context"], [[V2, OB]])),
    "context-nine": _moved_proof(_listed(V2, OB, *(f"https://evil.example/{n}" for n in range(7)))),
    "context-below-null": _moved_proof(put([_SUBJECT, "@context"], None)),
    "context-below-same": loose(put([_SUBJECT, "@context"], [V2, OB])),
    "context-below-vocab": loose(put([_SUBJECT, "@context"], {"@vocab": "https://evil.example/#"})),
    "context-below-in-achievement": altered(put([*_ACHIEVEMENT, "@context"], {"name": "urn:x:none"})),
    # Keywords and other spellings.
    "graph": loose(put(["@graph"], [])),
    "graph-around": lambda: Hostile(written({"@context": [V2, OB], "@graph": [genuine()]})),
    "reverse": loose(put(["@reverse"], {"issuer": {"id": "urn:uuid:00000000-0000-4000-8000-000000000001"}})),
    "included": loose(put(["@included"], [{"id": "urn:uuid:00000000-0000-4000-8000-000000000001"}])),
    "nest": loose(_nested),
    "nest-added": altered(put(["@nest"], {"awardedDate": "2020-01-01T00:00:00Z"})),
    "index": loose(put(["issuer", "@index"], "1")),
    "json-literal": loose(put([*_ACHIEVEMENT, "criteria"], {"@type": "@json", "@value": {"a": 1}})),
    "set": loose(_wrapped("awardedDate", "@set")),
    "list": loose(_wrapped("name", "@list")),
    "value-object": loose(_wrapped("name", "@value")),
    "value-with-type": loose(
        put(["name"], {"@value": "x", "@type": "http://www.w3.org/2001/XMLSchema#string"})
    ),
    "id-by-keyword": loose(lambda d: d.update({"@id": d.pop("id")})),
    "type-by-keyword": altered(lambda d: d.update({"@type": d.pop("type")})),
    "id-twice-by-keyword": _moved_proof(put(["@id"], "https://evil.example")),
    "keyword-unknown": loose(put(["@future"], "x")),
    "property-in-full": altered(lambda d: d.update({"https://schema.org/name": d.pop("name")})),
    "property-in-full-beside": loose(put([f"{_IRI}achievement"], "x")),
    "status-in-full": altered(
        lambda d: d.update(
            {"https://www.w3.org/2018/credentials#credentialStatus": d.pop("credentialStatus")}
        )
    ),
    "type-in-full": altered(put([*_ACHIEVEMENT, "type"], [f"{_IRI}Achievement"])),
    "property-compact": loose(put(["cred:name"], "x")),
    "type-blank-node": loose(_with_alignment(type=["Alignment", "_:b0"])),
    "id-blank-node": loose(put(["issuer", "id"], "_:issuer")),
    "id-blank-node-of-achievement": loose(put([*_ACHIEVEMENT, "id"], "_:b0")),
    "id-relative": loose(put([*_ACHIEVEMENT, "id"], "/certifications/1")),
    "id-fragment-only": loose(put([*_ACHIEVEMENT, "id"], "#achievement")),
    "id-empty": loose(put([*_ACHIEVEMENT, "id"], "")),
    "id-with-space": loose(put([*_ACHIEVEMENT, "id"], "https://a.example/x y")),
    "id-with-angle": loose(put([*_ACHIEVEMENT, "id"], "https://a.example/<x>")),
    "id-javascript": loose(put([*_ACHIEVEMENT, "id"], "javascript:alert(1)")),
    "id-of-credential-relative": loose(put(["id"], "v/1")),
    "id-list": _moved_proof(put(["id"], ["https://a.example/1", "https://a.example/2"])),
    "id-number": _moved_proof(put(["id"], 7)),
    "type-empty": loose(put(["type"], "")),
    "type-number": _moved_proof(put(["type"], 7)),
    "type-twice": loose(_with_alignment(type=["Alignment", "Alignment"])),
    # Values.
    "null-added": altered(put(["description2"], None)),
    "null-in-place": loose(put(["description"], None)),
    "null-in-array": loose(put([*_ACHIEVEMENT, "tag"], ["a", None])),
    "empty-array": loose(put([*_ACHIEVEMENT, "tag"], [])),
    "empty-object": loose(put([*_ACHIEVEMENT, "creator"], {})),
    "array-in-array": loose(put([*_ACHIEVEMENT, "tag"], [["a"], "b"])),
    "same-text-twice": loose(put([*_ACHIEVEMENT, "tag"], ["a", "a"])),
    "same-text-added": altered(put([*_ACHIEVEMENT, "tag"], ["a", "a", "b"]), document=None),
    "language-map": loose(put(["name"], {"fr": "Bloc", "en": "Block"})),
    "language-value": loose(put(["name"], {"@value": "Bloc", "@language": "fr"})),
    "language-upper-case": loose(put(["name"], {"@value": "Bloc", "@language": "FR"})),
    "language-malformed": loose(put(["name"], {"@value": "Bloc", "@language": "not a tag"})),
    "language-direction": loose(put(["name"], {"@value": "Bloc", "@language": "fr", "@direction": "rtl"})),
    "boolean-as-text": loose(put([_SUBJECT, "identifier", 0, "hashed"], "false")),
    "number-as-text": loose(put([_SUBJECT, "creditsEarned"], "12")),
    "date-as-number": loose(put(["validFrom"], 1795512600)),
    "date-without-offset": loose(put(["awardedDate"], "2026-07-03T14:00:00")),
    "date-of-february-30": loose(put(["awardedDate"], "2026-02-30T14:00:00Z")),
    "date-alone": loose(put(["awardedDate"], "2026-07-03")),
    "date-same-instant": altered(put(["awardedDate"], "2026-07-03T12:00:00Z")),
    "one-for-many": loose(lambda d: d[_SUBJECT].update(identifier=d[_SUBJECT]["identifier"][0])),
    "one-for-many-by-holder": altered(lambda d: d[_SUBJECT].update(identifier=d[_SUBJECT]["identifier"][0])),
    "many-for-one": altered(lambda d: d.update(name=[d["name"]])),
    "two-subjects": loose(lambda d: d.update(credentialSubject=[d[_SUBJECT], d[_SUBJECT]])),
    "two-achievements": loose(
        lambda d: d[_SUBJECT].update(achievement=[d[_SUBJECT]["achievement"], d[_SUBJECT]["achievement"]])
    ),
    "two-names": loose(put(["name"], ["Bloc", "Doctorat"])),
    "reference-as-object": altered(
        put(["credentialStatus", "statusListCredential"], {"id": "https://diplomes.example/status/1"})
    ),
    # Nodes that are said in two places.
    "node-described-twice": loose(
        put([*_ACHIEVEMENT, "creator"], {"id": _PERSON, "type": ["Profile"], "name": "Autre"})
    ),
    "root-described-below": loose(
        put(
            [*_ACHIEVEMENT, "related"],
            [{"id": "https://diplomes.example/v/b10cT2xT0vWJb1p8r9sYzB", "type": ["Related"]}],
        )
    ),
    "issuer-as-subject": loose(
        lambda d: d[_SUBJECT].update(id=d["issuer"]["id"]),
    ),
    "name-moved-to-another": altered(
        lambda d: d.update(name=d["issuer"]["name"]), lambda d: d["issuer"].pop("name")
    ),
    # Unicode.
    "decomposed-name-signed": _decomposed,
    "decomposed-by-holder": _normalized,
    "homoglyph-name": altered(put([_SUBJECT, "identifier", 0, "identityHash"], "Cаmille Démo")),
    "reversed-writing-name": loose(put([_SUBJECT, "identifier", 0, "identityHash"], "Camille \u202eomeD")),
    "zero-width-in-name": altered(put([_SUBJECT, "identifier", 0, "identityHash"], "Camille\u200b Démo")),
    "markup-in-name": loose(put([_SUBJECT, "identifier", 0, "identityHash"], "<script>alert(1)</script>")),
    # Graphs that cost.
    "poison-two-stars": _poison(2, 8),
    "poison-ten-stars": _poison(10, 6),
    "poison-alike-leaves": _poison(1, 40),
}
