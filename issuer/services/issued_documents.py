"""What the institution's key may sign once more: documents as they were issued, of awards in force.

See ``docs/adr/0015-exports-sign-issued-awards-only.md``: whoever can write into the register cannot make the
key sign a forgery.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from credentials.json_input import JsonObject, parse_object
from credentials.structure.values import objects_of
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.errors import ConflictError, RefusedError
from issuer.ports import ExportFormat, Registry


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """An award in force, with its document as it was issued."""

    award: Award
    document: JsonObject


def issued_documents(registry: Registry, number: str, form: ExportFormat) -> Sequence[IssuedDocument]:
    """Give the award, and for a record the blocks that its title names; each in force, each as issued.

    Args:
        registry: The open unit of work.
        number: The award's number.
        form: The form that is asked for.

    Returns:
        The award's document, then those of the blocks in the title's order.

    Raises:
        ConflictError: ``export.not_in_force``, ``export.not_as_issued``, ``export.block_missing`` or
            ``export.issuers_differ``.
        RefusedError: ``export.not_a_title``: a record is made of a title.
    """
    trail = _Trail.of(registry)
    first = trail.held(registry, number)
    if form is not ExportFormat.CLR:
        return (first,)
    if first.award.kind is not AwardKind.TITLE:
        raise RefusedError(
            "export.not_a_title",
            "a record (CLR) holds a title with its blocks, and this award is a block",
            where=number,
            remedy="export the title; this block alone is a credential already: --format json",
        )
    blocks = [_named_block(registry, first, digest) for digest in _digests(first.document)]
    for block in blocks:
        require_in_force(registry, block, title=number)
    return (first, *(_fitting(trail.held(registry, block), first) for block in blocks))


def require_in_force(registry: Registry, number: str, *, title: str | None = None) -> Award:
    """Give an award that is in force.

    Args:
        registry: The open unit of work.
        number: The award's number.
        title: Where it is a block, the number of the title with which it was to be put in one record.

    Raises:
        ConflictError: ``export.not_in_force``.
    """
    award = registry.award(number)
    if award is None or award.state is not AwardState.VALID:
        raise ConflictError(
            "export.not_in_force",
            "the institution signs no other form of an award that is not in force; nothing was signed"
            if title is None
            else f"the title {title} cannot be put in a record: its block {number} is not in force; nothing "
            "was signed",
            where=number,
            remedy=f"see: parchemin show {number}; json, png and svg copy what was issued, in any state",
        )
    return award


@dataclass(frozen=True, slots=True)
class _Trail:
    """The digest of each document as it was signed last under an approved plan, by the award's number."""

    issued: Mapping[str, str]

    @classmethod
    def of(cls, registry: Registry) -> "_Trail":
        """Read it once: it is as long as the register is old."""
        return cls(
            {
                entry.subject: str(json.loads(entry.details).get("sha256"))
                for entry in registry.audit_entries()
                if entry.action in {"award.issued", "award.resigned"}
            }
        )

    def held(self, registry: Registry, number: str) -> IssuedDocument:
        """Give an award that is in force, with its document if that is the one that was issued."""
        award, stored = require_in_force(registry, number), registry.credential(number) or b""
        if self.issued.get(number) != hashlib.sha256(stored).hexdigest():
            raise ConflictError(
                "export.not_as_issued",
                "the stored document is not the one that the audit log says was issued; nothing was signed",
                where=number,
                remedy="find out who changed the register: parchemin audit verify",
            )
        return IssuedDocument(award, parse_object(stored))


def _named_block(registry: Registry, title: IssuedDocument, digest: str) -> str:
    block = registry.by_digest(digest)
    if block is None or (block.candidate_id, block.certification) != (
        title.award.candidate_id,
        title.award.certification,
    ):
        raise ConflictError(
            "export.block_missing",
            "the register does not hold a block that this title names",
            where=title.award.number,
            remedy="this should not be: run parchemin audit verify",
        )
    return block.number


def _fitting(block: IssuedDocument, title: IssuedDocument) -> IssuedDocument:
    if block.document["issuer"] != title.document["issuer"]:
        raise ConflictError(
            "export.issuers_differ",
            "the institution changed its name, address or identifiers between this block and its title, and "
            "one record cannot say both; nothing was signed",
            where=block.award.number,
            remedy="export the title and each block on its own",
        )
    return block


def _digests(document: JsonObject) -> Sequence[str]:
    return [str(item.get("digestSRI")) for item in objects_of(document.get("relatedResource"))]
