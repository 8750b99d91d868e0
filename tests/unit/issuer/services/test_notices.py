"""Mails: queued with the act, sent once, tried again with growing waits, given up in the open, never lost."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from issuer.adapters.mail import MailComposer
from issuer.cli.jury import take_file
from issuer.domain.award import AwardState, ReplacementReason, WithdrawalReason
from issuer.domain.records import JuryRecord
from issuer.errors import ConflictError, MailError, NotFoundError, RefusedError, ServiceError
from issuer.ports import HolderAddress, Mail, Notice, NoticeKind, NoticeState, StatusEvent
from issuer.services import notices
from issuer.services.doubts import MOST_OPEN, MOST_TEXT, close_doubt, find_doubts, report_doubt
from issuer.services.notices import MOST_TRIES, WAITS, find_notices, mark_bounced, queue, resend, send_due
from issuer.services.office import Office
from issuer.services.post import PostOffice
from issuer.services.register import find_awards, verify_audit
from issuer.services.replacing import replace_award
from issuer.services.withdrawing import reinstate, revoke, suspend
from keys import file_key
from tests.faults.cohort import cohort, people
from tests.faults.desks import found_desk, hand_in, issue_all, open_desk
from tests.faults.quick_keys import QUICK_ROUNDS

JURY = WithdrawalReason.JURY_OR_COURT
ERROR = WithdrawalReason.MATERIAL_ERROR
HELENE = "helene@example.org"
MORNING = datetime(2030, 3, 1, 9, 0, tzinfo=UTC)


@dataclass
class Hands:
    """A clock that a test moves."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def pass_by(self, wait: timedelta) -> None:
        self.instant += wait


@dataclass
class Box:
    """A mail box that takes what it is told to take."""

    trouble: str | None = None
    mails: list[Mail] = field(default_factory=list)
    place: str = "laid into a box"
    before: Callable[[], None] = lambda: None

    def send(self, mail: Mail) -> None:
        self.before()
        if self.trouble is not None:
            raise MailError(self.trouble, "no", where="box", remedy="wait")
        self.mails.append(mail)


