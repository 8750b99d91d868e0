"""The graduate's own space under ``/moi``: one module a subject, each with a blueprint of its own.

Everything here may be personal: no answer is kept by a cache or indexed (``headers.is_personal``), and no
form of another site is taken (``sessions.refuse_foreign_posts``).
"""

from flask import Blueprint, request, url_for

from issuer.web import sessions
from issuer.web.access import has_sharing
from issuer.web.views.space.awards import views as awards
from issuer.web.views.space.entry import closed
from issuer.web.views.space.entry import views as entry
from issuer.web.views.space.links import views as links
from issuer.web.views.space.personal_data import views as personal_data
from issuer.web.views.space.profile import views as profile
from issuer.web.views.space.shares import views as shares

views = Blueprint("space", __name__, url_prefix=sessions.PATH)
for _area in (entry, awards, personal_data, shares, links, profile):
    views.register_blueprint(_area)
views.before_request(sessions.refuse_foreign_posts)
views.register_error_handler(sessions.SpaceClosedError, closed)


@views.context_processor
def _common() -> dict[str, object]:
    address = url_for("space.shares.page", lang=request.args.get("lang")) if has_sharing() else None
    return {
        **({"shares_address": address} if address else {}),
        "csrf_field": sessions.csrf_field,
        "csrf_token": sessions.csrf_token,
        "visit": sessions.visit(),
    }
