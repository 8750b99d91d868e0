"""What a credential says, as plain values. Reads any JSON object: odd shapes give less, never an error."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from credentials.json_input import JsonObject, JsonValue
from credentials.structure.values import instant_of, issuer_id_of, objects_of
from credentials.summary import AlignmentSummary, CredentialSummary, EvidenceSummary, Kind

BLOCK_TYPE: Final = "ext:BlocDeCompetences"
TITLE_TYPE: Final = "Certificate"
EQF: Final = "European Qualifications Framework"

_KINDS: Final[Mapping[str | None, Kind]] = {TITLE_TYPE: Kind.TITLE, BLOCK_TYPE: Kind.BLOCK}
_LEVEL: Final = re.compile(r"[1-8]", re.ASCII)
_SHORT_BLOCK_CODE: Final = re.compile(r"BC[0-9]+", re.ASCII)
_NOTHING: Final[JsonObject] = {}


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
    return CredentialSummary(
        id=_text(document.get("id")) or "",
        kind=kind,
        achievement_type=_text(achievement.get("achievementType")),
        name=_text(achievement.get("name")) or "",
        description=_text(achievement.get("description")),
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


def _names(subject: JsonObject) -> Sequence[str]:
    return tuple(
        name
        for item in objects_of(subject.get("identifier"))
        if item.get("identityType") == "name"
        and item.get("hashed") is False
        and (name := _text(item.get("identityHash")))
    )


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
