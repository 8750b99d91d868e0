"""What a credential says, as plain values. Reads any JSON object: odd shapes give less, never an error."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from credentials.json_input import JsonObject, JsonValue
from credentials.structure.values import instant_of, issuer_id_of, objects_of, types_of
from credentials.summary import AlignmentSummary, CredentialSummary, EvidenceSummary, Kind

BLOCK_TYPE: Final = "ext:BlocDeCompetences"
TITLE_TYPE: Final = "Certificate"
EQF: Final = "European Qualifications Framework"

_KINDS: Final[Mapping[str | None, Kind]] = {TITLE_TYPE: Kind.TITLE, BLOCK_TYPE: Kind.BLOCK}
_LEVEL: Final = re.compile(r"[1-8]", re.ASCII)
_SHORT_BLOCK_CODE: Final = re.compile(r"BC[0-9]+", re.ASCII)
_NOTHING: Final[JsonObject] = {}

MAX_OTHERS: Final = 200
"""Statements beside the known ones: a transcript has some dozens."""
MAX_TEXT: Final = 2_000
"""Characters of one such statement; a longer one is cut and ends in an ellipsis."""
MAX_PATH: Final = 200
_MAX_INLINE_DATA: Final = 64

_UNSPOKEN: Final = frozenset({"@context", "type", "proof"})
"""Members that say nothing of the holder: the vocabulary, the classes, the signature."""

_CARRIED: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"id", "issuer", "awardedDate", "validFrom", "validUntil"}),
    "/issuer": frozenset({"id", "name"}),
    "/image": frozenset({"id"}),
    "/credentialSubject": frozenset({"name", "licenseNumber"}),
    "/credentialSubject/identifier": frozenset({"identityType", "identityHash", "hashed"}),
    "/credentialSubject/achievement": frozenset(
        {"achievementType", "name", "description", "humanCode", "version"}
    ),
    "/credentialSubject/achievement/criteria": frozenset({"narrative"}),
    "/credentialSubject/achievement/alignment": frozenset(
        {"targetName", "targetUrl", "targetCode", "targetFramework"}
    ),
    "/evidence": frozenset({"name", "narrative", "description"}),
    # Addresses and digests that the checks rest on; they state nothing.
    "/credentialStatus": frozenset({"id", "statusPurpose", "statusListCredential", "statusListIndex"}),
    "/relatedResource": frozenset({"digestSRI", "digestMultibase", "mediaType"}),
}
"""The members that the other fields of the summary are read from, by the object that holds them."""

_REPEATED: Final = frozenset(
    {
        "/credentialSubject/identifier",
        "/credentialSubject/achievement/alignment",
        "/evidence",
        "/credentialStatus",
        "/relatedResource",
    }
)
"""Places where every object is read; of the others only the first."""

_INSTANTS: Final = frozenset({"awardedDate", "validFrom", "validUntil"})
_DESCRIBED: Final = frozenset({"resultDescription", "achievedLevel", "requiredLevel"})
"""Members that name another part of the document; that part's name is what a person can read."""


