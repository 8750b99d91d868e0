"""The institution as data: its name, identifiers, signatories and theme; never a constant in the code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credentials.documents.open_badge import IssuerProfile


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which somebody is in office, both included; None where no day bounds it.

    Attributes:
        first: The first day, or None.
        last: The last day, or None.
    """

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day is in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who may sign jury records, with the quality and delegation under which they do.

    Attributes:
        name: As written in the records.
        delegation: Reference of the registered delegation.
        quality: Under which quality, or None where the name says it after a comma.
        term: The days on which they are in office.
    """

    name: str
    delegation: str
    quality: str | None = None
    term: Term = Term()


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
class CpfSettings:
    """Who sends to the CPF feed, and under which contract; None until the Caisse des Dépôts has said it.

    Attributes:
        sender: The sender's ``idClient``: eight characters.
        certifier: The certifier's ``idClient``: eight characters.
        contract: ``idContrat``: 1 to 20 characters.
        schema: Version of the schema that files are made for.
    """

    sender: str | None = None
    certifier: str | None = None
    contract: str | None = None
    schema: str = "1.1.2"


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days each kind of data is kept once it has served (``docs/retention.md``).

    Attributes:
        drafts: Records that are being corrected at the desk, since they were handed in.
        notices: Mails that went or came back, since then.
        civil_data: Civil data, since the title was accepted by the feed.
        civil_data_unused: Civil data that were never accepted, since they were taken in.
        sessions: Links and sessions of the graduates' space, since they ended.
        doubts: Doubts that strangers reported, since they were closed.
        addresses: Addresses, since the person's last sign of life.
    """

    drafts: int = 90
    notices: int = 365
    civil_data: int = 30
    civil_data_unused: int = 365
    sessions: int = 30
    doubts: int = 365
    addresses: int = 1095


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
        cpf: Who sends to the CPF feed.
        retention: How long data are kept.
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
    cpf: CpfSettings = CpfSettings()
    retention: Retention = Retention()

    def profile(self, did: str) -> IssuerProfile:
        """Give the issuer as credentials name it."""
        return IssuerProfile(
            id=did,
            name=self.name,
            url=self.url,
            identifiers=[(value, kind) for kind, value in self.identifiers.items()],
        )
