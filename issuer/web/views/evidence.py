"""What anybody may keep of the trail: the signed roots, which say nothing of anybody."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from issuer.web.access import evidence_desk
from issuer.web.answers import opened, published
from issuer.web.language import gettext
from issuer.web.problems import ProblemError

views = Blueprint("evidence", __name__, url_prefix="/audit/roots")

_LIST_SECONDS = 300
_ROOT_SECONDS = 86_400
"""A root never changes."""

_MOST_DIGITS = 9


@views.get("")
def root_list() -> Response:
    """Give the list of all roots."""
    desk = evidence_desk()
    if desk is None:
        raise _unknown()
    return opened(published(desk.root_list(), request, max_age=_LIST_SECONDS))


@views.get("/<number>")
def root(number: str) -> Response:
    """Give a root as it was signed."""
    desk = evidence_desk()
    plain = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    found = desk.root(int(number)) if desk is not None and plain else None
    if found is None:
        raise _unknown()
    return opened(published(found, request, max_age=_ROOT_SECONDS))


def _unknown() -> ProblemError:
    return ProblemError(
        HTTPStatus.NOT_FOUND, "root.unknown", gettext("Aucune racine publiée sous ce numéro.")
    )
