"""The session of the registrar's desk: the token of its forms, and which view is whose.

Every view of the desk says who may use it: :func:`requires` for those who have a role, :func:`anybody` for
the few that stand before the door. One that says neither keeps the application from starting.

What the browser holds is the session's secret; the register holds its digest.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.ports.staff import Account, StaffVisit
from issuer.web import staff_cookies
from issuer.web.access import staff_desk
from issuer.web.foreign_forms import sent_by_another_site
from issuer.web.language import gettext
from issuer.web.problems import ProblemError
from issuer.web.staff_cookies import PATH

FIELD = "csrf"
"""The field of every form of the desk that holds :func:`csrf_token`."""

BACK = "suite"
"""The argument that says where to go once signed in: an address of the desk, or nothing."""

_PURPOSE = b"parchemin form of the registrar's desk"
_VISIT = "parchemin_staff_visit"
_DOOR = "parchemin_staff_door"
_ROLES = "parchemin_roles"
_ANYBODY = "parchemin_anybody"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})

P = ParamSpec("P")
R = TypeVar("R", bound=AnyResponse)
View = TypeVar("View", bound=Callable[..., object])


class SignedOutError(Exception):
    """There is no open session; the answer leads to the door, and nothing was done."""


class RoleNeededError(Exception):
    """The account has none of the roles that a page needs.

    Attributes:
        roles: Those that would do.
    """

    def __init__(self, roles: frozenset[Role]) -> None:
        super().__init__(", ".join(sorted(roles)))
        self.roles = roles


class FreshSignInNeededError(Exception):
    """The second factor was given too long ago for what is asked.

    Attributes:
        back: The address to come back to once it was given again.
    """

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


def visit() -> StaffVisit | None:
    """Give the session of this request, asked for once; None outside one."""
    if _VISIT not in g:
        secret = staff_cookies.read(staff_cookies.SESSION)
        setattr(g, _VISIT, staff_desk().visit(secret) if secret else None)
    return cast("StaffVisit | None", getattr(g, _VISIT))


def requires(
    *roles: Role,
) -> Callable[[Callable[Concatenate[Account, P], R]], Callable[P, R]]:
    """Let a view be used by accounts that have one of these roles; by every account where none is named.

    The view's first argument becomes the account. Outside a session, and without the role, the view does
    nothing: :class:`SignedOutError`, :class:`RoleNeededError`.

    Args:
        roles: Each of them is enough.
    """
    needed = frozenset(roles)

    def guard(view: Callable[Concatenate[Account, P], R]) -> Callable[P, R]:
        @wraps(view)
        def inside(*args: P.args, **kwargs: P.kwargs) -> R:
            current = visit()
            if current is None:
                raise SignedOutError
            if needed and not current.account.has(*needed):
                raise RoleNeededError(needed)
            return view(current.account, *args, **kwargs)

        setattr(inside, _ROLES, needed)
        return inside

    return guard


def anybody(view: View) -> View:
    """Declare that a view of the desk stands before the door: it needs no session.

    Args:
        view: It must not read or change anything but what belongs to signing in.
    """
    setattr(view, _ANYBODY, True)
    return view


def roles_of(view: object) -> frozenset[Role] | None:
    """Give the roles of which a view needs one: none of them where any account will do, None before the door.

    Args:
        view: One of the application's view functions.
    """
    return cast("frozenset[Role] | None", getattr(view, _ROLES, None))


def may_open(account: Account, view: object) -> bool:
    """Say whether an account may use a view of the desk.

    Args:
        account: Who.
        view: One of the application's view functions.
    """
    needed = roles_of(view)
    return needed is None or not needed or account.has(*needed)


def require_declarations(app: Flask) -> None:
    """Refuse to start with a view of the desk that does not say who may use it.

    Args:
        app: The application, all its views registered.

    Raises:
        RuntimeError: A rule of the desk has a view that declares nothing.
    """
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if f"{rule.rule}/".startswith(f"{PATH}/") and roles_of(view) is None and not hasattr(view, _ANYBODY):
            raise RuntimeError(f"the view {rule.endpoint} of the desk does not declare who may use it")


def require_fresh(back: str) -> None:
    """Have the second factor given again where it was given more than ten minutes ago.

    Called first by a view that decides something (and by the page that shows its form, so that nobody fills
    one in for nothing).

    Args:
        back: The address to come back to: a page, not a form's target.

    Raises:
        FreshSignInNeededError: It was; the answer asks for a code and leads back.

    Spec: OWASP ASVS 4.0.3, section 3.7.1.
    """
    current = visit()
    if current is None:
        raise SignedOutError
    if not staff_desk().is_fresh(current):
        raise FreshSignInNeededError(back)


def open_session(answer: AnyResponse, opened: StaffVisit) -> None:
    """Hand a session to the browser.

    Args:
        answer: The answer that carries the cookie.
        opened: The session, just opened.
    """
    staff_cookies.hand_out(answer, staff_cookies.SESSION, opened.secret, opened.ends_at - opened.opened_at)
    staff_cookies.take_back(answer, staff_cookies.DOOR)


def close_session(answer: AnyResponse) -> None:
    """Take the session from the browser, and what it kept of this address.

    Its cookies are not named in ``Clear-Site-Data``: that would take those of every host of the institution's
    domain. Ours is taken by name.

    Spec: Clear Site Data, section 3.1.
    """
    staff_cookies.take_back(answer, staff_cookies.SESSION)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'


def csrf_token() -> str:
    """Give the token that a form must carry: the session's, or that of the page shown before the door."""
    current = visit()
    return _token(current.secret) if current is not None else _token(_door_secret())


