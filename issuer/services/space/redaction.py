"""What a share shows of an award: neither the credential nor its link, and nothing that leads to either.

The permanent link is the credential's ``id``; the picture's address and its caption hold it too, and the
place in the status list is a name of the document that others can follow.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from credentials.report import Verdict, VerificationReport
from credentials.summary import CredentialSummary
from issuer.domain.award import Award
from issuer.ports import AwardPage, BlockLine
from issuer.ports.sharing import SharedDocument

WHOLE: Final = "credential"
"""What is left out where nothing of the document is shown."""

_HIDDEN: Final = ("id", "image", "status_list", "status_index")
_KEPT_PATHS: Final = ("issuer.", "credentialSubject.achievement.")
"""Further statements that speak of the institution and of the fiche; any other may name the document."""


def shared_documents(pages: Sequence[AwardPage]) -> Sequence[SharedDocument]:
    """Prepare the awards of one share.

    Args:
        pages: What each one's own page shows, all of one holder.
    """
    return tuple(_shared(page, pages) for page in pages)


def _shared(page: AwardPage, pages: Sequence[AwardPage]) -> SharedDocument:
    report, left_out = _redacted(page.report, page.award)
    told = replace(
        page,
        report=report,
        # The edge cannot hand out what it was never given.
        award=replace(page.award, token="", credential_id="", status_list="", status_index=0),
        blocks=_told_blocks(page, pages),
        named_card=False,
    )
    return SharedDocument(told, left_out)


def _redacted(report: VerificationReport, award: Award) -> tuple[VerificationReport, Sequence[str]]:
    said = report.credential
    if said is None:
        return report, ()
    summary, left_out = _without_identifiers(said)
    if report.verdict is Verdict.REPLACED:
        # It may bear a former name; that it was read is all that the page needs to know.
        summary, left_out = replace(summary, holder=(), number=None), (WHOLE,)
    told = replace(report, credential=summary)
    if award.token in json.dumps(told.to_dict(), ensure_ascii=False):
        # Only bytes that were changed in the register can say it elsewhere.
        return replace(report, credential=None), (WHOLE,)
    return told, left_out


def _without_identifiers(said: CredentialSummary) -> tuple[CredentialSummary, Sequence[str]]:
    kept = tuple(item for item in said.others if item[0].startswith(_KEPT_PATHS))
    told = replace(said, id="", image=None, status_list=None, status_index=None, others=kept)
    hidden = [f"{WHOLE}.{name}" for name in _HIDDEN]
    if len(kept) != len(said.others):
        hidden += [f"{WHOLE}.others ({path})" for path, _ in said.others if not path.startswith(_KEPT_PATHS)]
    return told, tuple(hidden)


def _told_blocks(page: AwardPage, pages: Sequence[AwardPage]) -> Sequence[BlockLine]:
    """Give a title's blocks, each with its state where its holder chose it for this share."""
    states = {
        other.award.component: other.award.state
        for other in pages
        if other.award.certification == page.award.certification
    }
    return tuple(replace(line, state=states.get(line.code)) for line in page.blocks)