def summarise(document: JsonObject) -> CredentialSummary:
    """Read what a credential says.

    Args:
        document: The very object that is verified.

    Returns:
        The summary; what is missing or of an odd shape is None or empty.

    Spec: Open Badges 3.0, Data Models.
    """
    subject = _first(document.get("credentialSubject"))
    achievement = _first(subject.get("achievement"))
    proof = _first(document.get("proof"))
    entry = _first(document.get("credentialStatus"))
    kind = _KINDS.get(_text(achievement.get("achievementType")), Kind.OTHER)
    code = _text(achievement.get("humanCode"))
    alignments = _alignments(achievement)
    part_of = next((item for item in alignments if kind is Kind.BLOCK and _is_part(code, item.code)), None)
    blocks = [item for item in alignments if kind is Kind.TITLE and _is_part(item.code, code)]
    others = tuple(_others(document))
    return CredentialSummary(
        id=_text(document.get("id")) or "",
        kind=kind,
        achievement_type=_text(achievement.get("achievementType")),
        name=_text(achievement.get("name")) or _own(document, "name") or "",
        description=_text(achievement.get("description")) or _own(document, "description"),
        criteria=_text(_first(achievement.get("criteria")).get("narrative")),
        code=code,
        version=_text(achievement.get("version")),
        holder=_names(subject),
        number=_text(subject.get("licenseNumber")),
        awarded=instant_of(document.get("awardedDate")),
        valid_from=instant_of(document.get("validFrom")),
        valid_until=instant_of(document.get("validUntil")),
        issuer_id=issuer_id_of(document) or "",
        issuer_name=_text(_first(document.get("issuer")).get("name")),
        part_of=part_of,
        level=_level(alignments) if kind is Kind.TITLE else None,
        blocks=tuple(blocks),
        alignments=tuple(item for item in alignments if item is not part_of and item not in blocks),
        evidence=_evidence(document),
        image=_text(_first(document.get("image")).get("id")),
        proof_created=_text(proof.get("created")),
        verification_method=_text(proof.get("verificationMethod")),
        cryptosuite=_text(proof.get("cryptosuite")),
        status_list=_text(entry.get("statusListCredential")),
        status_index=_text(entry.get("statusListIndex")),
        others=others[:MAX_OTHERS],
        others_left_out=max(0, len(others) - MAX_OTHERS),
        types=tuple(types_of(document)),
    )


def _first(value: JsonValue) -> JsonObject:
    return next(iter(objects_of(value)), _NOTHING)


def _text(value: JsonValue) -> str | None:
    """Read a text; of several languages the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) else None


def _own(document: JsonObject, name: str) -> str | None:
    """Read what a credential calls itself: in the claims of an SD-JWT such a word is not the credential's."""
    return _text(document.get(name)) if "@context" in document else None


def _names(subject: JsonObject) -> Sequence[str]:
    names = [
        _text(item.get("identityHash")) for item in objects_of(subject.get("identifier")) if _is_name(item)
    ]
    return tuple(dict.fromkeys(name for name in (*names, _text(subject.get("name"))) if name))


def _is_name(item: JsonObject) -> bool:
    """Say whether an IdentityObject holds a name in clear."""
    return item.get("identityType") == "name" and item.get("hashed") is False


def _alignments(achievement: JsonObject) -> Sequence[AlignmentSummary]:
    return [
        AlignmentSummary(
            name=_text(item.get("targetName")) or "",
            url=_text(item.get("targetUrl")) or "",
            code=_text(item.get("targetCode")),
            framework=_text(item.get("targetFramework")),
        )
        for item in objects_of(achievement.get("alignment"))
    ]


def _is_part(part: str | None, whole: str | None) -> bool:
    """Say whether a code is that of a part: ``RNCP35080BC01`` of ``RNCP35080``, or ``BC01`` for short."""
    if not part or not whole or part == whole:
        return False
    return part.startswith(whole) or _SHORT_BLOCK_CODE.fullmatch(part) is not None


def _level(alignments: Sequence[AlignmentSummary]) -> str | None:
    codes = (item.code for item in alignments if item.framework == EQF)
    return next((code for code in codes if code and _LEVEL.fullmatch(code)), None)


