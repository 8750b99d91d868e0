"""What we hold on a person: all of it, nobody else's, and nothing that opens a door."""

import json
from dataclasses import fields
from datetime import timedelta

import pytest

from issuer.domain.award import WithdrawalReason
from issuer.domain.records import Candidate, ResultRow
from issuer.ports import Choice, Doubt, LinkSwitch, Notice, NoticeKind, NoticeState, Share
from issuer.services.withdrawing import suspend
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows
from tests.support.holders import HELENE_ID, NOW, Space, open_space


@pytest.fixture
def space(issued: Cli) -> Space:
    return open_space(open_desk(issued.folder))


def written(space: Space, candidate_id: str = HELENE_ID) -> str:
    return json.dumps(space.desk.personal_data(candidate_id), ensure_ascii=False)


def test_every_field_of_the_records_is_there_but_the_names_of_others(space: Space) -> None:
    data = json.loads(written(space))

    assert set(data["person"]) == {f.name for f in fields(Candidate)} - {"not_same_as"} | {"route_label"}
    decisions = data["jury"][0]["decisions"]
    with space.office.store.reading() as registry:
        own = [row for row in registry.record("RNCP35080").rows if row.candidate_id == HELENE_ID]
    assert len(decisions) == len(own) >= 4
    assert all(set(row) == {f.name for f in fields(ResultRow)} for row in decisions)
    assert {row["candidate_id"] for row in decisions} == {HELENE_ID}
    assert [award["component"] for award in data["awards"]][-1] == "RNCP35080"


def test_what_the_person_did_and_what_befell_the_awards_is_there(space: Space) -> None:
    number = space.desk.own_awards(HELENE_ID)[0].award.number
    soon = NOW + timedelta(days=1)
    suspend(space.office, number, WithdrawalReason.MATERIAL_ERROR, "note interne", actor="operateur-un")
    with space.office.store.writing() as registry:
        registry.switch_link(LinkSwitch(number, opened=False, at=NOW, by="holder"))
        registry.switch_link(LinkSwitch(number, opened=True, at=soon, by="operateur-un"))
        registry.keep_share(Share("urn:uuid:1", "jeton-secret", HELENE_ID, "Mairie", [number], NOW, soon))
        registry.choose(number, Choice.NAME_ON_CARD, wanted=True)
        registry.keep_doubt(Doubt("urn:uuid:2", number, "texte du signalement", "tiers@example.org", NOW))
        registry.keep_notice(
            Notice(
                "urn:uuid:3",
                NoticeKind.SUSPENDED,
                HELENE_ID,
                [number],
                "h@example.org",
                NoticeState.SENT,
                NOW,
                NOW,
            )
        )
    visit = space.desk.enter(space.ask())

    text = written(space)
    data = json.loads(text)
    (award,) = (award for award in data["awards"] if award["number"] == number)

    assert [state["state"] for state in award["states"]][-1] == "suspended"
    assert award["states"][-1]["has_note"] is True
    assert [switch["by"] for switch in award["link"]["switched"]] == ["holder", "registry"]
    assert award["choices"]["name-on-card"] is True
    assert award["reports"] == ["2126-11-24T12:00:00Z"]
    assert data["shares"][0]["label"] == "Mairie"
    assert "suspended" in {mail["kind"] for mail in data["mails"]}
    assert len(data["links_asked_for"]) == len(data["visits"]) == 1
    for secret in (
        "jeton-secret",
        "texte du signalement",
        "tiers@",
        "note interne",
        "operateur-un",
        str(visit),
    ):
        assert secret not in text, secret


def test_no_secret_and_no_link_is_in_it(space: Space, issued: Cli) -> None:
    secret = space.ask()
    space.desk.enter(secret)

    text = written(space)

    tokens = [row[0] for row in rows(issued.folder, "SELECT token FROM awards")]
    digests = [row[0] for row in rows(issued.folder, "SELECT secret_sha256 FROM holder_sessions")]
    assert not any(kept in text for kept in (secret, *tokens, *digests))


def test_nobody_elses_data_is_in_anybodys(space: Space, issued: Cli) -> None:
    with space.office.store.reading() as registry:
        people = registry.record("RNCP35080").candidates
    mails = {person.id: person.email for person in people}
    for person in people:
        text = written(space, person.id)
        for other in people:
            mail = mails[other.id]
            if other.id != person.id and mail and mail != mails[person.id]:
                assert mail not in text
                assert f'"{other.id}"' not in text
    signatory = space.office.institution.signatories[0].name
    assert signatory not in written(space)
    assert rows(issued.folder, "SELECT count(*) FROM candidates")[0][0] > 10


def test_somebody_whom_the_register_does_not_know_has_nothing(space: Space) -> None:
    data = space.desk.personal_data("C999")

    assert (data["person"], data["address"], data["jury"], data["awards"]) == (None, None, [], [])
