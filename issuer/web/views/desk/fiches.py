"""Certifications: fiches, their versions and differences, what is proposed, who signs, which programs ask."""

import hashlib
import io
from collections.abc import Mapping

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from issuer.adapters.rncp_xml import RncpXmlError, looks_like_xml, read_feed
from issuer.adapters.yaml_document import YamlError, read_yaml
from issuer.domain.equivalence import BlockPair, Equivalence, EquivalenceBasis
from issuer.domain.errors import CertificationError
from issuer.domain.staff import Role
from issuer.errors import RefusedError
from issuer.ports.staff import Account
from issuer.web.access import fiche_desk
from issuer.web.desk_pages import page as desk_page
from issuer.web.desk_pages import say, seen
from issuer.web.language import mark
from issuer.web.staff_sessions import requires

views = Blueprint("fiches", __name__, url_prefix="/certifications")

_READERS = (Role.ENTRY, Role.APPROVAL, Role.AUDIT, Role.ADMINISTRATION)
_ENTERING = (Role.ENTRY, Role.APPROVAL)

say(
    {
        "fiche.unreadable": mark(
            "Ce fichier n’est pas une fiche que le registre sait lire. Rien n’a été demandé\u202f: donnez "
            "l’export XML du RNCP, ou la fiche en YAML."
        ),
        "certification.known": mark("Le registre connaît déjà exactement cette fiche. Rien n’a été demandé."),
        "equivalence.unreadable": mark(
            "Écrivez chaque paire sur une ligne, le bloc antérieur, le signe égal, puis le bloc de la fiche "
            "en vigueur. Rien n’a été demandé."
        ),
    }
)


@views.get("")
@requires(*_READERS)
def page(account: Account) -> Response:
    """Show every fiche, the equivalences, the signatories and the programs."""
    desk = fiche_desk()
    return desk_page(
        "desk/fiches/page.html",
        fiches=desk.versions(),
        equivalences=desk.equivalences(),
        signatories=desk.signatories(),
        programs=desk.programs() if account.has(Role.ADMINISTRATION) else None,
        may_ask=account.has(*_ENTERING),
        bases=list(EquivalenceBasis),
    )


@views.get("/fiche/<code>")
@requires(*_READERS)
def one(_account: Account, code: str) -> Response:
    """Show a fiche with its versions, and what differs between two of them."""
    desk = fiche_desk()
    versions = desk.of(code)
    labels = [version.version for version in versions]
    second = request.args.get("apres") or labels[-1]
    first = request.args.get("avant") or labels[max(labels.index(second) - 1, 0) if second in labels else 0]
    return desk_page(
        "desk/fiches/one.html",
        versions=versions,
        fiche=versions[-1],
        first=first,
        second=second,
        differences=desk.compare(code, first, second),
    )


@views.post("/demander")
@requires(*_ENTERING)
def ask(account: Account) -> AnyResponse:
    """Propose that the fiche of a file be taken in."""
    sent = request.files.get("fiche")
    content = sent.read() if sent else b""
    document, origin = _document(content, request.form.get("code", "").strip() or None)
    try:
        fiche_desk().propose(document, actor=account.id, origin=origin)
    except CertificationError as error:
        raise _unreadable() from error
    return seen("desk.fiches.page")


@views.post("/equivalences")
@requires(*_ENTERING)
def ask_equivalence(account: Account) -> AnyResponse:
    """Propose that blocks of an earlier fiche count for a later one."""
    form = request.form
    pairs = [line.partition("=") for line in form.get("blocs", "").splitlines() if line.strip()]
    known = {basis.value: basis for basis in EquivalenceBasis}
    basis = known.get(form.get("base", ""))
    if basis is None or not pairs or not all(sign for _, sign, _ in pairs):
        raise RefusedError(
            "equivalence.unreadable",
            "the pairs cannot be read",
            where="form",
            remedy="write EARLIER=LATER, one a line",
        )
    wanted = Equivalence(
        id="",
        from_fiche=form.get("de", "").strip(),
        to_fiche=form.get("vers", "").strip(),
        blocks=[BlockPair(earlier.strip(), later.strip()) for earlier, _, later in pairs],
        basis=basis,
        reference=form.get("reference", "").strip(),
    )
    fiche_desk().propose_equivalence(wanted, actor=account.id)
    return seen("desk.fiches.page")


def _document(content: bytes, code: str | None) -> tuple[Mapping[str, object], str]:
    try:
        if looks_like_xml(content[:256]):
            fiche = read_feed(io.BytesIO(content), code)
            digest = hashlib.sha256(content).hexdigest()
            origin = f"rncp-feed {fiche.feed_version or '?'} sha256:{digest}"
            return fiche_desk().completed(fiche.document).document, origin
        document = read_yaml(content)
    except (RncpXmlError, YamlError) as error:
        raise _unreadable() from error
    if not isinstance(document, dict):
        raise _unreadable()
    return document, "yaml"


def _unreadable() -> RefusedError:
    return RefusedError(
        "fiche.unreadable",
        "the file is no fiche that can be read",
        where="file",
        remedy="check it with: parchemin certification import FILE --check",
    )
