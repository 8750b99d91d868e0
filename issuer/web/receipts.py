"""The proof of a check: what a receipt takes over from a page, and how one that is handed in is answered."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Final

from flask import Response, json, render_template, request

from credentials.receipts import Seal
from credentials.report import CheckId, Sentence, VerificationReport
from issuer.domain.receipt import Finding, Receipt, SubjectKind
from issuer.errors import ServiceError
from issuer.ports.receipts import JudgedReceipt
from issuer.web.access import gives_receipts, has_receipts, public_desk, receipt_desk
from issuer.web.documents import Document
from issuer.web.language import Language, current_language, gettext, long_instant, mark, speaking
from issuer.web.looks import Banner, Look, Tone, shown
from issuer.web.negotiation import HTML, JSON, preferred

CODE: Final = "parse.receipt"

_MOST_PACKED: Final = 24 * 1024
"""Characters of the hidden field: the page stays below its 50 kB. One of a title has some five thousand."""

_MOST_UNPACKED: Final = 256 * 1024

_LOOKS: Final = {
    Seal.MODIFIED: Look(
        "broken",
        Tone.STOP,
        mark("Ce reçu a été modifié : ne vous y fiez pas"),
        mark(
            "Son contenu ne correspond pas à sa signature numérique. Vérifiez le document lui-même, par son "
            "lien ou son fichier."
        ),
    ),
    Seal.UNPROVEN: Look(
        "unproven",
        Tone.HITCH,
        mark("Rien ne prouve que ce reçu vient de ce service"),
        mark("Ne vous y fiez pas. Vérifiez le document lui-même, par son lien ou son fichier."),
    ),
    Seal.ELSEWHERE: Look(
        "question",
        Tone.CAUTION,
        mark("Ce reçu se dit établi par un autre service : il ne peut pas être contrôlé ici"),
        mark(
            "Contrôlez-le auprès du service qu’il nomme, ou vérifiez ici le document lui-même, par son lien "
            "ou son fichier."
        ),
    ),
}
_KINDS: Final = {
    SubjectKind.LINK: mark("Un document de ce service, par son lien de vérification"),
    SubjectKind.SHARE: mark("Un document montré par son titulaire, par un lien de partage"),
    SubjectKind.FILE: mark("Un fichier remis à ce service"),
}


def finding_of(document_of: Callable[[], Document]) -> Finding:
    """Take from a page what it says at its head, in both languages of a receipt.

    Args:
        document_of: Prepares the page in the language that is spoken when it is called.
    """
    with speaking(Language.FR):
        document = document_of()
    with speaking(Language.EN):
        english = document_of().banner
    french = document.banner
    detail = Sentence(french.detail or "", english.detail or "") if french.detail else None
    headline = Sentence(french.headline, english.headline)
    return Finding(french.tone.value, headline, detail, document.vouched)


def offered(
    report: VerificationReport, data: bytes | None, document_of: Callable[[], Document]
) -> str | None:
    """Seal a receipt for a document that was handed in, as the text of a hidden field; None without one.

    Args:
        report: The report on it.
        data: Its bytes, or None where a page is made without.
        document_of: Prepares its page.
    """
    if data is None or not gives_receipts() or document_of().unread:
        return None
    try:
        sealed = receipt_desk().of_file(report, data, finding_of(document_of))
    except ServiceError:
        return None  # the page is given without a receipt, not refused
    packed = urlsafe_b64encode(zlib.compress(sealed, 9)).decode("ascii")
    return packed if len(packed) <= _MOST_PACKED else None


def unpacked(text: str) -> bytes:
    """Read the hidden field back; anything else gives nothing.

    Args:
        text: What a form brought: hostile.
    """
    try:
        packed = urlsafe_b64decode(text.encode("ascii"))
        return zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
    except (ValueError, zlib.error):
        return b""


def handed_in(report: VerificationReport, data: bytes | None) -> JudgedReceipt | None:
    """Judge a receipt that was handed in instead of a document; None where none was, or none are judged here.

    Args:
        report: The report on what was handed in.
        data: Its bytes, or None.
    """
    if data is None or report.check(CheckId.PARSE).code != CODE or not has_receipts():
        return None
    return receipt_desk().read(data)


def receipt_banner(judged: JudgedReceipt) -> Banner:
    """Say what a receipt is worth, and of an authentic one what it says.

    Args:
        judged: The receipt.
    """
    if judged.seal is not Seal.AUTHENTIC:
        return shown(_LOOKS[judged.seal])
    receipt = judged.receipt
    at = receipt.checked_at or receipt.issued_at
    found = _told(receipt.finding.headline) if receipt.finding else ""
    said = gettext("Le %(instant)s, ce service a constaté :", instant=long_instant(at)) if at else ""
    quoted = gettext("« %(text)s ».", text=found)
    return Banner("receipt", Tone.PLAIN, gettext("Reçu authentique"), f"{said} {quoted}".strip())


def receipt_answer(report: VerificationReport, judged: JudgedReceipt, offers: tuple[str, ...]) -> Response:
    """Answer a receipt: a page of its own, never that of a document; or the report, with what it says.

    Args:
        report: The report, which says that no document was checked.
        judged: The receipt.
        offers: Media types, our own preference first.
    """
    if preferred(request, offers) == HTML:
        authentic = judged.seal is Seal.AUTHENTIC
        page = render_template(
            "receipt.html",
            banner=receipt_banner(judged),
            receipt=judged.receipt if authentic else None,
            detail=_detail(judged.receipt) if authentic else "",
            named=judged.receipt.issuer if judged.seal is Seal.ELSEWHERE else "",
            in_pdf=judged.in_pdf,
            kind=gettext(_KINDS[judged.receipt.kind]) if judged.receipt.kind else None,
            token=_token(judged.receipt) if authentic else None,
        )
        answer = Response(page, mimetype=HTML)
    else:
        told = {**report.to_dict(), "receipt": judged.to_dict()}
        answer = Response(json.dumps(told, sort_keys=False, ensure_ascii=False), mimetype=JSON)
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


def receipt_json(judged: JudgedReceipt | None) -> Mapping[str, object]:
    """Give the member that a line of several documents has for a receipt; none for anything else."""
    return {"receipt": judged.to_dict()} if judged else {}


def _detail(receipt: Receipt) -> str:
    return _told(receipt.finding.detail) if receipt.finding and receipt.finding.detail else ""


def _token(receipt: Receipt) -> str | None:
    """Give the link at which the document can be checked again, where the receipt is about one."""
    return public_desk().token_of(receipt.said("id")) if receipt.kind is SubjectKind.LINK else None


def _told(sentence: Sentence) -> str:
    return sentence.fr if current_language() is Language.FR else sentence.en
