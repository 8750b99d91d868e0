"""The certifications: taken in as versions, never changed, never deleted."""

from collections.abc import Mapping

from issuer.domain.canary import is_canary
from issuer.domain.certification import Certification
from issuer.domain.certification_document import certification_from_document
from issuer.errors import NotFoundError
from issuer.ports import Registry
from issuer.services import audit
from issuer.services.office import Office


def import_certification(
    office: Office, document: Mapping[str, object], *, actor: str, origin: str = "yaml"
) -> tuple[Certification, bool]:
    """Take in a fiche: a new version when it differs from every version kept.

    Args:
        office: The service.
        document: The fiche as JSON values (see ``issuer/catalog/rncp35080.yaml``).
        actor: Who.
        origin: Where it comes from, for the trail.

    Returns:
        The certification, and whether it is a new version.

    Raises:
        CertificationError: The document is not a fiche; holds every fault.
    """
    with office.store.writing() as registry:
        return keep_certification(office, registry, document, actor=actor, details={"origin": origin})


def keep_certification(
    office: Office,
    registry: Registry,
    document: Mapping[str, object],
    *,
    actor: str,
    details: Mapping[str, object] | None = None,
) -> tuple[Certification, bool]:
    """Take in a fiche inside an open unit of work; see :func:`import_certification`.

    Args:
        office: The service.
        registry: The open unit of work.
        document: The fiche as JSON values.
        actor: Who.
        details: What the trail says besides: where it comes from, on whose word.
    """
    read = certification_from_document(document, "1")
    versions = [kept for kept in registry.certifications() if kept.code == read.code]
    for kept in versions:
        if kept.digest == read.digest:
            return kept, False
    certification = certification_from_document(document, str(len(versions) + 1))
    now = office.clock.now()
    registry.add_certification(certification, document, now)
    audit.record(
        registry,
        now,
        actor,
        "certification.imported",
        f"{certification.code} v{certification.version}",
        {"sha256": certification.digest, **(details or {})},
    )
    return certification, True


def current(registry: Registry, code: str) -> Certification:
    """Give the newest version of a certification.

    Raises:
        NotFoundError: ``certification.unknown``.
    """
    versions = [kept for kept in registry.certifications() if kept.code == code]
    if not versions:
        known = sorted({kept.code for kept in registry.certifications()})
        raise NotFoundError(
            "certification.unknown",
            "there is no certification of this code",
            where=code,
            remedy=("known: " + ", ".join(known)) if known else "import one: parchemin certification import",
        )
    return versions[-1]


def kept_version(registry: Registry, code: str, version: object) -> Certification:
    """Give the version of a fiche that an award or a plan was made under.

    Raises:
        NotFoundError: ``certification.unknown``: the register lacks it, which its own acts never let happen.
    """
    for kept in registry.certifications():
        if (kept.code, kept.version) == (code, version):
            return kept
    raise NotFoundError(
        "certification.unknown",
        "the register lacks the version of the fiche that it refers to itself",
        where=f"{code} v{version}",
        remedy="find out who took it away: parchemin audit verify",
    )


def only(registry: Registry, code: str | None) -> Certification:
    """Give the certification that an operator means: the one named, or the only one there is.

    Raises:
        NotFoundError: ``certification.unknown`` or ``certification.ambiguous``.
    """
    if code is not None:
        return current(registry, code)
    codes = sorted({kept.code for kept in registry.certifications() if not is_canary(kept.code)})
    if len(codes) == 1:
        return current(registry, codes[0])
    raise NotFoundError(
        "certification.ambiguous",
        "the register holds several certifications, or none",
        where="--certification",
        remedy=("name one of: " + ", ".join(codes))
        if codes
        else "import one: parchemin certification import",
    )
