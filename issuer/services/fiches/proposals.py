"""What one person asks about fiches and another approves: a version, an equivalence, the end of one."""

import json
import re
from collections.abc import Mapping

from issuer.domain.certification_document import certification_from_document
from issuer.domain.equivalence import BlockPair, Equivalence, EquivalenceBasis
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import Registry
from issuer.ports.orders import Advance, Order, OrderKind
from issuer.ports.systems import KeptEquivalence
from issuer.services import audit
from issuer.services.catalog import current, keep_certification
from issuer.services.office import Office
from issuer.services.orders import Handler, approve_order, carry_out, propose

LONGEST_REFERENCE = 500


def propose_certification(
    office: Office,
    document: Mapping[str, object],
    *,
    actor: str,
    origin: str,
    note: str | None = None,
) -> Order:
    """Ask that a version of a fiche be taken in.

    Args:
        office: The service.
        document: The fiche, in the form ``rncp-fiche/1``.
        actor: Whose account asks.
        origin: Where it comes from: ``yaml``, ``form``, or the feed's version and the file's SHA-256.
        note: Why, or None.

    Returns:
        The order; where one person may act alone, it is carried out already.

    Raises:
        CertificationError: The document is no fiche; holds every fault.
        RefusedError: ``certification.known``: the register holds this very version.
    """
    # A date of the YAML is text from here on: an order holds JSON values.
    document = json.loads(json.dumps(document, default=str))
    read = certification_from_document(document, "1")
    with office.store.reading() as registry:
        known = {kept.digest: kept.version for kept in registry.certifications() if kept.code == read.code}
    if read.digest in known:
        raise RefusedError(
            "certification.known",
            f"the register holds this very fiche as version {known[read.digest]}; nothing was asked",
            where=read.code,
            remedy="nothing to do; to compare versions: parchemin certification compare",
        )
    content = {"subject": read.code, "document": dict(document), "origin": origin}
    return _asked(office, OrderKind.CERTIFICATION, content, actor, note)


def propose_equivalence(office: Office, wanted: Equivalence, *, actor: str, note: str | None = None) -> Order:
    """Ask that blocks of an earlier fiche count for a later one.

    Args:
        office: The service.
        wanted: What counts for what; its id is not looked at.
        actor: Whose account asks.
        note: Why, or None.

    Returns:
        The order; where one person may act alone, it is carried out already.

    Raises:
        NotFoundError: ``certification.unknown``: the later fiche is not in the register.
        RefusedError: ``equivalence.*``: what is asked makes no sense.

    Spec: L. 6113-7 et R. 6113-13 du code du travail.
    """
    with office.store.reading() as registry:
        _require_sense(registry, wanted)
    content = {
        "subject": wanted.to_fiche,
        "from": wanted.from_fiche,
        "to": wanted.to_fiche,
        "blocks": [{"earlier": pair.earlier, "later": pair.later} for pair in wanted.blocks],
        "basis": wanted.basis.value,
        "reference": wanted.reference,
    }
    return _asked(office, OrderKind.EQUIVALENCE, content, actor, note)


def propose_end(office: Office, equivalence_id: str, *, actor: str, note: str) -> Order:
    """Ask that an equivalence count no longer; what was issued by it stays, and the plan asks about it.

    Args:
        office: The service.
        equivalence_id: Its id.
        actor: Whose account asks.
        note: Why.

    Raises:
        NotFoundError: ``equivalence.unknown``: there is none of this id in force.
    """
    with office.store.reading() as registry:
        kept = _in_force(registry, equivalence_id)
    content = {"subject": kept.equivalence.to_fiche, "end": equivalence_id}
    return _asked(office, OrderKind.EQUIVALENCE, content, actor, note)


