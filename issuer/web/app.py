"""The application that serves the public pages."""

from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, request, url_for
from markupsafe import Markup

from issuer.ports import PublicDesk
from issuer.web import access, headers, language, problems
from issuer.web.language import Language, asked_language, current_language
from issuer.web.outcomes import check_word, outcome_word, verdict_word
from issuer.web.pages import spoken
from issuer.web.questions import said
from issuer.web.views import award, certification, check, home, published, vc_api

_FORM_OVERHEAD_BYTES = 16 * 1024
_MAX_FORM_PARTS = 8
_STATIC_SECONDS = 3600


def create_app(desk: PublicDesk) -> Flask:
    """Make the application around the service.

    Args:
        desk: All that the pages ask of the service.

    Returns:
        A WSGI application without state: no session, no cookie.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = check.MAX_DOCUMENT_BYTES + _FORM_OVERHEAD_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = check.MAX_DOCUMENT_BYTES
    app.config["MAX_FORM_PARTS"] = _MAX_FORM_PARTS
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _STATIC_SECONDS
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["safe_link"] = safe_link
    app.jinja_env.filters["spoken"] = spoken
    app.jinja_env.filters["said"] = said
    app.jinja_env.filters["check_word"] = check_word
    app.jinja_env.filters["outcome_word"] = outcome_word
    app.jinja_env.filters["verdict_word"] = verdict_word
    access.open_door(app, desk)
    language.install(app)
    headers.install(app)
    problems.install(app)
    app.after_request(_say_language)
    app.context_processor(_common)
    for area in (home, award, check, certification, published, vc_api):
        app.register_blueprint(area.views)
    return app


def safe_link(address: str) -> str | None:
    """Give an address that a person may be led to, or None: only the web, whatever a document says."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return address if scheme in {"https", "http"} else None


def _say_language(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = current_language().value
        response.vary.add("Accept-Language")
    return response


def _common() -> dict[str, object]:
    desk = access.public_desk()
    asked = asked_language()
    return {
        "theme": desk.theme,
        "base_url": desk.base_url,
        "consults_others": desk.consults_others,
        "host": urlsplit(desk.base_url).netloc,
        "language": current_language().value,
        "other_language": Language.EN.value if current_language() is Language.FR else Language.FR.value,
        # What stays French on any page: names, the documents' own words, the contact.
        "french": "" if current_language() is Language.FR else Markup(' lang="fr"'),
        "lang_argument": asked.value if asked else None,
        "same_page": _same_page,
        "personal": headers.is_personal(request),
        "answered_form": request.method == "POST",
    }


def _same_page(language_wanted: str) -> str:
    """Give this page's address in another language."""
    if request.endpoint is None:
        return url_for("home.home", lang=language_wanted)
    # Written by hand: among its own arguments, url_for would take some of a stranger's for orders.
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    query = urlencode([*asked, ("lang", language_wanted)])
    return f"{url_for(request.endpoint, **(request.view_args or {}))}?{query}"
