"""A fiche of the open data, completed and compared with what the register holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from issuer.ports import Registry
from issuer.services.fiches.comparison import Difference, compare_documents
from issuer.services.fiches.completion import Completed, completed
from issuer.services.office import Office


@dataclass(frozen=True, slots=True)
class FeedVersion:
    """What taking a feed's fiche in would make.

    Attributes:
        document: The document, complete.
        notes: What did not come from the feed.
        earlier: Label of the newest version kept, or None where there is none.
        differences: What differs from it; empty where there is none.
    """

    document: Mapping[str, object]
    notes: Sequence[Completed]
    earlier: str | None
    differences: Sequence[Difference]


def version_from_feed(office: Office, stated: Mapping[str, object]) -> FeedVersion:
    """Complete what a feed states of a fiche; changes nothing.

    Args:
        office: The service.
        stated: What the feed states, in the form ``rncp-fiche/1``.

    Spec: french-domain.md, section 8 (show a difference list; never overwrite silently).
    """
    with office.store.reading() as registry:
        version, earlier = _newest(registry, str(stated["code"]))
    completion = completed(stated, earlier)
    differences = () if earlier is None else compare_documents(earlier, completion.document)
    return FeedVersion(completion.document, completion.notes, version, differences)


def _newest(registry: Registry, code: str) -> tuple[str | None, Mapping[str, object] | None]:
    versions = [kept.version for kept in registry.certifications() if kept.code == code]
    if not versions:
        return None, None
    return versions[-1], registry.certification_document(code, versions[-1])
