"""Signed roots over the trail, as the services and the pages see them."""

from collections.abc import Sequence
from typing import Protocol

from issuer.domain.published_root import SignedRoot
from issuer.ports.public import Published


class EvidenceRegistry(Protocol):
    """The part of a unit of work that keeps them; they are never changed or removed."""

    def roots(self) -> Sequence[bytes]:
        """Give the signed bytes of every root, the first one first."""
        ...

    def root(self, number: int) -> bytes | None:
        """Give the signed bytes of a root by its number, or None."""
        ...

    def keep_root(self, root: SignedRoot) -> None:
        """Append a root."""
        ...

    def exported_documents(self) -> Sequence[tuple[str, str]]:
        """Give every identifier under which a form of an award was handed out, and the award's number."""
        ...

    def schema_revision(self) -> str:
        """Give the revision of the schema in which the register is kept now."""
        ...


class EvidenceDesk(Protocol):
    """What the pages publish of the trail: nothing of what is in it."""

    def root_list(self) -> Published:
        """Give the list of all roots: number, day, digest."""
        ...

    def root(self, number: int) -> Published | None:
        """Give a root as it was signed, or None."""
        ...
