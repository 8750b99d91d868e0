"""A link works once, for a quarter of an hour, for exactly one living person; then there is a session."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuer.cli.jury import take_file
from issuer.ports import Entry, EntryState, HolderAddress, Registry, Store, Visit
from issuer.samples import sample_files
from issuer.services.holders import set_address
from issuer.services.space.entry import enter
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows
from tests.support.holders import HELENE, HELENE_ID, NOW, Space, digest, open_space


@pytest.fixture
def space(issued: Cli) -> Space:
    return open_space(open_desk(issued.folder))


def entered(space: Space) -> Visit:
    visit = space.desk.enter(space.ask())
    assert isinstance(visit, Visit)
    return visit


def test_the_link_goes_to_the_address_on_file_and_leads_to_the_space(space: Space) -> None:
    space.desk.ask_entry(HELENE)

    ((person, link),) = space.post.links
    assert person == HELENE_ID
    assert link == f"{space.office.base_url}/moi/entrer/{space.post.secrets[0]}"
    # 256 bits in base64url.
    assert len(space.post.secrets[0]) == 43


@pytest.mark.parametrize("spelling", [HELENE.upper(), f"  {HELENE}\n", HELENE.title()])
def test_an_address_is_the_same_however_it_is_typed(space: Space, spelling: str) -> None:
    space.desk.ask_entry(spelling)

    assert [person for person, _link in space.post.links] == [HELENE_ID]


@pytest.mark.parametrize("mail", ["personne@example.org", "", "@", "C001", HELENE.replace("@", "@x.")])
def test_nothing_is_sent_for_an_address_that_nobody_has(space: Space, mail: str) -> None:
    space.desk.ask_entry(mail)

    assert (space.post.links, space.post.shared) == ([], [])


def test_the_register_keeps_the_digest_of_a_secret_and_never_the_secret(space: Space, issued: Cli) -> None:
    secret = space.ask()
    visit = space.desk.enter(secret)

    assert isinstance(visit, Visit)
    assert rows(issued.folder, "SELECT secret_sha256 FROM entries") == [(digest(secret),)]
    assert rows(issued.folder, "SELECT secret_sha256 FROM holder_sessions") == [(digest(visit.secret),)]
    content = b"".join(file.read_bytes() for file in issued.folder.rglob("*") if file.is_file())
    assert secret.encode() not in content
    assert visit.secret.encode() not in content


def test_looking_at_a_link_does_not_use_it(space: Space) -> None:
    secret = space.ask()

    assert [space.desk.entry_state(secret) for _ in range(3)] == [EntryState.GOOD] * 3
    assert isinstance(space.desk.enter(secret), Visit)


def test_a_link_opens_the_space_once(space: Space) -> None:
    secret = space.ask()

    assert isinstance(space.desk.enter(secret), Visit)
    assert space.desk.enter(secret) is EntryState.USED
    assert space.desk.entry_state(secret) is EntryState.USED


def test_a_link_ends_after_a_quarter_of_an_hour(space: Space) -> None:
    early, late = space.ask(), space.ask()
    space.clock.pass_by(minutes=14, seconds=59)
    assert isinstance(space.desk.enter(early), Visit)
    space.clock.pass_by(seconds=1)

    assert space.desk.entry_state(late) is EntryState.ENDED
    assert space.desk.enter(late) is EntryState.ENDED


def test_a_clock_set_back_revives_no_link_that_was_seen_at_its_end(space: Space) -> None:
    secret = space.ask()
    space.clock.pass_by(minutes=16)
    assert space.desk.enter(secret) is EntryState.ENDED

    space.clock.pass_by(minutes=-10)

    assert space.desk.enter(secret) is EntryState.ENDED


def test_a_clock_set_back_before_the_link_was_made_makes_it_good_for_nothing(space: Space) -> None:
    secret = space.ask()
    space.clock.pass_by(hours=-1)

    assert space.desk.enter(secret) is EntryState.ENDED


def test_a_new_link_leaves_the_others_good(space: Space) -> None:
    first, second = space.ask(), space.ask()

    assert isinstance(space.desk.enter(second), Visit)
    assert isinstance(space.desk.enter(first), Visit)


def test_three_links_an_hour_are_sent_and_no_fourth(space: Space) -> None:
    for _ in range(3):
        space.ask()
    space.desk.ask_entry(HELENE)
    assert len(space.post.links) == 3

    space.clock.pass_by(hours=1, seconds=1)
    space.ask()


def test_of_several_persons_at_one_address_none_is_guessed(space: Space) -> None:
    with space.office.store.writing() as registry:
        registry.keep_address(HolderAddress("C002", HELENE.upper(), "registry", NOW, "operator"))

    space.desk.ask_entry(HELENE)

    assert (space.post.links, space.post.shared) == ([], [HELENE])


def test_a_person_without_awards_enters_too(space: Space) -> None:
    visit = space.desk.enter(space.ask("suryani@example.org"))

    assert isinstance(visit, Visit)
    assert (visit.candidate_id, space.desk.own_awards(visit.candidate_id)) == ("C004", [])


def died(issued: Cli, candidate_id: str) -> None:
    """Have the student system hand in that a person has died."""
    file = issued.folder.parent / "candidats.csv"
    file.write_text(
        "id_candidat,nom_naissance,nom_usage,prenoms,date_naissance,voie,date_entree,courriel,date_deces\n"
        f"{candidate_id},Marchand-Delvaux,,Hélène,1984-03-09,formation_continue,2022-09-19,{HELENE},2026-11-20\n",
        encoding="utf-8",
    )
    issued.good("jury", "import", str(file), "--certification", "RNCP35080", "--accept-changes")


def test_who_has_died_gets_no_mail_and_whoever_is_inside_is_out(space: Space, issued: Cli) -> None:
    visit = entered(space)
    died(issued, HELENE_ID)

    space.desk.ask_entry(HELENE)

    assert len(space.post.links) == 1
    assert space.post.shared == []
    assert space.desk.visit(visit.secret) is None


def test_a_link_that_was_sent_before_a_death_opens_nothing(space: Space, issued: Cli) -> None:
    secret = space.ask()
    died(issued, HELENE_ID)

    assert space.desk.enter(secret) is EntryState.ENDED


def test_a_session_lasts_an_hour(space: Space) -> None:
    visit = entered(space)
    assert (visit.opened_at, visit.ends_at) == (NOW, NOW.replace(hour=13))
    space.clock.pass_by(minutes=59, seconds=59)
    assert space.desk.visit(visit.secret) == visit

    space.clock.pass_by(seconds=1)

    assert space.desk.visit(visit.secret) is None


def test_a_clock_set_back_revives_no_session_that_was_seen_at_its_end(space: Space) -> None:
    visit = entered(space)
    space.clock.pass_by(hours=1)
    assert space.desk.visit(visit.secret) is None

    space.clock.pass_by(minutes=-30)

    assert space.desk.visit(visit.secret) is None


def test_leaving_ends_the_session_for_good_and_no_other(space: Space) -> None:
    first, second = entered(space), entered(space)

    space.desk.leave(first.secret)

    assert space.desk.visit(first.secret) is None
    assert space.desk.visit(second.secret) == second
    space.clock.pass_by(minutes=-5)
    assert space.desk.visit(first.secret) is None


def test_the_secret_of_a_link_is_no_session_and_the_other_way_round(space: Space) -> None:
    secret = space.ask()
    visit = space.desk.enter(secret)

    assert isinstance(visit, Visit)
    assert space.desk.visit(secret) is None
    assert space.desk.enter(visit.secret) is EntryState.UNKNOWN


def test_what_has_ended_is_forgotten_after_thirty_days(space: Space, issued: Cli) -> None:
    visit = entered(space)
    space.clock.pass_by(days=30, hours=2)

    space.desk.ask_entry("personne@example.org")

    assert rows(issued.folder, f"SELECT * FROM entries WHERE candidate_id = '{HELENE_ID}'") == []
    assert rows(issued.folder, "SELECT * FROM holder_sessions") == []
    assert space.desk.entry_state(space.post.secrets[0]) is EntryState.UNKNOWN
    assert space.desk.visit(visit.secret) is None


def test_a_kept_entry_that_was_written_used_after_its_end_has_ended(space: Space) -> None:
    secret, after = "s" * 43, NOW.replace(minute=20)
    with space.office.store.writing() as registry:
        registry.keep_entry(Entry(digest(secret), HELENE_ID, NOW, NOW.replace(minute=15), after))

    assert space.desk.entry_state(secret) is EntryState.ENDED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=st.text(max_size=64) | st.text("ABCXYZabcxyz0189_-", min_size=43, max_size=43))
def test_a_secret_that_was_not_handed_out_never_opens_a_space(space: Space, text: str) -> None:
    if not space.post.links:
        entered(space)
    known = set(space.post.secrets)

    if text not in known:
        assert space.desk.entry_state(text) is EntryState.UNKNOWN
        assert space.desk.enter(text) is EntryState.UNKNOWN
        assert space.desk.visit(text) is None


def test_a_secret_with_anything_added_or_taken_away_opens_nothing(space: Space) -> None:
    secret = space.ask()

    for other in (
        secret + "=",
        secret[:-1],
        secret.swapcase(),
        f" {secret}",
        secret + "\ud800",
        digest(secret),
    ):
        assert space.desk.enter(other) is EntryState.UNKNOWN


def test_a_new_address_ends_the_links_and_the_visits_of_the_old_one(space: Space) -> None:
    visit, secret = entered(space), space.ask()

    assert set_address(space.office, HELENE_ID, "neuve@example.org", actor="scolarite")

    assert space.desk.visit(visit.secret) is None
    assert space.desk.enter(secret) is EntryState.USED
    space.desk.ask_entry(HELENE)
    assert len(space.post.links) == 2
    assert isinstance(space.desk.enter(space.ask("Neuve@example.org")), Visit)


@dataclass(slots=True)
class CountingStore:
    """A register that counts who takes its write lock."""

    store: Store
    written: int = 0

    def reading(self) -> AbstractContextManager[Registry]:
        return self.store.reading()

    @contextmanager
    def writing(self) -> Iterator[Registry]:
        self.written += 1
        with self.store.writing() as registry:
            yield registry


def test_a_link_that_was_never_made_takes_no_write_lock(space: Space) -> None:
    store = CountingStore(space.office.store)

    assert enter(replace(space.office, store=store), "A" * 43) is EntryState.UNKNOWN
    assert store.written == 0
    assert isinstance(enter(replace(space.office, store=store), space.ask()), Visit)
    assert store.written == 1


def test_a_request_writes_alike_whoever_exists_or_not(space: Space, issued: Cli) -> None:
    """Who watches the register's lock learns nothing: one entry is written in every case."""
    written = []
    for mail in (HELENE, "personne@example.org", "suryani@example.org", "autre@example.org"):
        before = rows(issued.folder, "SELECT secret_sha256 FROM entries")
        space.desk.ask_entry(mail)
        written.append(len(set(rows(issued.folder, "SELECT secret_sha256 FROM entries")) - set(before)))

    assert written == [1, 1, 1, 1]
    for _ in range(3):
        space.desk.ask_entry(HELENE)
    before = rows(issued.folder, "SELECT secret_sha256 FROM entries")
    space.desk.ask_entry(HELENE)
    assert set(rows(issued.folder, "SELECT secret_sha256 FROM entries")) - set(before)