def take_in_certification(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Keep the version of a fiche that an approved order holds.

    Returns:
        ``{"code", "version", "new"}``.
    """
    document, origin = order.asked.content["document"], order.asked.content["origin"]
    assert isinstance(document, Mapping)
    with office.store.writing() as registry:
        kept, new = keep_certification(
            office,
            registry,
            document,
            actor=order.asked.proposed_by,
            details={"origin": origin, "order": order.id, "approved_by": order.approved_by},
        )
    advance(1, 1)
    return {"code": kept.code, "version": kept.version, "new": new}


def apply_equivalence(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Keep the equivalence that an approved order holds, or end the one that it names; never twice.

    Returns:
        ``{"equivalence": id}``, or ``{"ended": id}``.
    """
    ended = order.asked.content.get("end")
    with office.store.writing() as registry:
        outcome = (
            _keep(office, registry, order) if ended is None else _end(office, registry, order, str(ended))
        )
    advance(1, 1)
    return outcome


HANDLERS: Mapping[OrderKind, Handler] = {
    OrderKind.CERTIFICATION: take_in_certification,
    OrderKind.EQUIVALENCE: apply_equivalence,
}
"""What carries out the orders about fiches."""


def _asked(
    office: Office, kind: OrderKind, content: Mapping[str, object], actor: str, note: str | None
) -> Order:
    order = propose(office, kind, content, actor=actor, note=note)
    if office.four_eyes:
        return order
    approve_order(office, order.id, actor=actor)
    return carry_out(office, order.id, HANDLERS, actor=actor)


def _keep(office: Office, registry: Registry, order: Order) -> Mapping[str, object]:
    wanted = equivalence_of(order)
    if any(kept.equivalence.id == wanted.id for kept in registry.equivalences()):
        return {"equivalence": wanted.id}
    _require_sense(registry, wanted)
    now = office.clock.now()
    registry.add_equivalence(
        KeptEquivalence(wanted, order.asked.proposed_by, now, order.approved_by or order.asked.proposed_by)
    )
    details = {
        "from": wanted.from_fiche,
        "to": wanted.to_fiche,
        "blocks": [f"{pair.earlier}={pair.later}" for pair in wanted.blocks],
        "basis": wanted.basis.value,
        "order": order.id,
        "approved_by": order.approved_by,
    }
    audit.record(registry, now, order.asked.proposed_by, "equivalence.kept", wanted.id, details)
    return {"equivalence": wanted.id}


def _end(office: Office, registry: Registry, order: Order, equivalence_id: str) -> Mapping[str, object]:
    kept = next((item for item in registry.equivalences() if item.equivalence.id == equivalence_id), None)
    if kept is None or kept.ended_at is None:
        _in_force(registry, equivalence_id)
        now, by = office.clock.now(), order.asked.proposed_by
        registry.end_equivalence(equivalence_id, now, by, order.asked.note or "")
        details = {"order": order.id, "approved_by": order.approved_by}
        audit.record(registry, now, by, "equivalence.ended", equivalence_id, details)
    return {"ended": equivalence_id}


def equivalence_of(order: Order) -> Equivalence:
    """Give the equivalence that an order asks for; its id is the order's, so that it is kept once.

    Args:
        order: An order of this kind that ends none.
    """
    content = order.asked.content
    blocks = content["blocks"]
    assert isinstance(blocks, list)
    return Equivalence(
        id=order.id.replace("O-", "E-", 1),
        from_fiche=str(content["from"]),
        to_fiche=str(content["to"]),
        blocks=tuple(BlockPair(str(pair["earlier"]), str(pair["later"])) for pair in blocks),
        basis=EquivalenceBasis(str(content["basis"])),
        reference=str(content["reference"]),
    )


def _in_force(registry: Registry, equivalence_id: str) -> KeptEquivalence:
    for kept in registry.equivalences():
        if kept.equivalence.id == equivalence_id and kept.ended_at is None:
            return kept
    raise NotFoundError(
        "equivalence.unknown",
        "there is no equivalence of this id in force",
        where=equivalence_id[:20],
        remedy="list them with: parchemin certification equivalences list",
    )


def _require_sense(registry: Registry, wanted: Equivalence) -> None:
    later = current(registry, wanted.to_fiche)
    codes = {block.code for block in later.blocks}
    earlier = [kept for kept in registry.certifications() if kept.code == wanted.from_fiche]
    known = {block.code for block in earlier[-1].blocks} if earlier else None
    taken = {
        pair.earlier
        for kept in registry.equivalences(wanted.to_fiche)
        if kept.ended_at is None
        for pair in kept.equivalence.blocks
    }
    for code, message, wrong in (
        (
            "equivalence.same_fiche",
            "a fiche has no equivalence with itself",
            wanted.from_fiche == wanted.to_fiche,
        ),
        ("equivalence.no_blocks", "it names no block", not wanted.blocks),
        (
            "equivalence.reference",
            "it does not say what it rests on, in one to 500 characters",
            not 0 < len(wanted.reference.strip()) <= LONGEST_REFERENCE,
        ),
        (
            "equivalence.later_block",
            f"the fiche {wanted.to_fiche} has no such block",
            any(pair.later not in codes for pair in wanted.blocks),
        ),
        (
            "equivalence.earlier_block",
            f"this is no block of the fiche {wanted.from_fiche}",
            any(not _is_block(pair.earlier, wanted.from_fiche, known) for pair in wanted.blocks),
        ),
        (
            "equivalence.repeated",
            "an earlier block is named twice, or counts for a block of this fiche already",
            len({pair.earlier for pair in wanted.blocks}) < len(wanted.blocks)
            or any(pair.earlier in taken for pair in wanted.blocks),
        ),
    ):
        if wrong:
            raise RefusedError(
                code,
                f"{message}; nothing was asked",
                where=f"{wanted.from_fiche} to {wanted.to_fiche}"[:60],
                remedy="name each pair as EARLIER=LATER, with the codes of the two fiches",
            )


def _is_block(code: str, fiche: str, known: set[str] | None) -> bool:
    if known is not None:
        return code in known
    return re.fullmatch(rf"{re.escape(fiche)}BC\d{{2,3}}", code, re.ASCII) is not None