def csrf_field() -> Markup:
    """Give the hidden field that each form of the desk begins with."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def prepare_door() -> None:
    """Let the page that is being made hold a form outside a session: it gets a secret of its own."""
    if visit() is None and not staff_cookies.read(staff_cookies.DOOR):
        setattr(g, _DOOR, staff_desk().new_secret())


def hand_out_door(answer: Response) -> Response:
    """Hand the secret of such a page to the browser; called after every request of the desk."""
    made = g.get(_DOOR)
    if made is not None:
        staff_cookies.hand_out(answer, staff_cookies.DOOR, made)
    return answer


def refuse_foreign_forms() -> None:
    """Refuse a request that changes something and that another site sent, or without the token of its form.

    Outside a session, a form that needs one changes nothing and is led to the door: its view says so.

    Raises:
        ProblemError: ``form.foreign``.
    """
    if request.method in _READING:
        return
    guarded = roles_of(current_app.view_functions.get(request.endpoint or "")) is not None
    led_away = guarded and visit() is None
    if sent_by_another_site() or not (led_away or _carries_token(guarded=guarded)):
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "form.foreign",
            gettext("Rien n’a été changé. Revenez à la page précédente, rechargez-la et recommencez."),
        )


def asked_back() -> str | None:
    """Give the address of the desk that the request wants to go on to, or None; never another site's."""
    return own_address(request.values.get(BACK, ""))


def own_address(wanted: str) -> str | None:
    """Give an address where it is one of the desk, or None.

    Args:
        wanted: What a request says, hostile until checked.
    """
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return None
    ours = f"{parts.path}/".startswith(f"{PATH}/") and not parts.scheme and not parts.netloc
    return wanted if ours and "\\" not in wanted and wanted.isprintable() and wanted.isascii() else None


def here() -> str | None:
    """Give the address of this page, to come back to; None where it is a form's target."""
    return request.full_path.rstrip("?") if request.method in _READING else None


def _door_secret() -> str:
    return str(g.get(_DOOR) or staff_cookies.read(staff_cookies.DOOR))


def _token(secret: str) -> str:
    if not secret:
        return ""
    code = hmac.digest(secret.encode("utf-8", "surrogatepass"), _PURPOSE, hashlib.sha256)
    return urlsafe_b64encode(code).rstrip(b"=").decode()


def _carries_token(*, guarded: bool) -> bool:
    """Say whether the form is from our own page; before the door it may have been shown without a session."""
    given = request.form.get(FIELD, "").encode("utf-8", "surrogatepass")
    wanted = {csrf_token()} if guarded else {csrf_token(), _token(_door_secret())}
    return any(token and hmac.compare_digest(given, token.encode()) for token in wanted)
