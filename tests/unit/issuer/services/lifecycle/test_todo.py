"""Each question of the to-do list, seen both ways: silent while all is well, and asked once something waits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from issuer.domain.award import Award, WithdrawalReason
from issuer.domain.certification import Registration
from issuer.domain.institution import LegalNotice, Signatory
from issuer.ports import NoticeState
from issuer.ports.orders import OrderKind
from issuer.ports.todo import ToDo, ToDoKind, Urgency
from issuer.services.bulk import propose_act
from issuer.services.doubts import close_doubt, report_doubt
from issuer.services.holders import set_address
from issuer.services.office import Office
from issuer.services.orders import approve_order, refuse_order
from issuer.services.roots import make_root
from issuer.services.todo import to_do
from issuer.services.todo.ends import next_end
from issuer.services.todo.view import View, found
from issuer.services.withdrawing import reinstate, revoke, suspend
from tests.faults.desks import hand_in
from tests.unit.issuer.services.test_issuing import annulment

ERROR = WithdrawalReason.MATERIAL_ERROR
K = ToDoKind


@dataclass(frozen=True, slots=True)
class _In:
    """A clock that is ahead."""

    office: Office
    by: timedelta

    def now(self) -> datetime:
        return self.office.clock.now() + self.by


def later(office: Office, **by: float) -> Office:
    return replace(office, clock=_In(office, timedelta(**by)))


def line(office: Office, kind: ToDoKind) -> ToDo | None:
    return next((each for each in to_do(office) if each.kind is kind), None)


def subjects(office: Office, kind: ToDoKind) -> list[str]:
    asked = line(office, kind)
    return list(asked.subjects) if asked else []


def test_a_fresh_register_has_nothing_to_say_but_what_is_lacking(office: Office) -> None:
    assert {each.kind for each in to_do(office)} <= {K.LEGAL_DATA, K.REGISTRATIONS_ENDING}


def test_a_title_whose_block_was_withdrawn(office: Office, block: Award, title: Award) -> None:
    suspend(office, block.number, ERROR, None, actor="x")
    assert line(office, K.TITLE_WITHOUT_BLOCK) is None
    revoke(office, block.number, ERROR, None, actor="x")
    asked = line(office, K.TITLE_WITHOUT_BLOCK)
    assert asked is not None
    assert (asked.subjects, asked.urgency, asked.count) == ((title.number,), Urgency.NOW, 1)
    assert asked.since is not None
    revoke(office, title.number, ERROR, None, actor="x")
    assert line(office, K.TITLE_WITHOUT_BLOCK) is None


def test_all_the_blocks_and_no_title(office: Office, title: Award) -> None:
    assert line(office, K.BLOCKS_WITHOUT_TITLE) is None
    revoke(office, title.number, ERROR, None, actor="x")
    assert subjects(office, K.BLOCKS_WITHOUT_TITLE) == ["K0001"]


def test_an_annulled_decision_under_awards_in_force(office: Office, watched: Office) -> None:
    assert line(office, K.ANNULLED_STANDING) is None
    hand_in(office, annulment("K0001", "RNCP35080BC01"))
    asked = line(office, K.ANNULLED_STANDING)
    assert asked is not None
    assert asked.count == 2  # the block and the title that falls with it
    propose_act(watched, OrderKind.REVOKE, asked.subjects, "decision-jury-ou-juge", actor="sofia")
    assert line(office, K.ANNULLED_STANDING) is None


def test_a_suspension_that_lasts(office: Office, block: Award) -> None:
    suspend(office, block.number, ERROR, None, actor="x")
    assert line(later(office, days=59), K.SUSPENSIONS_LONG) is None
    assert subjects(later(office, days=61), K.SUSPENSIONS_LONG) == [block.number]
    reinstate(office, block.number, ERROR, None, actor="x")
    assert line(later(office, days=61), K.SUSPENSIONS_LONG) is None


def test_orders_wait_are_decided_and_get_stuck(office: Office, watched: Office, block: Award) -> None:
    assert line(office, K.ORDERS_WAITING) is None
    order = propose_act(watched, OrderKind.REVOKE, [block.number], ERROR.value, actor="sofia")
    assert subjects(office, K.ORDERS_WAITING) == [order.id]
    approve_order(watched, order.id, actor="victor")
    assert line(office, K.ORDERS_WAITING) is None
    assert line(office, K.ORDERS_STUCK) is None
    assert subjects(later(office, minutes=3), K.ORDERS_STUCK) == [order.id]
    other = propose_act(watched, OrderKind.SUSPEND, [block.number], ERROR.value, actor="sofia")
    refuse_order(watched, other.id, actor="victor", note="non")
    assert line(office, K.ORDERS_WAITING) is None


def test_a_reported_doubt(office: Office, block: Award) -> None:
    doubt = report_doubt(office, block.number, "le nom est barré", None)
    assert subjects(office, K.DOUBTS_OPEN) == [doubt.id.removeprefix("urn:uuid:")[:8]]
    close_doubt(office, doubt.id, actor="x")
    assert line(office, K.DOUBTS_OPEN) is None


def test_a_mail_that_came_back(office: Office) -> None:
    assert line(office, K.NOTICES_BOUNCED) is None
    for trouble, asked in (("mail.refused", 1), ("notice.overtaken", 0), ("notice.no_address", 0)):
        with office.store.writing() as registry:
            notice = registry.notices()[0]
            registry.keep_notice(replace(notice, state=NoticeState.BOUNCED, trouble=trouble))
        assert len(subjects(office, K.NOTICES_BOUNCED)) == asked, trouble


def test_a_holder_without_an_address_of_their_own(office: Office) -> None:
    assert line(office, K.NO_ADDRESS) is None
    set_address(office, "K0001", None, actor="x")
    assert subjects(office, K.NO_ADDRESS) == ["K0001"]
    set_address(office, "K0001", "K0002@Example.org", actor="x")
    assert subjects(office, K.NO_ADDRESS) == ["K0001", "K0002"]
    set_address(office, "K0001", "k1@example.org", actor="x")
    assert line(office, K.NO_ADDRESS) is None


def test_status_lists_near_and_at_their_end(office: Office) -> None:
    assert line(later(office, days=22), K.LISTS_ENDING) is None
    assert subjects(later(office, days=24), K.LISTS_ENDING) == ["1"]
    ended = later(office, days=31)
    assert line(ended, K.LISTS_ENDING) is None
    assert subjects(ended, K.LISTS_ENDED) == ["1"]
    assert to_do(ended)[0].kind is K.LISTS_ENDED


def test_a_key_that_is_old(office: Office) -> None:
    assert line(later(office, days=729), K.KEYS_OLD) is None
    assert subjects(later(office, days=731), K.KEYS_OLD) == ["key-1"]


DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("expiry", "effective", "deadline", "end"),
    [
        (date(2027, 3, 1), None, None, date(2027, 3, 1)),
        # Five years come first.
        (date(2028, 1, 1), date(2022, 3, 1), None, date(2027, 3, 1)),
        # Over: until when it may still be awarded, or nobody knows.
        (date(2025, 11, 18), None, None, date(2025, 11, 18)),
        (date(2025, 11, 18), None, date(2027, 11, 18), date(2027, 11, 18)),
        (date(2025, 11, 18), None, date(2026, 1, 1), None),
        (DAY, None, None, DAY),
    ],
)
def test_the_end_of_a_registration_that_comes_next(
    expiry: date, effective: date | None, deadline: date | None, end: date | None
) -> None:
    registration = Registration("RNCP", expiry, None, deadline, "https://example.org", effective)
    assert next_end(registration, DAY) == end


def test_what_is_lacking_is_named_until_it_is_filled_in(office: Office) -> None:
    legal = LegalNotice(dpo="dpo@example.org", publication_director="A. B.")
    whole = replace(
        office.institution,
        signatories=[Signatory("A. Lemaire, directrice", "D-1")],
        delivery_place="Paris",
        contact="2 rue de l’Exemple",
        registry_mail="scolarite@example.org",
        legal=legal,
    )
    filled = subjects(replace(office, institution=whole), K.LEGAL_DATA)
    assert [each for each in filled if each.startswith("institution")] == []
    bare = replace(whole, signatories=[], delivery_place=None, contact="À renseigner", legal=LegalNotice())
    lacking = subjects(replace(office, institution=bare), K.LEGAL_DATA)
    assert {each.partition(" ")[2] for each in lacking if each.startswith("institution")} == {
        "signatories",
        "delivery_place",
        "contact",
        "dpo",
        "publication_director",
    }
    nameless = replace(whole, signatories=[Signatory("A. Lemaire", "D-1")])
    assert "institution signatory_quality" in subjects(replace(office, institution=nameless), K.LEGAL_DATA)


def test_other_parts_of_the_service_ask_their_own_questions_in_order(office: Office) -> None:
    def red(_view: View) -> Iterator[ToDo]:
        yield from found(K.WATCH_RED, Urgency.NOW, ["canary"], DAY)

    assert to_do(office, [red])[0] == ToDo(K.WATCH_RED, Urgency.NOW, 1, ("canary",), DAY)


def test_a_long_line_names_the_first_and_counts_all() -> None:
    (asked,) = found(K.NO_ADDRESS, Urgency.LATER, [str(number) for number in range(50)], datetime.now(UTC))
    assert (asked.count, len(asked.subjects)) == (50, 20)
    assert found(K.NO_ADDRESS, Urgency.LATER, []) == []


def test_a_title_that_the_feed_has_to_get(office: Office, title: Award) -> None:
    assert line(office, K.CPF_DUE) is None
    assert title.number in subjects(later(office, days=75), K.CPF_DUE)
    assert title.number in subjects(later(office, days=120), K.CPF_LATE)
    assert line(later(office, days=120), K.CPF_DUE) is None


def test_a_trail_that_went_on_without_a_root(office: Office) -> None:
    assert line(office, K.ROOTS_UNPUBLISHED) is None
    assert line(later(office, days=2), K.ROOTS_UNPUBLISHED) is not None
    make_root(office, actor="timer")
    assert line(later(office, days=2), K.ROOTS_UNPUBLISHED) is None
