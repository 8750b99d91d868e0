"""Found the register: settings, key, certification, trust, first status list; all or nothing."""

from collections.abc import Callable, Mapping

from credentials.proofs.api import Signer
from issuer.ports import Registry, TrustedIssuer
from issuer.services import audit
from issuer.services.catalog import keep_certification
from issuer.services.office import Office
from issuer.services.publishing import publish_status_list

BASE_URL = "base_url"
DID = "did"
RULES_DAY = "rules_day"


def found(
    office: Office,
    certifications: list[Mapping[str, object]],
    make_key: Callable[[Registry], Signer],
    *,
    actor: str,
) -> bool:
    """Found the register in an empty data folder; in a founded one, do nothing.

    Args:
        office: The service.
        certifications: Fiches to take in.
        make_key: Makes the first signing key, puts it in the ledger, and gives its signer.
        actor: Who.

    Returns:
        Whether the register was founded now.
    """
    with office.store.writing() as registry:
        if registry.setting(BASE_URL) is not None:
            return False
        now = office.clock.now()
        registry.fix_setting(BASE_URL, office.base_url)
        registry.fix_setting(DID, office.did)
        if office.rules_day is not None:
            registry.fix_setting(RULES_DAY, office.rules_day.isoformat())
        audit.record(
            registry,
            now,
            actor,
            "register.founded",
            office.did,
            {
                "base_url": office.base_url,
                "rules_day": office.rules_day.isoformat() if office.rules_day else "",
            },
        )
        signer = make_key(registry)
        record_key(office, registry, signer, actor)
        for document in certifications:
            keep_certification(office, registry, document, actor=actor)
        institution = office.institution
        registry.trust(TrustedIssuer(office.did, institution.name, institution.url, None, now))
        audit.record(registry, now, actor, "trust.added", office.did, {"name": institution.name})
        publish_status_list(office, registry, signer, now)
    return True


def record_key(office: Office, registry: Registry, signer: Signer, actor: str) -> None:
    """Write a new key's public half into the audit log, in the unit of work that put it in the ledger."""
    name = signer.verification_method.partition("#")[2]
    public = next(line["public_key_multibase"] for line in registry.key_ledger() if line["name"] == name)
    audit.record(
        registry,
        office.clock.now(),
        actor,
        "key.created",
        signer.verification_method,
        {"public_key_multibase": public},
    )