def _evidence(document: JsonObject) -> Sequence[EvidenceSummary]:
    return tuple(
        EvidenceSummary(
            name=_text(item.get("name")),
            narrative=_text(item.get("narrative")),
            description=_text(item.get("description")),
        )
        for item in objects_of(document.get("evidence"))
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """One value of the document.

    Attributes:
        value: The value.
        path: Where it is, for a person.
        name: The member that holds it.
        line: The place among those that the summary is read from, or None beside them.
        carried: True where the first text of the value is in the summary already.
    """

    value: JsonValue
    path: str = ""
    name: str = ""
    line: str | None = ""
    carried: bool = False


def _others(document: JsonObject) -> Iterator[tuple[str, str]]:
    """Give every text, number and truth value that no other field of the summary carries.

    A stack and no recursion: the depth of an object that no parser made is not bounded.
    """
    names = _names_of_parts(document)
    stack = [_Spot(document)]
    while stack:
        spot = stack.pop()
        value = spot.value
        if isinstance(value, dict) and "@value" not in value:
            stack.extend(reversed(list(_members(spot, value))))
        elif isinstance(value, list):
            stack.extend(reversed(list(_items(spot, value))))
        elif not spot.carried and (text := _statement(spot, names)):
            yield spot.path, text


def _members(spot: _Spot, value: JsonObject) -> Iterator[_Spot]:
    carried = _CARRIED.get(spot.line, frozenset()) if spot.line is not None else frozenset()
    for name, child in value.items():
        if name in _UNSPOKEN:
            continue
        line = f"{spot.line}/{name}" if spot.line is not None else None
        yield _Spot(
            child,
            path=(f"{spot.path}.{name}" if spot.path else name)[:MAX_PATH],
            name=name,
            line=line if line in _CARRIED else None,
            carried=_is_shown(name, child) if name in carried else _is_said_again(spot, name, value),
        )


def _items(spot: _Spot, values: Sequence[JsonValue]) -> Iterator[_Spot]:
    first = next((index for index, item in enumerate(values) if isinstance(item, dict)), None)
    for index, item in enumerate(values):
        followed = index == first or spot.line in _REPEATED
        if spot.line == "/credentialSubject/identifier":
            followed = isinstance(item, dict) and _is_name(item)
        yield _Spot(
            item,
            path=f"{spot.path}[{index}]"[:MAX_PATH] if len(values) > 1 else spot.path,
            name=spot.name,
            line=spot.line if followed else None,
            carried=spot.carried and index == 0,
        )


def _is_shown(name: str, value: JsonValue) -> bool:
    """Say whether a value of a carried member could be read, so that the summary does hold it."""
    if name in _INSTANTS:
        return instant_of(value) is not None
    if name == "issuer":
        return isinstance(value, str)
    return value is False if name == "hashed" else _text(value) is not None


def _is_said_again(spot: _Spot, name: str, value: JsonObject) -> bool:
    """Say whether the credential's own name or description is the achievement's, or stands in its place."""
    if spot.line != "" or name not in {"name", "description"}:
        return False
    achievement = _first(_first(value.get("credentialSubject")).get("achievement"))
    shown = _text(achievement.get(name)) or _own(value, name)
    return shown is not None and _text(value[name]) == shown


def _statement(spot: _Spot, names: Mapping[str, str]) -> str | None:
    """Write one value for a person, or None where it says nothing."""
    if isinstance(spot.value, dict):
        language = spot.value.get("@language")
        text = _written(spot.value.get("@value"))
        return f"{text} ({language[:MAX_PATH]})" if text and isinstance(language, str) else text
    if spot.name in _DESCRIBED and isinstance(spot.value, str):
        return _written(names.get(spot.value, spot.value))
    if spot.name == "id" and isinstance(spot.value, str) and spot.value.startswith("urn:uuid:"):
        return None  # made to say nothing
    return _written(spot.value)


def _written(value: JsonValue) -> str | None:
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return f"{value:.0f}"
        case int() | float():
            return repr(value)
        case str():
            limit = _MAX_INLINE_DATA if value.startswith("data:") else MAX_TEXT
            return value if len(value) <= limit else f"{value[:limit]}…"
        case _:
            return None


def _names_of_parts(document: JsonObject) -> Mapping[str, str]:
    """Give the names of the result descriptions and of their levels, by identifier."""
    achievement = _first(_first(document.get("credentialSubject")).get("achievement"))
    described = objects_of(achievement.get("resultDescription"))
    levels = (level for part in described for level in objects_of(part.get("rubricCriterionLevel")))
    parts = [*described, *levels]
    return {
        identifier: name
        for part in parts
        if (identifier := _text(part.get("id"))) and (name := _text(part.get("name")))
    }
