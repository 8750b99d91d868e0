"""The registry helps a holder: the address, the links, and what a registrar sees of a space."""

from issuer.ports import HolderAddress
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows
from tests.support.holders import HELENE

NEW = "helene.nouvelle@example.org"


def test_the_address_is_masked_unless_it_is_asked_for(issued: Cli) -> None:
    masked = issued.good("holders", "show", "C001")
    assert "h***@example.org" in masked.out
    assert HELENE not in masked.out
    assert HELENE in issued.good("holders", "show", "C001", "--full-address").out
    assert issued.good("holders", "show", "C001", "--json").json["address"] == "h***@example.org"
    assert issued.good("holders", "show", "C001", "--json", "--full-address").json["address"] == HELENE


def test_it_is_said_whether_a_person_can_enter_and_why_not(issued: Cli) -> None:
    assert issued.good("holders", "show", "C001", "--json").json["obstacle"] is None
    assert "no address on file" in issued.good("holders", "show", "C012").out

    said = issued.good("holders", "address", "C012", "--set", HELENE.upper())

    assert "another person has the same address" in said.err
    assert "same address" in issued.good("holders", "show", "C001").out


def test_an_address_on_file_that_is_none_gets_no_mail_and_is_told(issued: Cli) -> None:
    evil = "=?utf-8?q?x=0d=0aBcc=3a_evil=40x.example?=@example.org"
    office = open_desk(issued.folder)
    with office.store.writing() as registry:
        registry.keep_address(HolderAddress("C001", evil, "record", office.clock.now(), "scolarite"))

    issued("notices", "send")

    kept = rows(issued.folder, "SELECT DISTINCT state, trouble FROM notices WHERE candidate_id = 'C001'")
    assert kept == [("bounced", "mail.refused")]
    assert not any(b"evil" in mail.read_bytes() for mail in issued.folder.rglob("*.eml"))
    assert "not one mail address" in issued.good("holders", "show", "C001").out


def test_the_trail_says_who_changed_an_address_and_not_which(issued: Cli) -> None:
    issued.good("holders", "address", "C001", "--set", NEW)
    issued.good("holders", "address", "C001", "--remove")

    lines = rows(
        issued.folder,
        "SELECT action, subject, json_remove(details, '$.on') FROM audit ORDER BY sequence DESC LIMIT 2",
    )
    assert lines == [("holder.address_removed", "C001", "{}"), ("holder.address_set", "C001", "{}")]
    assert "no address on file" in issued.good("holders", "show", "C001").out
    assert issued.good("audit", "verify").code == 0


def test_the_same_address_again_writes_nothing(issued: Cli) -> None:
    before = rows(issued.folder, "SELECT count(*) FROM audit")

    assert "already" in issued.good("holders", "address", "C001", "--set", HELENE).err
    assert "already" in issued.good("holders", "address", "C012", "--remove").err

    assert rows(issued.folder, "SELECT count(*) FROM audit") == before


def test_a_link_is_closed_and_opened_by_number_or_by_itself(issued: Cli) -> None:
    award = issued.good("awards", "--candidate", "C001", "--json").json[0]

    assert "off from now on" in issued.good("holders", "close-link", award["number"]).err
    assert "off already" in issued.good("holders", "close-link", award["link"]).err
    assert issued.good("holders", "show", "C001", "--json").json["links"][award["number"]] is False
    assert "on from now on" in issued.good("holders", "open-link", award["link"]).err

    assert issued.good("holders", "show", "C001", "--json").json["links"][award["number"]] is True


def test_forms_are_prepared_once(issued: Cli) -> None:
    made = issued.good("prepare", "--json").json
    assert made["refused"] == []
    assert made["made"] == rows(issued.folder, "SELECT count(*) FROM prepared_exports")[0][0] > 30

    assert issued.good("prepare", "--json").json == {"made": 0, "refused": []}
    assert "0 forms made" in issued.good("prepare").err


def test_a_form_that_cannot_be_made_is_named(issued: Cli) -> None:
    awards = issued.good("awards", "--candidate", "C001", "--json").json
    block, title = awards[0]["number"], next(each["number"] for each in awards if each["kind"] == "title")
    issued.good("suspend", block, "--reason", "erreur-materielle", "--no-mail")

    assert f"{title} clr: export.not_in_force" in issued.good("prepare").err
