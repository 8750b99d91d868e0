"""What the register keeps of papers, of the graduates' space and of mails, is given back as it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from issuer.domain.award import DuplicateReason, ReplacementReason
from issuer.domain.short_code import read_short_code
from issuer.ports import (
    Choice,
    Doubt,
    Duplicate,
    Entry,
    HolderAddress,
    KeptPaper,
    LinkSwitch,
    Notice,
    NoticeKind,
    NoticeState,
    Replacement,
    Share,
    ShareState,
    Store,
)
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=15)


@pytest.fixture
def store(issued: Cli) -> Store:
    return open_desk(issued.folder).store


@pytest.fixture
def numbers(store: Store) -> list[str]:
    with store.reading() as registry:
        return [award.number for award in registry.awards()]


def test_every_award_has_a_short_code_of_its_own(store: Store, numbers: list[str]) -> None:
    with store.reading() as registry:
        codes = [registry.short_code(number) for number in numbers]
        assert len(set(codes)) == len(numbers) == 30
        for number, code in zip(numbers, codes, strict=True):
            assert code is not None
            assert read_short_code(code) == code
            found = registry.award_by_short_code(code)
            assert found is not None
            assert found.number == number
        assert registry.short_code("2026-999999") is None
        assert registry.award_by_short_code("2" * 12) is None


def test_papers_duplicates_and_replacements(store: Store, numbers: list[str]) -> None:
    paper = KeptPaper("ab" * 32, numbers[0], None, NOW)
    duplicate = Duplicate(f"{numbers[0]}-D1", numbers[0], DuplicateReason.THEFT, NOW, "operator")
    replacement = Replacement(numbers[0], numbers[1], ReplacementReason.CIVIL_STATUS, NOW, "operator")
    with store.writing() as registry:
        registry.keep_paper(paper)
        registry.keep_paper(replace(paper, made_at=SOON))
        registry.add_duplicate(duplicate)
        registry.add_replacement(replacement)
    with store.reading() as registry:
        assert registry.paper(paper.sha256) == paper
        assert registry.paper("00" * 32) is None
        assert registry.papers_of(numbers[0]) == [paper]
        assert registry.duplicates(numbers[0]) == [duplicate]
        assert registry.replacement_of(numbers[0]) == registry.replacement_by(numbers[1]) == replacement
        assert registry.replacement_of(numbers[1]) is None


def test_the_last_address_counts_and_no_former_one_leads_anywhere(store: Store) -> None:
    with store.reading() as registry:
        listed = registry.address("C001")
        assert listed is not None
        assert listed.source == "record"
        assert registry.persons_at(listed.mail.upper() if listed.mail else "") == ["C001"]
    moved = HolderAddress("C001", "New.Address@example.org", "registry", NOW, "operator")
    with store.writing() as registry:
        registry.keep_address(moved)
    with store.writing() as registry:
        assert registry.address("C001") == moved
        assert registry.persons_at(str(listed.mail)) == []
        assert registry.persons_at("new.address@EXAMPLE.org") == ["C001"]
        registry.keep_address(replace(moved, mail=None))
        assert registry.address("C001") is None
        assert registry.persons_at("new.address@example.org") == []


def test_a_person_has_all_their_awards(store: Store) -> None:
    with store.reading() as registry:
        assert len(registry.awards_of_person("C001")) == 5
        assert registry.awards_of_person("nobody") == []


def test_a_link_is_on_until_it_is_switched_off(store: Store, numbers: list[str]) -> None:
    off = LinkSwitch(numbers[0], opened=False, at=NOW, by="holder")
    on = replace(off, opened=True, at=SOON)
    with store.writing() as registry:
        assert registry.link_is_open(numbers[0])
        registry.switch_link(off)
        assert not registry.link_is_open(numbers[0])
        registry.switch_link(on)
        assert registry.link_is_open(numbers[0])
        assert registry.link_switches(numbers[0]) == [off, on]
        assert registry.link_is_open(numbers[1])


def test_a_share_is_counted_ended_and_closed(store: Store, numbers: list[str]) -> None:
    share = Share("urn:s", "t" * 22, "C001", "Entretien", [numbers[4], numbers[0]], NOW, until=SOON)
    with store.writing() as registry:
        registry.keep_share(share)
        registry.count_view(share.id)
    with store.writing() as registry:
        kept = registry.share_by_token(share.token)
        assert kept == replace(share, views=1)
        assert kept.state(NOW) is ShareState.OPEN
        assert kept.state(SOON) is ShareState.ENDED
        registry.close_share(share.id, NOW)
        registry.close_share(share.id, SOON)
        (closed,) = registry.shares_of("C001")
        assert closed.closed_at == NOW
        assert closed.state(NOW) is ShareState.CLOSED
        assert registry.share_by_token("u" * 22) is None


def test_an_entry_and_a_session_are_good_once_and_for_a_time(store: Store) -> None:
    entry = Entry("cd" * 32, "C001", NOW, SOON)
    with store.writing() as registry:
        registry.keep_entry(entry)
        registry.keep_session(entry)
        assert registry.entry(entry.secret_sha256) == registry.session(entry.secret_sha256) == entry
        assert registry.entries_since("C001", NOW) == 1
        assert registry.entries_since("C001", SOON) == 0
        registry.use_entry(entry.secret_sha256, NOW)
        registry.end_session(entry.secret_sha256, NOW)
    with store.writing() as registry:
        used = registry.entry(entry.secret_sha256)
        assert used is not None
        assert not used.is_good(NOW)
        assert entry.is_good(NOW)
        assert not entry.is_good(SOON)
        assert not entry.is_good(NOW - timedelta(seconds=1))
        registry.forget_entries(SOON + timedelta(seconds=1))
        assert registry.entry(entry.secret_sha256) is registry.session(entry.secret_sha256) is None


def test_choices_are_off_until_chosen(store: Store, numbers: list[str]) -> None:
    with store.writing() as registry:
        assert not any(registry.choices(numbers[0]).values())
        registry.choose(numbers[0], Choice.NAME_ON_CARD, wanted=False)
        registry.choose(numbers[0], Choice.NAME_ON_CARD, wanted=True)
        assert registry.choices(numbers[0])[Choice.NAME_ON_CARD]
        assert registry.note_first_opening(numbers[0], NOW)
        assert not registry.note_first_opening(numbers[0], SOON)


def test_mails_and_doubts_are_kept_with_their_states(store: Store, numbers: list[str]) -> None:
    notice = Notice(
        "urn:n", NoticeKind.AWARDED, "C001", numbers[:2], "a@example.org", NoticeState.QUEUED, NOW, NOW
    )
    sent = replace(notice, state=NoticeState.SENT, changed_at=SOON, attempts=1)
    doubt = Doubt("urn:d", numbers[0], "Le nom diffère.", None, NOW)
    closed = replace(doubt, closed_at=SOON, closed_by="operator")
    with store.writing() as registry:
        registry.keep_notice(notice)
        registry.keep_notice(sent)
        assert registry.notice("urn:n") == sent
        assert registry.notices(NoticeState.SENT, "C001") == registry.notices(NoticeState.SENT) == [sent]
        # Issuing queued one mail a person.
        assert [item.kind for item in registry.notices(NoticeState.QUEUED, "C002")] == [NoticeKind.AWARDED]
        registry.keep_doubt(doubt)
        registry.keep_doubt(closed)
        assert registry.doubts() == [closed]
