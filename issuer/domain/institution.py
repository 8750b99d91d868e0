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

    def profile(self, did: str) -> IssuerProfile:
        """Give the issuer as credentials name it."""
        return IssuerProfile(
            id=did,
            name=self.name,
            url=self.url,
            identifiers=[(value, kind) for kind, value in self.identifiers.items()],
        )
