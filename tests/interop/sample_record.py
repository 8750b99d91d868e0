"""The whole sample record, issued through the real services into a folder of the tests' own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from credentials.did_web import did_for_base_url
from credentials.json_input import JsonObject, parse_object
from issuer.bootstrap import found_office, public_desk
from issuer.cli.demonstration import SAMPLE_DAY, WITHDRAWN_CANDIDATE
from issuer.cli.jury import take_file
from issuer.config import load_settings
from issuer.domain.award import Award, AwardKind, WithdrawalReason
from issuer.ports import PictureFormat, Published
from issuer.samples import sample_files
from issuer.services.desk import Desk
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.planning import approve, make_plan
from issuer.services.register import find_awards
from issuer.services.withdrawing import revoke

BASE_URL = "http://localhost:8000"
"""The demonstration's address: its DID holds a percent-encoded port, the harder case for other software."""

ACTOR = "interop"


@dataclass(frozen=True, slots=True)
class IssuedAward:
    """An award with the bytes that were stored for it."""

    award: Award
    stored: bytes

    @property
    def document(self) -> JsonObject:
        """A fresh copy of the signed credential."""
        return parse_object(self.stored)

    @property
    def is_title(self) -> bool:
        """Whether it is the full certification."""
        return self.award.kind is AwardKind.TITLE


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """Everything that the sample record leads to, and what others need to check it."""

    office: Office
    desk: Desk
    awards: Sequence[IssuedAward]
    withdrawn: str
    """Number of the award that was withdrawn after it was issued."""

    @property
    def did(self) -> str:
        """Our own DID."""
        return self.office.did

    def did_document(self) -> JsonObject:
        """Give our DID document as it is served."""
        return parse_object(self.desk.did_document().body)

    def status_lists(self) -> Mapping[str, bytes]:
        """Give the published status list by its address, as it is served."""
        published = self.desk.status_list("1")
        assert isinstance(published, Published)
        return {self.office.status_list_url(): published.body}

    def one(self, kind: AwardKind) -> IssuedAward:
        """Give the first award of a kind that stands."""
        return next(
            each for each in self.awards if each.award.kind is kind and each.award.number != self.withdrawn
        )

    def withdrawn_award(self) -> IssuedAward:
        """Give the award that was withdrawn."""
        return next(each for each in self.awards if each.award.number == self.withdrawn)

    def picture(self, award: Award, picture: PictureFormat) -> bytes:
        """Draw a picture of an award."""
        drawn = self.desk.drawn(award, picture)
        assert drawn is not None
        return drawn.body


def found(folder: Path, base_url: str = BASE_URL) -> Office:
    """Found an empty office in a folder, with the demonstration's day for the rules."""
    settings = load_settings(
        {
            "PARCHEMIN_DATA": str(folder / "data"),
            "PARCHEMIN_BASE_URL": base_url,
            "PARCHEMIN_KEY_PASSPHRASE": "a passphrase for tests only",
        },
        folder,
    )
    opened, new = found_office(
        settings,
        lambda: "",
        actor=ACTOR,
        did=did_for_base_url(base_url),
        rules_day=SAMPLE_DAY,
        four_eyes=False,
    )
    assert new
    return opened


def issue_sample_record(folder: Path) -> SampleRecord:
    """Import the samples, approve, issue, and withdraw one title, as the demonstration does."""
    office = found(folder)
    for name, content in sample_files().items():
        take_file(office, content, name, certification="RNCP35080", accept_valid=True, actor=ACTOR)
    _fiche, plan = make_plan(office, "RNCP35080", None)
    approved = approve(office, plan.digest, certification="RNCP35080", session=None, actor=ACTOR)
    issue(office, [approved], actor=ACTOR)
    gone = next(
        award
        for award in find_awards(office)
        if award.kind is AwardKind.TITLE and award.candidate_id == WITHDRAWN_CANDIDATE
    )
    revoke(office, gone.number, WithdrawalReason.MATERIAL_ERROR, None, actor=ACTOR)
    desk = public_desk(office)
    return SampleRecord(office, desk, [_issued(desk, award) for award in find_awards(office)], gone.number)


def _issued(desk: Desk, award: Award) -> IssuedAward:
    published = desk.credential(award.token)
    assert isinstance(published, Published)
    return IssuedAward(award, published.body)
