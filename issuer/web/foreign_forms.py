"""Whether another site had a reader's browser send a form."""

from flask import request

from issuer.web.access import public_desk

_OURSELVES = frozenset({"same-origin", "none"})
"""What a browser says of a request that no other site began (Fetch Metadata)."""


def sent_by_another_site() -> bool:
    """Say whether the browser tells that another site began this request.

    ``Origin`` is ``null`` on our own forms, because our pages tell no referrer: it can only speak against a
    request. ``Sec-Fetch-Site`` says it where the browser sends it. A program that sends neither is not a
    reader's browser, and does nothing in a reader's name.

    Spec: Fetch, "append a request Origin header"; Fetch Metadata, section 2.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    if site is not None:
        return site not in _OURSELVES
    return origin not in {"null", public_desk().base_url}
