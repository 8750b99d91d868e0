"""What the pages show of the roots: the list, and each as it was signed (``EvidenceDesk``)."""

import json
from dataclasses import dataclass
from datetime import datetime

from credentials.instant import format_instant
from issuer.domain.published_root import read_root
from issuer.ports.public import Published
from issuer.services.office import Office
from issuer.services.publishing import as_published
from issuer.services.roots import kept_roots

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class RootDesk:
    """Publishes the roots; signs and writes nothing.

    Attributes:
        office: The service.
    """

    office: Office

    def root_list(self) -> Published:
        """Give the list of all roots, each with the text that was signed: a saved list is a whole mirror."""
        with self.office.store.reading() as registry:
            roots = kept_roots(registry)
            founded = registry.audit_entries()[0].at if not roots else ""
        content = {
            "type": "ParcheminRoots",
            "issuer": self.office.did,
            "roots": [
                {
                    "number": signed.root.number,
                    "day": signed.root.day.isoformat(),
                    "made": format_instant(signed.root.made),
                    "sha256": signed.sha256,
                    "url": f"{self.office.base_url}/audit/roots/{signed.root.number}",
                    "signed": signed.body.decode(),
                }
                for signed in roots
            ],
        }
        newest = roots[-1].root.made if roots else datetime.fromisoformat(founded)
        return as_published(json.dumps(content, ensure_ascii=False).encode(), _JSON, newest)

    def root(self, number: int) -> Published | None:
        """Give a root as it was signed, or None."""
        with self.office.store.reading() as registry:
            body = registry.root(number)
        signed = read_root(body) if body is not None else None
        return None if signed is None else as_published(signed.body, _JSON, signed.root.made)