@pytest.fixture
def hands() -> Hands:
    return Hands(MORNING)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a folder with the record of two people, and the same with their awards issued."""
    recorded = tmp_path_factory.mktemp("recorded") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_key, "KDF_ROUNDS", QUICK_ROUNDS)
        made = found_desk(recorded, rules_day=date(2026, 11, 24))
    hand_in(made, cohort(2))
    done = Path(shutil.copytree(recorded, tmp_path_factory.mktemp("issued") / "data"))
    issue_all(replace(open_desk(done), clock=Hands(MORNING)))
    return recorded, done


def _opened(folder: Path, tmp_path: Path, hands: Hands) -> Office:
    return replace(open_desk(Path(shutil.copytree(folder, tmp_path / "data"))), clock=hands)


@pytest.fixture
def office(folders: tuple[Path, Path], tmp_path: Path, hands: Hands) -> Office:
    """With nothing issued."""
    return _opened(folders[0], tmp_path, hands)


@pytest.fixture
def issued(folders: tuple[Path, Path], tmp_path: Path, hands: Hands) -> Office:
    """With the awards of two people, and a mail to each that waits."""
    return _opened(folders[1], tmp_path, hands)


@pytest.fixture
def told(issued: Office) -> Office:
    """With the mails of the issue gone."""
    send(issued, Box())
    return issued


def send(office: Office, box: Box) -> tuple[int, int, int]:
    done = send_due(office, box, MailComposer(office.institution))
    return done.sent, done.bounced, done.waiting


def only(office: Office, state: NoticeState | None = None) -> Notice:
    (found,) = find_notices(office, state)
    return found


def of(office: Office, candidate: str) -> list[Notice]:
    return [notice for notice in find_notices(office) if notice.candidate_id == candidate]


def set_address(office: Office, candidate: str, mail: str | None) -> None:
    with office.store.writing() as registry:
        registry.keep_address(HolderAddress(candidate, mail, "registry", office.clock.now(), "s"))


def test_one_mail_a_person_tells_of_all_that_was_issued_together(issued: Office) -> None:
    (notice,) = of(issued, "K0001")
    box = Box()

    assert send(issued, box) == (2, 0, 0)

    awards = [award for award in find_awards(issued) if award.candidate_id == "K0001"]
    assert list(notice.numbers) == [award.number for award in awards]
    assert len(awards) == 5
    mail = next(mail for mail in box.mails if mail.to == "k0001@example.org")
    for award in awards:
        assert award.number in mail.text
        assert award.token not in mail.text + mail.html, "the permanent link is the holder's to give"
    assert f"{issued.base_url}/moi\n" in mail.text
    assert {notice.state for notice in find_notices(issued)} == {NoticeState.SENT}


def test_no_mail_names_its_reader(issued: Office) -> None:
    box = Box()
    send(issued, box)

    names = {part for award in find_awards(issued) for part in award.holder.split() if len(part) > 3}
    assert names
    for mail in box.mails:
        assert not [name for name in names if name in mail.text + mail.subject]


def test_what_is_issued_before_the_first_try_joins_the_mail_and_after_it_is_another(issued: Office) -> None:
    with issued.store.writing() as registry:
        queue(issued, registry, NoticeKind.AWARDED, "K0001", ["2026-000099"])
    assert [notice.numbers[-1] for notice in of(issued, "K0001")] == ["2026-000099"]
    send(issued, Box("mail.unsent"))

    with issued.store.writing() as registry:
        queue(issued, registry, NoticeKind.AWARDED, "K0001", ["2026-000098"])

    assert len(of(issued, "K0001")) == 2


def test_nobody_is_written_to_who_is_unknown_or_has_no_address(office: Office) -> None:
    set_address(office, "K0001", None)

    with office.store.writing() as registry:
        assert queue(office, registry, NoticeKind.AWARDED, "K0001", []) is None
        assert queue(office, registry, NoticeKind.AWARDED, "K9999", []) is None
    assert find_notices(office) == []


def test_nobody_is_written_to_after_their_death(issued: Office) -> None:
    with issued.store.writing() as registry:
        person = registry.candidate("K0001")
        assert person is not None
        source = registry.import_digest("candidats.csv")
        assert source is not None
        late = JuryRecord([replace(person, deceased_on=date(2026, 11, 1))], [], [], [])
        registry.add_records(source, "RNCP35080", late)
        assert queue(issued, registry, NoticeKind.WITHDRAWN, "K0001", []) is None
    box = Box()

    assert send(issued, box) == (1, 1, 0), "nor of what was queued before"
    assert [mail.to for mail in box.mails] == ["k0002@example.org"]


def test_a_withdrawal_a_suspension_and_its_end_are_told_with_the_public_reason_alone(
    told: Office, hands: Hands
) -> None:
    award = find_awards(told)[0]
    suspend(told, award.number, JURY, "note interne", actor="s")
    hands.pass_by(timedelta(days=1))
    reinstate(told, award.number, ERROR, "note interne", actor="s")
    hands.pass_by(timedelta(days=1))
    revoke(told, award.number, ERROR, "note interne", actor="s")
    box = Box()

    assert send(told, box) == (3, 0, 0)

    suspended, in_force, withdrawn = box.mails
    assert "suspendu le 1er mars 2030" in suspended.text.replace("\n", " ")
    assert "décision du jury ou du juge" in suspended.text.replace("\n", " ")
    assert "levé le 2 mars 2030" in in_force.text.replace("\n", " ")
    assert "motif" not in in_force.text
    assert "retiré le 3 mars 2030" in withdrawn.text.replace("\n", " ")
    assert "erreur matérielle" in withdrawn.text.replace("\n", " ")
    assert not [mail for mail in box.mails if "note interne" in mail.text + mail.html]


def test_a_replacement_tells_of_the_new_documents_and_of_no_former_name(told: Office) -> None:
    former = people(2)[0][1]
    content = cohort(2)["candidats.csv"].replace(former.encode(), b"Nouveau-Nom")
    take_file(
        told, content, "changed.csv", certification=None, accept_valid=True, accept_changes=True, actor="s"
    )
    old = of(told, "K0001")[0].numbers

    made = replace_award(told, old[-1], ReplacementReason.CIVIL_STATUS, None, actor="s")
    box = Box()
    assert send(told, box) == (1, 0, 0)

    (mail,) = box.mails
    for pair in made:
        assert pair.new.number in mail.text
    for word in (former, "Nouveau-Nom", "état civil", *old):
        assert word not in mail.text + mail.html


def test_an_act_that_fails_queues_no_mail(told: Office) -> None:
    award = find_awards(told)[0]
    before = find_notices(told)

    with pytest.raises(ConflictError):
        reinstate(told, award.number, ERROR, None, actor="s")

    assert find_notices(told) == before


def test_a_refusal_for_good_bounces_and_is_never_tried_again(issued: Office, hands: Hands) -> None:
    assert send(issued, Box("mail.refused")) == (0, 2, 0)
    hands.pass_by(timedelta(days=30))

    assert send(issued, Box()) == (0, 0, 0)
    assert {(notice.state, notice.trouble, notice.attempts) for notice in find_notices(issued)} == {
        (NoticeState.BOUNCED, "mail.refused", 1)
    }


def test_a_refusal_for_now_waits_longer_each_time_and_is_given_up_in_the_end(
    issued: Office, hands: Hands
) -> None:
    set_address(issued, "K0002", None)
    assert send(issued, Box("mail.unsent")) == (0, 1, 1)
    for wait in WAITS:
        hands.pass_by(wait - timedelta(seconds=1))
        assert send(issued, Box()) == (0, 0, 1), "not yet"
        hands.pass_by(timedelta(seconds=1))
        send(issued, Box("mail.unsent"))

    (notice,) = of(issued, "K0001")
    assert (notice.state, notice.trouble, notice.attempts) == (NoticeState.BOUNCED, "mail.unsent", MOST_TRIES)
    assert list(WAITS) == sorted(WAITS)


def test_a_mail_that_waited_goes_when_the_server_is_back(issued: Office, hands: Hands) -> None:
    send(issued, Box("mail.unsent"))
    hands.pass_by(WAITS[0])

    assert send(issued, Box()) == (2, 0, 0)
    assert {(notice.state, notice.trouble, notice.attempts) for notice in find_notices(issued)} == {
        (NoticeState.SENT, None, 2)
    }


def test_a_server_that_is_down_is_asked_once_a_round(issued: Office) -> None:
    asked: list[int] = []

    done = send_due(
        issued, Box("mail.unreachable", before=lambda: asked.append(1)), MailComposer(issued.institution)
    )

    assert (done.sent, done.bounced, done.waiting) == (0, 0, 2)
    assert done.trouble is not None
    assert done.trouble.code == "mail.unreachable"
    assert len(asked) == 1


def test_two_senders_at_once_never_send_the_same_mail(issued: Office) -> None:
    inner = Box()

    def meanwhile() -> None:
        send(issued, inner)

    box = Box(before=meanwhile)

    sent = send(issued, box)

    assert sorted(mail.id for mail in box.mails + inner.mails) == sorted(n.id for n in find_notices(issued))
    assert sent[2] == 0


def test_many_senders_at_once_send_each_mail_once(issued: Office) -> None:
    with issued.store.writing() as registry:
        for _ in range(20):
            queue(issued, registry, NoticeKind.REPLACED, "K0001", ["2030-000001"])
    box = Box()
    threads = [threading.Thread(target=send, args=(issued, box)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(mail.id for mail in box.mails) == sorted(notice.id for notice in find_notices(issued))
    assert len(box.mails) == 22
    assert {notice.state for notice in find_notices(issued)} == {NoticeState.SENT}


class _Killed(BaseException):
    """The process ends here."""


def test_a_process_that_dies_while_sending_loses_no_mail(issued: Office, hands: Hands) -> None:
    def die() -> None:
        raise _Killed

    with pytest.raises(_Killed):
        send(issued, Box(before=die))

    box = Box()
    assert send(issued, box) == (1, 0, 1), "the one in flight waits: it may have gone"
    hands.pass_by(WAITS[0])
    assert send(issued, box) == (1, 0, 0)
    assert len({mail.id for mail in box.mails}) == 2


def test_a_mail_that_killed_every_try_is_given_up_and_shown(issued: Office, hands: Hands) -> None:
    def die() -> None:
        raise _Killed

    set_address(issued, "K0002", None)
    send(issued, Box("mail.unsent"))
    for wait in WAITS:
        hands.pass_by(wait)
        with pytest.raises(_Killed):
            send(issued, Box(before=die))
    hands.pass_by(WAITS[-1])

    assert send(issued, Box()) == (0, 1, 0)
    assert [notice.trouble for notice in of(issued, "K0001")] == [notices.GIVEN_UP]


def test_a_mail_follows_a_new_address_and_goes_nowhere_when_it_is_taken_away(issued: Office) -> None:
    set_address(issued, "K0001", HELENE)
    set_address(issued, "K0002", None)
    box = Box()

    assert send(issued, box) == (1, 1, 0)

    assert [mail.to for mail in box.mails] == [HELENE]
    assert [notice.mail for notice in of(issued, "K0001")] == [HELENE]
    assert [(notice.state, notice.trouble) for notice in of(issued, "K0002")] == [
        (NoticeState.BOUNCED, notices.NO_ADDRESS)
    ]


def test_one_that_came_back_is_marked_and_sent_again_to_a_better_address(told: Office) -> None:
    (notice,) = of(told, "K0001")
    marked = mark_bounced(told, notice.id, actor="s")
    assert (marked.state, marked.trouble) == (NoticeState.BOUNCED, notices.CAME_BACK)
    set_address(told, "K0001", HELENE)

    again = resend(told, notice.id.removeprefix("urn:uuid:")[:8], actor="s")
    box = Box()
    send(told, box)

    assert (again.state, again.attempts, again.trouble) == (NoticeState.QUEUED, 0, None)
    assert [(mail.id, mail.to) for mail in box.mails] == [(notice.id, HELENE)]
    assert not verify_audit(told).faults


def test_what_cannot_come_back_or_go_again_is_refused_with_the_reason(issued: Office) -> None:
    waiting, other = find_notices(issued)
    set_address(issued, str(other.candidate_id), None)
    send(issued, Box("mail.unsent"))
    fresh = replace(waiting, id="urn:uuid:fffffffe-0000-4000-8000-000000000000", attempts=0)
    with issued.store.writing() as registry:
        registry.keep_notice(fresh)
    for act, reference, code in (
        (mark_bounced, waiting.id, "notice.not_sent"),
        (resend, fresh.id, "notice.queued"),
        (resend, other.id, "notice.no_address"),
        (resend, "abc", "notice.unknown"),
        (resend, "00000000-none", "notice.unknown"),
        (mark_bounced, "", "notice.unknown"),
    ):
        with pytest.raises(ServiceError) as caught:
            act(issued, reference, actor="s")
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("mail", "shown"), [(HELENE, "h…@example.org"), ("@x", "…@x"), ("néant", "…"), ("", "…")]
)
def test_a_hidden_address_shows_its_first_letter_and_its_host(mail: str, shown: str) -> None:
    assert notices.hidden(mail) == shown


# What goes at once


def test_an_entry_goes_to_the_address_on_file_and_is_kept_nowhere(told: Office) -> None:
    box, said = Box(), list[str]()
    before = find_notices(told)
    link = f"{told.base_url}/moi/entrer/s3cret"

    PostOffice(told, box, MailComposer(told.institution), tell=said.append).send_entry("K0001", link)

    assert [mail.to for mail in box.mails] == ["k0001@example.org"]
    assert link in box.mails[0].text
    assert find_notices(told) == before
    assert said == [f"mail laid into a box; it leads to {link}"]


def test_an_entry_goes_nowhere_without_an_address_and_is_told_to_nobody(told: Office) -> None:
    set_address(told, "K0001", None)
    box, said = Box(), list[str]()

    PostOffice(told, box, MailComposer(told.institution), tell=said.append).send_entry("K0001", "x")

    assert (box.mails, said) == ([], [])


def test_what_goes_at_once_may_go_another_way_than_what_waits(issued: Office) -> None:
    slow, quick = Box(), Box()
    post = PostOffice(issued, slow, MailComposer(issued.institution), at_once=quick)

    post.send_shared_address(HELENE)
    done = post.send_due()

    assert [mail.to for mail in quick.mails] == [HELENE]
    assert (done.sent, len(slow.mails), post.place) == (2, 2, "laid into a box")


def test_a_failure_of_an_entry_is_told_to_who_asked(told: Office) -> None:
    post = PostOffice(told, Box("mail.unreachable"), MailComposer(told.institution))

    with pytest.raises(MailError):
        post.send_entry("K0001", "x")


# Doubts


@pytest.fixture
def reachable(told: Office) -> Office:
    return replace(told, institution=replace(told.institution, registry_mail="registre@example.org"))


def test_doubts_are_kept_and_told_to_the_registry_in_one_mail_without_what_was_written(
    reachable: Office, hands: Hands
) -> None:
    number = find_awards(reachable)[0].number
    first = report_doubt(reachable, number, "  Le nom\u202e est\r\nautre \x07 ", "  01 23 ")
    hands.pass_by(timedelta(seconds=1))
    report_doubt(reachable, None, "Autre chose", "")
    box = Box()
    send(reachable, box)

    assert (first.number, first.text, first.contact) == (number, "Le nom est\nautre", "01 23")
    assert [doubt.contact for doubt in find_doubts(reachable)] == ["01 23", None]
    (mail,) = box.mails
    assert mail.to == "registre@example.org"
    assert number in mail.text
    for word in ("Le nom", "Autre chose", "01 23", "http"):
        assert word not in mail.text


def test_without_an_address_of_the_registry_a_doubt_is_kept_all_the_same(told: Office) -> None:
    report_doubt(told, None, "x", None)

    assert len(find_doubts(told)) == 1
    assert find_notices(told, NoticeState.QUEUED) == []


@pytest.mark.parametrize(
    ("number", "text", "contact", "code"),
    [
        (None, " \n\u200b", None, "doubt.empty"),
        (None, "x" * (MOST_TEXT + 1), None, "doubt.long"),
        (None, "x", "y" * 255, "doubt.long"),
        ("2020-000001", "x", None, "award.unknown"),
    ],
)
def test_a_report_that_cannot_be_kept_says_why(
    told: Office, number: str | None, text: str, contact: str | None, code: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        report_doubt(told, number, text, contact)

    assert caught.value.code == code
    assert find_doubts(told, closed=True) == []


def test_a_flood_of_reports_is_refused_and_closing_some_makes_room(
    told: Office, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issuer.services.doubts.MOST_OPEN", 2)
    first = report_doubt(told, None, "a", None)
    hands.pass_by(timedelta(seconds=1))
    report_doubt(told, None, "b", None)
    hands.pass_by(timedelta(seconds=1))
    with pytest.raises(RefusedError) as caught:
        report_doubt(told, None, "c", None)
    assert caught.value.code == "doubt.full"
    assert MOST_OPEN > 2

    close_doubt(told, first.id, actor="s")

    report_doubt(told, None, "c", None)
    assert [doubt.text for doubt in find_doubts(told)] == ["b", "c"]
    assert [doubt.closed_by for doubt in find_doubts(told, closed=True)] == ["s", None, None]


def test_a_doubt_is_closed_once(told: Office) -> None:
    doubt = report_doubt(told, None, "a", None)
    close_doubt(told, doubt.id, actor="s")

    with pytest.raises(ConflictError):
        close_doubt(told, doubt.id, actor="s")
    with pytest.raises(NotFoundError):
        close_doubt(told, "abcdefgh", actor="s")
    assert not verify_audit(told).faults


def test_a_mail_that_waits_tells_of_no_award_that_was_replaced_or_withdrawn_meanwhile(issued: Office) -> None:
    numbers = list(of(issued, "K0001")[0].numbers)
    with issued.store.writing() as registry:
        for number, state in ((numbers[0], AwardState.REPLACED), (numbers[1], AwardState.REVOKED)):
            reason = JURY if state is AwardState.REVOKED else None
            registry.change_state(StatusEvent(number, state, reason, None, issued.clock.now(), "s"))
    box = Box()
    send(issued, box)

    (text,) = (mail.text for mail in box.mails if mail.to == of(issued, "K0001")[0].mail)
    assert numbers[0] not in text
    assert numbers[1] not in text
    assert all(number in text for number in numbers[2:])


def test_a_mail_whose_awards_are_all_overtaken_is_not_sent_and_says_so(issued: Office) -> None:
    (notice,) = of(issued, "K0001")
    with issued.store.writing() as registry:
        for number in notice.numbers:
            event = StatusEvent(number, AwardState.REPLACED, None, None, issued.clock.now(), "s")
            registry.change_state(event)
    box = Box()

    assert send(issued, box) == (1, 1, 0)

    assert notice.mail not in [mail.to for mail in box.mails]
    (kept,) = of(issued, "K0001")
    assert (kept.state, kept.trouble, kept.attempts) == (NoticeState.BOUNCED, notices.OVERTAKEN, 0)
