"""What a document calls for before it can be verified: documents and lists that lie elsewhere."""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime

from credentials import did_web
from credentials.canonical.embedded import MAX_EMBEDDED, parts_of
from credentials.checks import related
from credentials.document import Document, received_as
from credentials.materials import Needs
from credentials.status.addresses import addresses_of
from credentials.structure.values import controllers_of, objects_of
from credentials.token_keys import needs_of as key_needs


def needs(document: Document, at: datetime | None = None) -> Needs:
    """Say what a document calls for.

    Args:
        document: A document as read; its form need not be right.
        at: The past instant whose status is asked for (:attr:`Policy.status_at`), aware, or None.

    Returns:
        Identifiers and addresses as written by the document: hostile until checked.
    """
    inner = list(_embedded_in(document, MAX_EMBEDDED))
    found = [_needs_of(received, at) for received in (document, *inner)]
    return Needs(
        dids=_once(did for item in found for did in item.dids),
        status_list_urls=_once(url for item in found for url in item.status_list_urls),
        key_urls=_once(url for item in found for url in item.key_urls),
        related_digests=_once(digest for item in found for digest in item.related_digests),
        embedded_ids=_once(
            str(held.content["id"]) for held in inner if isinstance(held.content.get("id"), str)
        ),
    )


def _needs_of(received: Document, at: datetime | None) -> Needs:
    content, issuer_id = received.content, received.issuer
    header = received.envelope.jws.header if received.envelope is not None else None
    token = key_needs(header, issuer_id) if header is not None else Needs()
    controllers = controllers_of(content)
    own = [did for did in controllers if did == issuer_id and did.startswith(did_web.PREFIX)]
    resources = objects_of(content.get("relatedResource"))
    return Needs(
        dids=(*own, *token.dids),
        status_list_urls=addresses_of(content, at),
        key_urls=token.key_urls,
        related_digests=tuple(digest for resource in resources for digest in related.digests_of(resource)),
    )


def _embedded_in(document: Document, most: int) -> Iterator[Document]:
    """Give the credentials in a document, and those in them, so many at most; none that cannot be read."""
    waiting = deque([document])
    while waiting and most > 0:
        for item in parts_of(waiting.popleft().content).embedded[:most]:
            most -= 1
            held = received_as(item.content)
            if isinstance(held, Document):
                waiting.append(held)
                yield held


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
