"""The institution as data: its name, identifiers, signatories and theme; never a constant in the code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from credentials.documents.open_badge import IssuerProfile


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who may sign jury records, with the quality and delegation under which they do.

    Attributes:
        name: As written in the records.
        delegation: Reference of the registered delegation.
    """

    name: str
    delegation: str


@dataclass(frozen=True, slots=True)
class LegalNotice:
    """What the legal and privacy notices must name; None where the institution has not said it yet.

    Attributes:
        address: The publisher's seat and telephone, as text.
        representative: Who represents the publisher in law: name and quality.
        publication_director: Who answers for what is published.
        host: Name, address and telephone of who hosts the service.
        dpo: How to reach the data protection officer.
        accessibility: How to report a barrier, where it is not the registry.
    """

    address: str | None = None
    representative: str | None = None
    publication_director: str | None = None
    host: str | None = None
    dpo: str | None = None
    accessibility: str | None = None


@dataclass(frozen=True, slots=True)
class Institution:
    """The issuing institution.

    Attributes:
        name: Its name as credentials and pages write it.
        short_name: Its usual short name.
        url: Its own site.
        identifiers: ``identifierType`` to identifier (``ext:SIRET``, ``ext:ROR``, ``ext:UAI``).
        contact: How to reach the registry, as text.
        signatories: Whose signature on a record counts.
        accent: Accent colour on white, ``#rrggbb``.
        accent_dark: Accent colour on black.
        logo_svg: The mark as an SVG document, or None.
        demonstration: Whether pages and pictures say "démonstration".
        registry_mail: The registry's own address: reported doubts go there, and answers to mails; or None.
        delivery_place: Where documents are delivered, as papers print it; None for the place of the jury.
        linkedin_id: The number of its page at LinkedIn, or None.
        legal: What the legal and privacy notices name.
    """

    name: str
    short_name: str
    url: str
    identifiers: Mapping[str, str]
    contact: str
    signatories: Sequence[Signatory]
    accent: str
    accent_dark: str
    logo_svg: str | None
    demonstration: bool
    registry_mail: str | None = None
    delivery_place: str | None = None
    linkedin_id: str | None = None
    legal: LegalNotice = LegalNotice()

    def profile(self, did: str) -> IssuerProfile:
        """Give the issuer as credentials name it."""
        return IssuerProfile(
            id=did,
            name=self.name,
            url=self.url,
            identifiers=[(value, kind) for kind, value in self.identifiers.items()],
        )
