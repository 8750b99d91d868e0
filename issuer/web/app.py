"""The application that serves the public pages."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import cast
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, request, url_for
from flask.globals import request_ctx
from markupsafe import Markup

from issuer.ports import CodeDesk, HolderDesk, PublicDesk, RateLimits
from issuer.ports.doubts import DoubtDesk
from issuer.ports.evidence import EvidenceDesk
from issuer.ports.lifecycle import LifecycleDesk
from issuer.ports.receipts import ReceiptDesk
from issuer.ports.sharing import SharingDesk
from issuer.ports.staff_desk import StaffDesk
from issuer.ports.watch import Condition
from issuer.services.fiches.desk import FicheDesk
from issuer.services.legal_desk import LegalDesk
from issuer.services.letters import Letters
from issuer.services.programs import StudentSystem
from issuer.services.season.desk import SeasonDesk
from issuer.web import access, headers, language, measures, problems, staff_sessions
from issuer.web.handed_in import MAX_DOCUMENT_BYTES, MemoryRequest
from issuer.web.language import Language, asked_language, current_language
from issuer.web.outcomes import check_word, outcome_word, verdict_word
from issuer.web.pages import spoken
from issuer.web.questions import said
from issuer.web.views import (
    award,
    certification,
    check,
    code,
    doubt,
    evidence,
    home,
    house,
    monitoring,
    paper,
    published,
    receipt,
    share,
    space,
    student_api,
    vc_api,
)
from issuer.web.views.desk import views as registry_desk

_FORM_OVERHEAD_BYTES = 16 * 1024
_MAX_FORM_PARTS = 8
_STATIC_SECONDS = 3600


def create_app(
    desk: PublicDesk,
    translations: Path = language.TRANSLATIONS,
    *,
    holders: HolderDesk | None = None,
    sharing: SharingDesk | None = None,
    codes: CodeDesk | None = None,
    limits: RateLimits | None = None,
    receipts: ReceiptDesk | None = None,
    doubts: DoubtDesk | None = None,
    roots: EvidenceDesk | None = None,
    staff: StaffDesk | None = None,
    season: SeasonDesk | None = None,
    lifecycle: LifecycleDesk | None = None,
    legal: LegalDesk | None = None,
    programs: StudentSystem | None = None,
    fiches: FicheDesk | None = None,
    letters: Letters | None = None,
    condition: Condition | None = None,
    metrics_word: str | None = None,
) -> Flask:
    """Make the application around the service.

    Args:
        desk: All that the pages ask of the service.
        translations: The catalogues, one folder a language.
        holders: All that the graduates' space asks; None for an application without one.
        sharing: What holders show to others; None for an application without shares.
        codes: The answers to short codes; None for an application without them.
        limits: How often strangers may try; whatever needs them is not there without.
        receipts: What seals and judges receipts; None for an application without them.
        doubts: What takes doubts to the registrar; None for an application where none can be reported.
        roots: The published roots; None for an application without them.
        staff: The door of the registrar's desk; None for an application without one.
        season: A jury season's work at the desk.
        lifecycle: Awards, orders and the to-do list, for that desk.
        legal: Legal exports and what concerns one person, for that desk.
        programs: What programs of the student system ask; None for an application without that interface.
        fiches: The certifications, for that desk.
        letters: What prints letters for holders without an address, for that desk.
        condition: How the service is doing; None for an application whose readiness is the desk's word.
        metrics_word: What opens the figures to other machines; None: this machine alone reads them.

    Returns:
        A WSGI application without state: no session on the public pages, no cookie; those of the graduates'
        space and of the desk are kept by the service.
    """
    app = Flask(__name__)
    app.request_class = MemoryRequest
    app.config["MAX_CONTENT_LENGTH"] = MAX_DOCUMENT_BYTES + _FORM_OVERHEAD_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_DOCUMENT_BYTES
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
    counted = measures.Measures(condition, str(os.getpid()))
    access.open_door(app, cast("PublicDesk", measures.CountingDesk(desk, counted.judged)))
    access.open_evidence(app, roots)
    access.open_monitoring(app, condition, counted, metrics_word)
    language.install(app, translations)
    headers.install(app)
    problems.install(app)
    measures.install(app, counted, lambda: secrets.token_hex(8))
    app.after_request(_say_language)
    app.context_processor(_common)
    for area in (home, house, paper, award, check, certification, published, evidence, vc_api, monitoring):
        app.register_blueprint(area.views)
    if limits is not None:
        _open_limited(app, codes, doubts, limits)
    _open_rooms(app, sharing, receipts, holders)
    _open_systems(app, programs, fiches, letters)
    if staff is not None:
        _open_desk(app, staff, season, lifecycle, legal)
    return app


def _open_limited(app: Flask, codes: CodeDesk | None, doubts: DoubtDesk | None, limits: RateLimits) -> None:
    """Open what strangers may only try so often."""
    if codes is not None:
        access.open_codes(app, codes, limits)
        app.register_blueprint(code.views)
    if doubts is not None:
        access.open_doubts(app, doubts, limits)
        app.register_blueprint(doubt.views)


def _open_rooms(
    app: Flask, sharing: SharingDesk | None, receipts: ReceiptDesk | None, holders: HolderDesk | None
) -> None:
    if sharing is not None:
        access.open_sharing(app, sharing)
        app.register_blueprint(share.views)
    if receipts is not None:
        access.open_receipts(app, receipts)
        app.register_blueprint(receipt.views)
    if holders is not None:
        access.open_space(app, holders)
        app.register_blueprint(space.views)


def _open_desk(
    app: Flask,
    staff: StaffDesk,
    season: SeasonDesk | None,
    lifecycle: LifecycleDesk | None,
    legal: LegalDesk | None,
) -> None:
    """Open the registrar's desk, whose every view must say who may use it."""
    access.open_desk(app, staff)
    if season is not None:
        access.open_season(app, season)
    if lifecycle is not None:
        access.open_lifecycle(app, lifecycle)
    access.open_legal(app, legal)
    app.register_blueprint(registry_desk)
    staff_sessions.require_declarations(app)


def _open_systems(
    app: Flask, programs: StudentSystem | None, fiches: FicheDesk | None, letters: Letters | None
) -> None:
    if programs is not None:
        access.open_programs(app, programs)
        app.register_blueprint(student_api.views)
    if fiches is not None:
        access.open_fiches(app, fiches)
    if letters is not None:
        access.open_letters(app, letters)


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
        "locale_name": str(current_language().locale),
        "languages": language.languages().values(),
        "restart_offers": language.restart_offers(),
        # What stays French on any page: names, the documents' own words, the contact.
        "french": "" if current_language() is Language.FR else Markup(' lang="fr"'),
        "lang_argument": asked.value if asked else None,
        "same_page": _same_page,
        "personal": headers.is_personal(request),
        "answered_form": request.method == "POST",
        "has_space": access.has_space(),
        "has_codes": access.has_codes(),
        "has_doubts": access.has_doubts(),
        "gives_receipts": access.gives_receipts(),
    }


def _same_page(language_wanted: str) -> str:
    """Give this page's address in another language."""
    if request.endpoint is None or "GET" not in _methods_here():
        return url_for("home.home", lang=language_wanted)
    # Written by hand: among its own arguments, url_for would take some of a stranger's for orders.
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    query = urlencode([*asked, ("lang", language_wanted)])
    return f"{url_for(request.endpoint, **(request.view_args or {}))}?{query}"


def _methods_here() -> Iterable[str]:
    """Give what this address answers to: one that only takes forms cannot be shown again."""
    adapter = request_ctx.url_adapter
    return adapter.allowed_methods() if adapter else ()
