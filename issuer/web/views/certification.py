"""The public page of a certification or of a block: what credentials name as their achievement."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, json, render_template, request

from issuer.domain.certification import Block, Certification
from issuer.web.access import public_desk
from issuer.web.answers import opened
from issuer.web.language import gettext
from issuer.web.negotiation import HTML, JSON, preferred
from issuer.web.problems import ProblemError

views = Blueprint("certification", __name__)


@views.get("/certifications/<code>")
def page(code: str) -> Response:
    """Present a certification, or one of its blocks."""
    certification = public_desk().certification(code)
    if certification is None:
        raise ProblemError(
            HTTPStatus.NOT_FOUND,
            "certification.unknown",
            gettext("Aucune certification ne porte ce code ici."),
        )
    block = certification.block(code)
    if preferred(request, (HTML, JSON)) == JSON:
        members = _members(f"{public_desk().base_url}/certifications/{code}", certification, block)
        answer = opened(Response(json.dumps(members, sort_keys=False, ensure_ascii=False), mimetype=JSON))
    else:
        text = render_template("certification.html", certification=certification, block=block)
        answer = Response(text, mimetype=HTML)
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


def _members(address: str, certification: Certification, block: Block | None) -> Mapping[str, object]:
    return _block(address, certification, block) if block else _title(address, certification)


def _title(address: str, certification: Certification) -> Mapping[str, object]:
    registration = certification.registration
    return {
        "id": address,
        "kind": "title",
        "code": certification.code,
        "title": certification.title,
        "language": certification.language,
        "level": certification.level.national,
        "version": certification.version,
        "digest": certification.digest,
        "fiche": registration.fiche_url,
        "registered_until": registration.expiry_date.isoformat(),
        "blocks": [{"code": block.code, "title": block.title} for block in certification.blocks],
    }


def _block(address: str, certification: Certification, block: Block) -> Mapping[str, object]:
    # A block has no level of its own, so none is given here.
    return {
        "id": address,
        "kind": "block",
        "code": block.code,
        "title": block.title,
        "language": certification.language,
        "part_of": certification.code,
        "version": certification.version,
        "digest": certification.digest,
        "fiche": certification.registration.fiche_url,
        "competences": list(block.competences),
        "evaluation": list(block.evaluation_modalities),
    }
