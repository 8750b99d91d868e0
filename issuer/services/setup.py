"""Found the register: settings, keys, certification, trust, first status list; all or nothing."""

from collections.abc import Callable, Mapping

from issuer.ports import Registry, TrustedIssuer
from issuer.services import audit
from issuer.services.catalog import keep_certification
from issuer.services.four_eyes import FOUR_EYES
from issuer.services.office import Office
from issuer.services.securing import InstitutionSigner
from issuer.services.status_lists import ensure_open

BASE_URL = "base_url"
DID = "did"
RULES_DAY = "rules_day"


def found(
    office: Office,
    certifications: list[Mapping[str, object]],
    make_keys: Callable[[Registry], InstitutionSigner],
    *,
    actor: str,
    four_eyes: bool = True,
) -> bool:
    """Found the register in an empty data folder; in a founded one, do nothing.

    Args:
        office: The service.
        certifications: Fiches to take in.
        make_keys: Makes the keys that the suites in force need, puts them in the ledger, and opens them.
        actor: Who.
        four_eyes: Whether what one person asks needs the word of another from now on, for good.

    Returns:
        Whether the register was founded now.
    """
    with office.store.writing() as registry:
        if registry.setting(BASE_URL) is not None:
            return False
        now = office.clock.now()
        registry.fix_setting(BASE_URL, office.base_url)
        registry.fix_setting(DID, office.did)
        registry.fix_setting(FOUR_EYES, "on" if four_eyes else "off")
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
                "four_eyes": four_eyes,
                "rules_day": office.rules_day.isoformat() if office.rules_day else "",
            },
        )
        signer = make_keys(registry)
        for method in signer.verification_methods:
            record_key(office, registry, method, actor)
        for document in certifications:
            keep_certification(office, registry, document, actor=actor)
        institution = office.institution
        registry.trust(TrustedIssuer(office.did, institution.name, institution.url, None, now))
        audit.record(registry, now, actor, "trust.added", office.did, {"name": institution.name})
        ensure_open(office, registry, signer, now, actor=actor)
    return True


def record_key(office: Office, registry: Registry, method: str, actor: str) -> None:
    """Write a new key's public half into the audit log, in the unit of work that put it in the ledger."""
    name = method.partition("#")[2]
    public = next(line["public_key_multibase"] for line in registry.key_ledger() if line["name"] == name)
    audit.record(
        registry,
        office.clock.now(),
        actor,
        "key.created",
        method,
        {"public_key_multibase": public},
    )