def test_what_is_written_for_nobody_names_nobody_opens_nothing_and_does_not_pile_up(
    space: Space, issued: Cli
) -> None:
    for index in range(5):
        space.desk.ask_entry(f"personne{index}@example.org")
        space.clock.pass_by(seconds=1)

    ((person, ends_at),) = rows(issued.folder, "SELECT candidate_id, ends_at FROM entries")
    assert person == ""
    assert ends_at < NOW.isoformat()


def test_a_shared_address_gets_three_mails_an_hour_as_it_is_on_file(space: Space) -> None:
    for person in ("C001", "C002"):
        set_address(space.office, person, "commun@strasse.example", actor="scolarite")

    for typed in (
        "Commun@strasse.example",
        "commun@straße.example",
        "commun@strasse.example",
        "COMMUN@strasse.example",
    ):
        space.desk.ask_entry(typed)

    assert space.post.shared == ["commun@strasse.example"] * 3
    assert space.post.links == []
    space.clock.pass_by(hours=1, seconds=1)
    space.desk.ask_entry("commun@strasse.example")
    assert len(space.post.shared) == 4


@pytest.mark.parametrize("mail", ["neuve@example.org", ""])
def test_an_import_that_changes_the_address_ends_links_and_visits_of_the_old_one(
    space: Space, mail: str
) -> None:
    space.clock.at = datetime.now(UTC)
    visit, secret = entered(space), space.ask()
    (people,) = (content for name, content in sample_files().items() if "candidat" in name)

    imported(space, people)
    assert space.desk.visit(visit.secret) is not None
    imported(space, people.replace(HELENE.encode(), mail.encode()))

    assert space.desk.visit(visit.secret) is None
    assert space.desk.enter(secret) is not EntryState.GOOD
    assert not isinstance(space.desk.enter(secret), Visit)


def test_an_import_that_repeats_what_a_registrar_set_ends_nothing(space: Space) -> None:
    space.clock.at = datetime.now(UTC)
    set_address(space.office, HELENE_ID, "neuve@example.org", actor="scolarite")
    visit = space.desk.enter(space.ask("neuve@example.org"))
    assert isinstance(visit, Visit)
    (people,) = (content for name, content in sample_files().items() if "candidat" in name)

    imported(space, people.replace(HELENE.encode(), b"neuve@example.org"))

    assert space.desk.visit(visit.secret) == visit


def imported(space: Space, people: bytes) -> None:
    take_file(
        space.office,
        people,
        "candidats.csv",
        certification=None,
        accept_valid=True,
        accept_changes=True,
        actor="scolarite",
    )
