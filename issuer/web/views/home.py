"""The door: whose service this is, what it does, and the small files that a browser asks for."""

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, render_template

from issuer.ports import Theme
from issuer.web.access import public_desk
from issuer.web.problems import ProblemError
from issuer.web.theme import stylesheet

views = Blueprint("home", __name__)

_SVG = "image/svg+xml"
_KEPT_SECONDS = 3600
# Not /v/: a crawler that may not fetch a page never reads that it is not to be indexed.
_ROBOTS = "User-agent: *\nDisallow: /verify\n"
_FAVICON = Path(__file__).parent.parent / "static" / "favicon.svg"


@views.get("/")
def home() -> str:
    """Show the home page."""
    return render_template("home.html")


@views.get("/theme.css")
def theme() -> Response:
    """Give the style sheet with the theme's colours, so that no page needs an inline style."""
    return _kept(Response(stylesheet(_theme()), mimetype="text/css"))


@views.get("/logo.svg")
def logo() -> Response:
    """Give the institution's own mark."""
    drawing = _theme().logo_svg
    if drawing is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "logo.missing", "")
    return _kept(Response(drawing, mimetype=_SVG))


@views.get("/favicon.ico")
def favicon() -> Response:
    """Give the icon of the browser's tab: the institution's mark, else a neutral seal."""
    return _kept(Response(_theme().logo_svg or _FAVICON.read_text("utf-8"), mimetype=_SVG))


@views.get("/robots.txt")
def robots() -> Response:
    """Spare search engines the form; personal pages ask by themselves not to be indexed."""
    return _kept(Response(_ROBOTS, mimetype="text/plain"))


def _theme() -> Theme:
    return public_desk().theme


def _kept(answer: Response) -> Response:
    answer.cache_control.public = True
    answer.cache_control.max_age = _KEPT_SECONDS
    return answer
