"""Addresses that open no document: each says what happened, what it means, and the one thing to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Response, render_template

from credentials.report import Verdict
from issuer.ports import ClosedLink
from issuer.web.language import gettext, mark
from issuer.web.looks import (
    BY_VERDICT,
    CUT_ADDRESS,
    DATA_ERASED,
    LINK_OFF,
    LINK_OFF_BY_REGISTRY,
    MARKED_ADDRESS,
    NO_PAPER,
    NOT_PRINTABLE,
    NOTHING_HERE,
    SHARE_CLOSED,
    SHARE_ENDED,
    SHARE_OFF_BY_REGISTRY,
    SPECIMEN,
    Banner,
    Look,
    shown,
)
from issuer.web.negotiation import HTML
from issuer.web.problems import ProblemError

SPECIMEN_TOKEN = "specimen"  # noqa: S105  # it opens nothing: every printed specimen may carry it
"""The address of a specimen's QR code ends with it; it is shorter than any award's."""

_LENGTH = 22
"""Characters of a link's token: 128 bits in base64url."""
_FOREIGN = re.compile(r"[^A-Za-z0-9_-]+", re.ASCII)

_ASK_HOLDER = mark("Demandez au titulaire un lien ouvert, ou le fichier de l’attestation.")
_FILE_STANDS = mark(
    "Si vous avez déjà le fichier de l’attestation, vous pouvez le vérifier ici\u202f: il ne dépend pas de "
    "ce lien."
)
_OWN_SPACE = mark(
    "Vous êtes titulaire\u202f? Vous rouvrez ce lien, ou en faites un autre, dans votre espace."
)
_ASK_REGISTRY = mark(
    "La scolarité, qui l’a désactivé, peut dire si elle le rouvrira. Le titulaire ne le rouvre pas lui-même."
)
_SEE_PAGE = mark("Ouvrez la page de vérification du document\u202f: elle dit ce qu’il en est aujourd’hui.")
_TAKE_JSON = mark("L’attestation numérique se télécharge sur la page du document, et se vérifie ici.")
_ASK_FOR_PAPER = mark("Pour un document sur papier, adressez-vous à la scolarité.")
_COPY_WHOLE = mark(
    "Une adresse de vérification se recopie en entier, majuscules et minuscules comprises. Le plus sûr est "
    "de scanner le code QR."
)
_FILE_TOO = mark("Si vous avez reçu le fichier de l’attestation, vous pouvez aussi le vérifier directement.")
_COPY_SHARE = mark(
    "Une adresse de partage se recopie en entier, majuscules et minuscules comprises. Le plus sûr est "
    "d’ouvrir le lien tel qu’on vous l’a envoyé, ou de le redemander au titulaire."
)
_CUT_BY_MAIL = mark(
    "Les messageries coupent parfois un lien en deux lignes\u202f: recollez les deux moitiés, sans espace."
)
_WHY_SPECIMEN = mark(
    "Un spécimen montre à quoi ressemble un document. Si on vous l’a remis comme une preuve, ce n’en est pas "
    "une\u202f: demandez au titulaire le document délivré."
)


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """An address without a document, as its page shows it.

    Attributes:
        status: HTTP status.
        code: What programs get, stable and dotted.
        banner: What happened, in the reader's language.
        steps: What to do, in order.
        mended: The token that was probably meant, or None.
        place: The endpoint at which it would be.
    """

    status: HTTPStatus
    code: str
    banner: Banner
    steps: Sequence[str]
    mended: str | None = None
    place: str = "award.page"

    def page(self) -> Response:
        """Make the page."""
        return Response(render_template("dead_end.html", end=self), self.status, mimetype=HTML)

    def problem(self) -> ProblemError:
        """Make the error that a program gets."""
        text = ". ".join(filter(None, (self.banner.headline, self.banner.detail)))
        return ProblemError(self.status, self.code, text)


_CLOSED: dict[ClosedLink, tuple[Look, Sequence[str]]] = {
    ClosedLink.LINK_OFF: (LINK_OFF, (_ASK_HOLDER, _FILE_STANDS, _OWN_SPACE)),
    ClosedLink.LINK_OFF_BY_REGISTRY: (LINK_OFF_BY_REGISTRY, (_ASK_REGISTRY, _FILE_STANDS)),
    ClosedLink.SHARE_CLOSED: (SHARE_CLOSED, (_ASK_HOLDER, _FILE_STANDS, _OWN_SPACE)),
    ClosedLink.SHARE_ENDED: (SHARE_ENDED, (_ASK_HOLDER, _FILE_STANDS, _OWN_SPACE)),
    ClosedLink.SHARE_CLOSED_BY_REGISTRY: (SHARE_OFF_BY_REGISTRY, (_ASK_REGISTRY, _FILE_STANDS)),
    ClosedLink.ERASED: (DATA_ERASED, (_FILE_STANDS,)),
    ClosedLink.REPLACED: (BY_VERDICT[Verdict.REPLACED], ()),
}

_PAPERS: dict[str, tuple[Look, Sequence[str]]] = {
    "paper.not_in_force": (NO_PAPER, (_SEE_PAGE,)),
    "paper.not_printable": (NOT_PRINTABLE, (_TAKE_JSON, _ASK_FOR_PAPER)),
}


def closed(link: ClosedLink) -> DeadEnd:
    """Say that a link was switched off or has ended, and that this says nothing against the document."""
    look, steps = _CLOSED[link]
    return _end(HTTPStatus.GONE, link.value, look, steps)


def nowhere(token: str) -> DeadEnd:
    """Say that nothing is at this address, or where its form shows it, what went wrong in copying it.

    Only the form is looked at, so that nobody learns from the answer which links there are.

    Args:
        token: The last part of the address, as it was asked for.
    """
    if token == SPECIMEN_TOKEN:
        return _end(HTTPStatus.NOT_FOUND, "link.specimen", SPECIMEN, (_WHY_SPECIMEN, _FILE_TOO))
    kept = _FOREIGN.sub("", token)
    if len(kept) < _LENGTH:
        return _end(HTTPStatus.NOT_FOUND, "link.cut", CUT_ADDRESS, (_COPY_WHOLE, _CUT_BY_MAIL, _FILE_TOO))
    if token != kept[:_LENGTH]:
        steps = (_COPY_WHOLE, _FILE_TOO)
        return _end(HTTPStatus.NOT_FOUND, "link.marked", MARKED_ADDRESS, steps, kept[:_LENGTH])
    return _end(HTTPStatus.NOT_FOUND, "link.unknown", NOTHING_HERE, (_COPY_WHOLE, _FILE_TOO))


def no_share(token: str) -> DeadEnd:
    """Say that no share is at this address, or what went wrong in copying it; only the form is looked at.

    Args:
        token: The last part of the address, as it was asked for.
    """
    end = nowhere("" if token == SPECIMEN_TOKEN else token)
    steps = tuple(step for step in end.steps if step == gettext(_CUT_BY_MAIL))
    return replace(end, steps=(gettext(_COPY_SHARE), *steps, gettext(_FILE_TOO)), place="share.page")


def no_paper(code: str) -> DeadEnd:
    """Say why an award has no parchment here.

    Args:
        code: ``paper.not_in_force`` or ``paper.not_printable``.
    """
    look, steps = _PAPERS[code]
    return _end(HTTPStatus.NOT_FOUND, code, look, steps)


def _end(
    status: HTTPStatus, code: str, look: Look, steps: Sequence[str], mended: str | None = None
) -> DeadEnd:
    return DeadEnd(status, code, shown(look), tuple(map(gettext, steps)), mended)
