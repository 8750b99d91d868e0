"""Who reads a page: a person with a browser, or software that was not sent by one."""

from flask import Request

from issuer.web.negotiation import HTML

_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
"""Headers by which browsers say that nobody has asked for the page yet."""


def opened_by_a_person(request: Request) -> bool:
    """Say whether a browser opened a page, as far as a request tells without keeping anything of it.

    Software that draws previews, as a rule, does not ask for a page in so many words; a browser that loads
    one before it is asked for says so.

    Args:
        request: The request.

    Spec: Fetch Metadata, Sec-Purpose.
    """
    ahead = " ".join(request.headers.get(name, "") for name in _AHEAD).lower()
    return (
        request.method == "GET"
        and HTML in request.headers.get("Accept", "").lower()
        and "prefetch" not in ahead
        and "preview" not in ahead
    )
