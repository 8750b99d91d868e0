"""The parchment of an award, printed on demand."""

import re

from flask import Blueprint, Response, request

from issuer.errors import NotFoundError, RefusedError
from issuer.ports import Published
from issuer.web.access import public_desk
from issuer.web.answers import published
from issuer.web.dead_ends import closed, no_paper, nowhere
from issuer.web.negotiation import wants_page

views = Blueprint("paper", __name__, url_prefix="/v")

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")
FILE_NAME = "attestation.pdf"
"""What a browser calls the file: no name of a person, and none of a link."""


@views.get("/<token>/diplome.pdf")
def paper(token: str) -> Response:
    """Give the parchment of an award in force, with its signed credential attached."""
    return paper_of(token)


def paper_of(token: str) -> Response:
    """Give the parchment behind a link, at whichever address it was asked for.

    Args:
        token: The last part of the link.

    Raises:
        ProblemError: For a program: there is none here, or none that could be printed.
    """
    try:
        found = public_desk().paper(token) if _TOKEN.match(token) else None
    except (NotFoundError, RefusedError) as error:
        end = no_paper(error.code)
        if wants_page(request):
            return end.page()
        raise end.problem() from error
    if not isinstance(found, Published):
        raise (closed(found) if found else nowhere(token)).problem()
    answer = published(found, request)
    answer.headers["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    return answer
