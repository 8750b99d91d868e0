"""The session of the graduate's space: its cookie, the token of its forms, and who may post to it.

The cookie is set under ``/moi`` alone and its path is ``/moi``: no public page sets it, and none receives it.
That is why it is named ``__Secure-`` and not ``__Host-``, which would have it sent to every page. What the
browser holds is the session's secret; the register holds its digest.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from flask import Response, g, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from issuer.ports import Visit
from issuer.web.access import holder_desk, public_desk
from issuer.web.foreign_forms import sent_by_another_site
from issuer.web.language import gettext
from issuer.web.problems import ProblemError

PATH = "/moi"
FIELD = "csrf"
"""The field of every form of the space that holds :func:`csrf_token`."""

_PURPOSE = b"parchemin form of the holder's space"
_VISIT = "parchemin_visit"
_AT_THE_DOOR = frozenset({"space.entry.ask", "space.entry.enter"})
"""Forms without a token: who arrives from a mail has a cookie that the page with the button was not sent."""

P = ParamSpec("P")


class SpaceClosedError(Exception):
    """There is no open session; the page says so and offers a new link."""


def visit() -> Visit | None:
    """Give the session of this request, asked for once; None outside one."""
    if _VISIT not in g:
        secret = request.cookies.get(cookie_name(), "")
        setattr(g, _VISIT, holder_desk().visit(secret) if secret else None)
    return cast("Visit | None", getattr(g, _VISIT))


def require_session(view: Callable[Concatenate[str, P], Response]) -> Callable[P, Response]:
    """Let a view be seen inside a session alone; its first argument becomes the person's candidate id.

    Outside one, :class:`SpaceClosedError` is raised before the view has done anything.
    """

    @wraps(view)
    def inside(*args: P.args, **kwargs: P.kwargs) -> Response:
        current = visit()
        if current is None:
            raise SpaceClosedError
        return view(current.candidate_id, *args, **kwargs)

    return inside


def open_session(answer: AnyResponse, opened: Visit) -> None:
    """Hand a session to the browser.

    Strict, not lax: one arrives from the mail on a page that needs no session, and its button is our own.

    Args:
        answer: The answer that carries the cookie.
        opened: The session, just opened.

    Spec: RFC 6265bis, sections 4.1.2 and 4.1.3.
    """
    answer.set_cookie(
        cookie_name(),
        opened.secret,
        max_age=opened.ends_at - opened.opened_at,
        path=PATH,
        secure=_is_https(),
        httponly=True,
        samesite="Strict",
    )


def close_session(answer: AnyResponse) -> None:
    """Take the session from the browser."""
    answer.delete_cookie(cookie_name(), path=PATH, secure=_is_https(), httponly=True, samesite="Strict")


def csrf_token() -> str:
    """Give the token that a form of this session must carry; empty outside one."""
    current = visit()
    if current is None:
        return ""
    code = hmac.digest(current.secret.encode(), _PURPOSE, hashlib.sha256)
    return urlsafe_b64encode(code).rstrip(b"=").decode()


def csrf_field() -> Markup:
    """Give the hidden field that each form of the space begins with."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def refuse_foreign_posts() -> None:
    """Refuse a form that another site sent, or that does not carry its session's token.

    What the browser says of its origin speaks against a request; in a session the token decides as well.

    Raises:
        ProblemError: ``form.foreign``.
    """
    if request.method != "POST":
        return
    inside = request.endpoint not in _AT_THE_DOOR and visit() is not None
    if sent_by_another_site() or (inside and not _carries_token()):
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "form.foreign",
            gettext("Rien n’a été changé. Revenez à la page précédente, rechargez-la et recommencez."),
        )


def cookie_name() -> str:
    """Give the cookie's name; where it can be, one that only an encrypted page may set."""
    return "__Secure-moi" if _is_https() else "moi"


def _carries_token() -> bool:
    given = request.form.get(FIELD, "")
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), csrf_token().encode())


def _is_https() -> bool:
    """Say whether the service is read over https: plain http is for this machine and its network alone."""
    return urlsplit(public_desk().base_url).scheme == "https"
