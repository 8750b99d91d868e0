"""The cookies of the registrar's desk: each necessary, none readable by a script, none sent to another page.

Their paths are the desk's, which is why they are named ``__Secure-`` and not ``__Host-``.

Spec: RFC 6265bis, sections 4.1.2 and 4.1.3; OWASP ASVS 4.0.3, section 3.4.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from issuer.web.access import public_desk

PATH: Final = "/registre"
DOOR_PATH: Final = f"{PATH}/entrer"


@dataclass(frozen=True, slots=True)
class Cookie:
    """One of them.

    Attributes:
        name: Its name, without what an encrypted address puts before it.
        path: Where the browser sends it.
        life: How long it is kept at most.
        same_site: Whether another site's link may bring it.
    """

    name: str
    path: str
    life: timedelta
    same_site: Literal["Strict", "Lax"] = "Strict"


SESSION: Final = Cookie("registre", PATH, timedelta(hours=10))
"""The session's secret."""

DOOR: Final = Cookie("registre-entree", PATH, timedelta(hours=2))
"""Before there is a session: that a form comes from the page that we showed."""

BROWSER: Final = Cookie("registre-poste", DOOR_PATH, timedelta(days=180))
"""By which a browser is known in which an account was used: strangers cannot lock it out."""

FLOW: Final = Cookie("registre-etablissement", DOOR_PATH, timedelta(minutes=10), "Lax")
"""Holds a visit to the institution's own sign-in together; the provider's answer must be able to bring it."""


def read(cookie: Cookie) -> str:
    """Give what the browser sent; empty where it sent nothing."""
    return request.cookies.get(name_of(cookie), "")


def hand_out(answer: AnyResponse, cookie: Cookie, value: str, life: timedelta | None = None) -> None:
    """Hand a cookie to the browser.

    Args:
        answer: The answer that carries it.
        cookie: Which.
        value: What it holds.
        life: How long it is kept, where that is less than it may be.
    """
    answer.set_cookie(
        name_of(cookie),
        value,
        max_age=life or cookie.life,
        path=cookie.path,
        secure=is_https(),
        httponly=True,
        samesite=cookie.same_site,
    )


def take_back(answer: AnyResponse, cookie: Cookie) -> None:
    """Take a cookie from the browser."""
    answer.delete_cookie(
        name_of(cookie), path=cookie.path, secure=is_https(), httponly=True, samesite=cookie.same_site
    )


def name_of(cookie: Cookie) -> str:
    """Give a cookie's name; where it can be, one that only an encrypted page may set."""
    return f"__Secure-{cookie.name}" if is_https() else cookie.name


def is_https() -> bool:
    """Say whether the service is read over https: plain http is for this machine and its network alone."""
    return urlsplit(public_desk().base_url).scheme == "https"
