"""What a credential says, as plain values for a page or a report: read from the verified JSON only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What the credential stands for.

    ``TITLE`` is ``achievementType`` ``Certificate``; ``BLOCK`` is ``ext:BlocDeCompetences``; any other
    type is ``OTHER`` and is shown by its own name.
    """

    TITLE = "title"
    BLOCK = "block"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AlignmentSummary:
    """One ``alignment`` of the achievement (Open Badges 3.0, Alignment).

    Attributes:
        name: ``targetName``.
        url: ``targetUrl``; as written by the issuer, never followed.
        code: ``targetCode`` or None.
        framework: ``targetFramework`` or None.
    """

    name: str
    url: str
    code: str | None = None
    framework: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceSummary:
    """One ``evidence`` entry (Open Badges 3.0, Evidence): texts as written, or None."""

    name: str | None
    narrative: str | None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class CredentialSummary:
    """What the document says.

    Attributes:
        id: The credential's ``id``: for ours, the verification link.
        kind: Title, block or other.
        achievement_type: ``achievementType`` as written, or None.
        name: ``credentialSubject.achievement.name``: the title exactly as registered; without one, the
            credential's own ``name``.
        description: ``achievement.description``; without one, the credential's own.
        criteria: ``achievement.criteria.narrative`` or None.
        code: ``achievement.humanCode`` (``RNCP35080`` or ``RNCP35080BC01``) or None.
        version: ``achievement.version`` (version of the fiche) or None.
        holder: Names in clear: those of ``credentialSubject.identifier`` (IdentityObject, ``name``, not
            hashed), and ``credentialSubject.name``.
        number: ``credentialSubject.licenseNumber`` (the award's permanent number) or None.
        awarded: ``awardedDate`` (the jury's decision) or None.
        valid_from: ``validFrom`` (the moment of issue).
        valid_until: ``validUntil`` or None.
        issuer_id: The issuer's identifier as the document gives it.
        issuer_name: The issuer's name as the *document* gives it; shown only with a warning.
        part_of: For a block, the alignment to the certification that it is a part of; else None.
        level: For a title, the EQF level as digits (from its EQF alignment); never for a block.
        blocks: For a title, its alignments to its blocks, in the fiche's order; else empty.
        alignments: The other alignments.
        evidence: The evidence entries.
        image: ``image.id`` or None.
        proof_created: ``proof.created`` as written, or None.
        verification_method: ``proof.verificationMethod`` as written, or None.
        cryptosuite: ``proof.cryptosuite`` as written, or None.
        status_list: ``credentialStatus.statusListCredential`` as written, or None.
        status_index: ``credentialStatus.statusListIndex`` as written, or None.
        others: All that the document says beside the above: the place, as a path of member names with a
            number (from 0) where there are several, and the text; bounded in number and in length. What a
            credential inside it says stands in that credential's own report, where there is one.
        others_left_out: How many such statements there are beyond the bound.
        types: The classes that the document says it is of, as written; not in the report's JSON form.
    """

    id: str
    kind: Kind
    achievement_type: str | None
    name: str
    description: str | None
    criteria: str | None
    code: str | None
    version: str | None
    holder: Sequence[str]
    number: str | None
    awarded: datetime | None
    valid_from: datetime | None
    valid_until: datetime | None
    issuer_id: str
    issuer_name: str | None
    part_of: AlignmentSummary | None
    level: str | None
    blocks: Sequence[AlignmentSummary]
    alignments: Sequence[AlignmentSummary]
    evidence: Sequence[EvidenceSummary]
    image: str | None
    proof_created: str | None
    verification_method: str | None
    cryptosuite: str | None
    status_list: str | None
    status_index: str | None
    others: Sequence[tuple[str, str]] = ()
    others_left_out: int = 0
    types: Sequence[str] = ()

    def to_dict(self) -> Mapping[str, object]:
        """Give the summary as JSON values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "achievement_type": self.achievement_type,
            "name": self.name,
            "description": self.description,
            "criteria": self.criteria,
            "code": self.code,
            "version": self.version,
            "holder": list(self.holder),
            "number": self.number,
            "awarded": _text(self.awarded),
            "valid_from": _text(self.valid_from),
            "valid_until": _text(self.valid_until),
            "issuer_id": self.issuer_id,
            "issuer_name": self.issuer_name,
            "part_of": _alignment(self.part_of) if self.part_of else None,
            "level": self.level,
            "blocks": [_alignment(block) for block in self.blocks],
            "alignments": [_alignment(alignment) for alignment in self.alignments],
            "evidence": [
                {"name": item.name, "narrative": item.narrative, "description": item.description}
                for item in self.evidence
            ],
            "image": self.image,
            "proof_created": self.proof_created,
            "verification_method": self.verification_method,
            "cryptosuite": self.cryptosuite,
            "status_list": self.status_list,
            "status_index": self.status_index,
            "others": [{"path": path, "text": text} for path, text in self.others],
            "others_left_out": self.others_left_out,
        }


def _alignment(alignment: AlignmentSummary) -> dict[str, str | None]:
    return {
        "name": alignment.name,
        "url": alignment.url,
        "code": alignment.code,
        "framework": alignment.framework,
    }


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z") if instant else None
