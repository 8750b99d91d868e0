"""What a verification says of a document's status: every purpose, every fault of a list, every instant."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from credentials import CheckId, Outcome, Policy, StatusList, Verdict, VerificationReport
from credentials.errors import InputError
from credentials.json_input import JsonObject
from credentials.status.addresses import address_at
from tests.support.credentials import CREATED, TEST_ISSUER
from tests.support.status import bitstring_entry, given_lists, messages, plain, signed_list, with_status
from tests.support.verification import AS_OF, AT, INDEX, STATUS_URL, block, check, signed

SUSPENSIONS = f"{STATUS_URL}-suspension"
NOTES = f"{STATUS_URL}-notes"


def report_on(*entries: JsonObject, policy: Policy | None = None, **lists: Any) -> VerificationReport:
    """Verify a block with these entries; lists are those of the three addresses."""
    addresses = {"revocations": STATUS_URL, "suspensions": SUSPENSIONS, "notes": NOTES}
    given = given_lists({addresses[name]: material for name, material in lists.items()})
    return check(signed(with_status(*entries)), given, policy=policy)


def code_of(report: VerificationReport) -> str:
    return report.check(CheckId.STATUS).code


def said(report: VerificationReport) -> str:
    return "\n".join(notice.en for notice in report.notices)


# Purposes


@pytest.mark.parametrize("revoked", [0, 1])
@pytest.mark.parametrize("suspended", [0, 1])
def test_both_lists_are_consulted_whatever_the_order_of_the_entries(revoked: int, suspended: int) -> None:
    entries = [bitstring_entry(), bitstring_entry("suspension", url=SUSPENSIONS)]
    lists: dict[str, Any] = {
        "revocations": signed_list({INDEX: revoked}),
        "suspensions": signed_list({INDEX: suspended}, purpose="suspension", url=SUSPENSIONS),
    }
    forward, backward = report_on(*entries, **lists), report_on(*entries[::-1], **lists)
    expected = {(0, 0): Verdict.VALID, (0, 1): Verdict.SUSPENDED}.get((revoked, suspended), Verdict.REVOKED)
    assert forward.verdict is backward.verdict is expected
    assert forward.check(CheckId.STATUS) == backward.check(CheckId.STATUS)


@pytest.mark.parametrize("missing", ["revocations", "suspensions"])
def test_one_list_that_is_clear_does_not_stand_in_for_one_that_is_absent(missing: str) -> None:
    lists: dict[str, Any] = {
        "revocations": signed_list(),
        "suspensions": signed_list(purpose="suspension", url=SUSPENSIONS),
    }
    del lists[missing]
    for entries in permutations([bitstring_entry(), bitstring_entry("suspension", url=SUSPENSIONS)]):
        report = report_on(*entries, **lists)
        assert (code_of(report), report.verdict) == ("status.not_at_hand", Verdict.INCOMPLETE)


CLEAR: dict[str, Any] = {
    "revocations": signed_list(),
    "suspensions": signed_list(purpose="suspension", url=SUSPENSIONS),
}
ENTRIES = {
    "revocations": bitstring_entry(),
    "suspensions": bitstring_entry("suspension", url=SUSPENSIONS),
}


@pytest.mark.parametrize(
    ("consulted", "code"),
    [
        (("revocations",), "status.not_withdrawn"),
        (("suspensions",), "status.not_suspended"),
        (("revocations", "suspensions"), "status.in_force"),
        (("suspensions", "revocations"), "status.in_force"),
    ],
)
def test_only_what_was_looked_up_is_said_of_a_document(consulted: tuple[str, ...], code: str) -> None:
    report = report_on(*(ENTRIES[name] for name in consulted), **{name: CLEAR[name] for name in consulted})
    assert (code_of(report), report.verdict) == (code, Verdict.VALID)
    assert ("neither" in report.check(CheckId.STATUS).message.en) is (len(consulted) > 1)


@pytest.mark.parametrize("older", [0, 1])
def test_what_two_lists_say_together_bears_the_date_of_the_older_one(older: int) -> None:
    lists = {
        name: replace(material, as_of=AS_OF - timedelta(minutes=order == older))
        for order, (name, material) in enumerate(CLEAR.items())
    }
    report = report_on(*ENTRIES.values(), **lists)
    assert report.check(CheckId.STATUS).as_of == AS_OF - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("asked", "own", "policy", "code"),
    [
        (True, TEST_ISSUER, Policy(), "status.in_force"),
        (False, TEST_ISSUER, Policy(), "status.not_withdrawn"),
        # Our register speaks of our own awards, whatever another issuer writes as identifier.
        (True, "did:web:ailleurs.example", Policy(), "status.not_withdrawn"),
        # And of their present state.
        (True, TEST_ISSUER, Policy(status_at=AS_OF), "status.not_withdrawn"),
    ],
)
def test_our_register_knows_of_suspensions_that_no_list_tells(
    asked: bool, own: str, policy: Policy, code: str
) -> None:
    lists = given_lists({STATUS_URL: signed_list(), address_at(STATUS_URL, AS_OF): signed_list()})
    given = replace(lists, in_register=asked, own_issuer=own)
    report = check(signed(with_status(bitstring_entry())), given, policy=policy)
    assert (code_of(report), report.verdict) == (code, Verdict.VALID)


def test_our_register_stands_in_for_no_list() -> None:
    given = replace(given_lists({}), in_register=True, own_issuer=TEST_ISSUER)
    report = check(signed(with_status(bitstring_entry())), given)
    assert (code_of(report), report.verdict) == ("status.not_at_hand", Verdict.INCOMPLETE)


def test_one_list_may_serve_several_purposes_at_several_indexes() -> None:
    shared = signed_list({INDEX + 1: 1}, purpose=["revocation", "suspension"])
    second = bitstring_entry("suspension", id=f"{STATUS_URL}#s", statusListIndex=str(INDEX + 1))
    assert report_on(bitstring_entry(), second, revocations=shared).verdict is Verdict.SUSPENDED


def test_a_purpose_of_another_name_is_unknown_and_never_in_force() -> None:
    report = report_on(
        bitstring_entry(), bitstring_entry("cancellation", id="urn:x:1"), revocations=signed_list()
    )
    assert code_of(report) == "status.unsupported_purpose"
    assert report.verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize(("value", "text"), [(0, "en cours d'examen"), (2, "rejeté")])
def test_a_message_is_said_in_the_issuers_words_and_changes_no_verdict(value: int, text: str) -> None:
    note = bitstring_entry(
        "message",
        url=NOTES,
        statusSize=2,
        statusMessage=messages("en cours d'examen", "accepté", "rejeté", "undefined")[::-1],
        statusReference="https://diplomes.example/etats",
    )
    notes = signed_list({INDEX: value}, purpose="message", size=2, url=NOTES)
    report = report_on(bitstring_entry(), note, revocations=signed_list(), notes=notes)
    assert report.verdict is Verdict.VALID
    assert f"“{text}”" in said(report)


@pytest.mark.parametrize(("value", "word"), [(0, None), (1, "“set”")])
def test_a_message_without_words_is_said_to_be_set_or_not_at_all(value: int, word: str | None) -> None:
    notes = signed_list({INDEX: value}, purpose="message", url=NOTES)
    report = report_on(
        bitstring_entry(), bitstring_entry("message", url=NOTES), revocations=signed_list(), notes=notes
    )
    assert report.verdict is Verdict.VALID
    assert ("“" in said(report)) is (word is not None)
    assert (word or "") in said(report)


def test_a_message_is_one_line_of_bounded_length() -> None:
    note = bitstring_entry("message", statusMessage=messages("a\nb " + "c" * 1000, " "))
    long = report_on(note, revocations=signed_list(purpose="message"))
    assert "a b c" in said(long)
    assert len(said(long)) < 300
    blank = report_on(note, revocations=signed_list({INDEX: 1}, purpose="message"))
    assert blank.notices == ()


@pytest.mark.parametrize("value", [0, 1])
def test_a_refresh_is_said_and_changes_no_verdict(value: int) -> None:
    notes = signed_list({INDEX: value}, purpose="refresh", url=NOTES)
    report = report_on(
        bitstring_entry(), bitstring_entry("refresh", url=NOTES), revocations=signed_list(), notes=notes
    )
    assert report.verdict is Verdict.VALID
    assert ("newer version" in said(report)) is bool(value)


@pytest.mark.parametrize(
    "notes", [None, signed_list(url=NOTES), signed_list(purpose="refresh", ttl_ms=1, url=NOTES)]
)
def test_a_note_that_cannot_be_read_is_said_and_changes_no_verdict(notes: StatusList | None) -> None:
    lists: dict[str, Any] = {"revocations": signed_list(), **({"notes": notes} if notes else {})}
    report = report_on(bitstring_entry(), bitstring_entry("refresh", url=NOTES), **lists)
    assert report.verdict is Verdict.VALID
    assert "could not be read" in said(report)


def test_a_document_with_notes_alone_is_not_said_to_be_in_force() -> None:
    report = report_on(bitstring_entry("refresh"), revocations=signed_list(purpose="refresh"))
    assert code_of(report) == "status.none_declared"


@pytest.mark.parametrize("value", [1, 2, 3])
def test_any_value_but_0_of_a_wider_entry_withdraws_and_its_message_is_said(value: int) -> None:
    words = messages("rien", "un", "deux", "trois")
    entry = bitstring_entry(statusSize=2, statusMessage=words)
    report = report_on(entry, revocations=signed_list({INDEX: value, INDEX - 1: 3}, size=2))
    assert report.verdict is Verdict.REVOKED
    assert f"“{words[value]['message']}”" in said(report)
    clear = report_on(entry, revocations=signed_list({INDEX - 1: 3, INDEX + 1: 3}, size=2))
    assert (clear.verdict, said(clear)) == (Verdict.VALID, "")


def test_a_wider_entry_needs_a_wider_list() -> None:
    entry = bitstring_entry(statusSize=2, statusMessage=messages("rien", "un", "deux", "trois"))
    assert code_of(report_on(entry, revocations=signed_list())) == "status.list_too_short"


# Faults of the list

FAULTS = [
    ("status.list_has_status", {"credentialStatus": bitstring_entry(url=f"{STATUS_URL}-other")}),
    ("status.list_malformed", {"credentialSubject": {"id": "urn:x:1"}}),
    ("status.list_malformed", {"subject": {"ttl": "60000"}}),
    ("status.list_malformed", {"subject": {"ttl": -1}}),
    ("status.list_malformed", {"subject": {"ttl": True}}),
    ("status.list_malformed", {"subject": {"encodedList": "uAAAA"}}),
    ("status.purpose_mismatch", {"subject": {"statusPurpose": ["Revocation", "suspension"]}}),
    ("status.list_not_yet_valid", {"valid_from": AT + timedelta(seconds=1)}),
    ("status.list_of_another_address", {"url": f"{STATUS_URL}0"}),
]


@pytest.mark.parametrize(("code", "parts"), FAULTS)
def test_a_list_with_a_fault_is_unknown_with_its_own_code(code: str, parts: dict[str, object]) -> None:
    material = signed_list({}, **parts)  # type: ignore[arg-type]  # tests put anything here
    report = report_on(bitstring_entry(), revocations=material)
    assert code_of(report) == code
    assert report.check(CheckId.STATUS).outcome is Outcome.UNKNOWN
    assert report.verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("status.list_names_itself", {"credentialStatus": bitstring_entry()}),
        (
            "status.list_names_itself",
            {"credentialStatus": {"id": STATUS_URL, "type": "1EdTechRevocationList"}},
        ),
        ("status.list_malformed", {"credentialStatus": []}),
        ("status.list_malformed", {"credentialSubject": {"type": "BitstringStatusList", "encodedList": 1}}),
    ],
)
def test_a_fault_that_no_issuer_could_sign_has_its_code_too(code: str, members: dict[str, object]) -> None:
    content = {**json.loads(signed_list().document), **members}
    report = report_on(bitstring_entry(), revocations=plain(content))
    assert (code_of(report), report.verdict) == (code, Verdict.INCOMPLETE)


def test_a_list_of_the_older_data_model_is_not_called_malformed() -> None:
    old = b'{"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential"]}'
    report = report_on(bitstring_entry(), revocations=StatusList(old, AS_OF))
    assert code_of(report) == "status.unsupported_type"


# Freshness


@pytest.mark.parametrize(
    ("parts", "policy", "code"),
    [
        ({"ttl_ms": 3_600_000}, Policy(), "status.not_withdrawn"),
        ({"ttl_ms": 3_599_999}, Policy(), "status.list_stale"),
        ({"subject": {"ttl": 0}}, Policy(), "status.list_stale"),
        ({"ttl_ms": 3_600_000}, Policy(max_status_age=timedelta(minutes=59)), "status.list_too_old"),
        ({"ttl_ms": 1}, Policy(max_status_age=timedelta(days=1)), "status.list_stale"),
        ({"ttl_ms": 2**53 - 1}, Policy(), "status.not_withdrawn"),
        ({"valid_until": AT}, Policy(), "status.not_withdrawn"),
        ({"valid_until": AT - timedelta(seconds=1)}, Policy(), "status.list_ended"),
    ],
)
def test_an_old_list_cannot_say_that_nothing_stands_against_a_document(
    parts: dict[str, object], policy: Policy, code: str
) -> None:
    clear = signed_list({}, **parts)  # type: ignore[arg-type]  # tests put anything here
    report = report_on(bitstring_entry(), policy=policy, revocations=clear)
    assert code_of(report) == code
    assert report.verdict is (Verdict.VALID if code == "status.not_withdrawn" else Verdict.INCOMPLETE)
    # A withdrawal is never undone: however old, the list that shows it is right.
    withdrawn = signed_list({INDEX: 1}, **parts)  # type: ignore[arg-type]  # tests put anything here
    assert report_on(bitstring_entry(), policy=policy, revocations=withdrawn).verdict is Verdict.REVOKED


def test_an_old_list_cannot_say_that_a_document_is_still_suspended() -> None:
    material = signed_list({INDEX: 1}, purpose="suspension", ttl_ms=1)
    report = report_on(bitstring_entry("suspension"), revocations=material)
    assert (code_of(report), report.verdict) == ("status.list_stale", Verdict.INCOMPLETE)


def test_a_list_obtained_after_the_instant_of_the_check_is_fresh() -> None:
    material = StatusList(signed_list(ttl_ms=1).document, AT + timedelta(hours=1))
    assert code_of(report_on(bitstring_entry(), revocations=material)) == "status.not_withdrawn"


# A past state

THEN = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
ASKED = Policy(status_at=THEN)


def past_report(
    material: StatusList | None, policy: Policy = ASKED, *entries: JsonObject
) -> VerificationReport:
    address = address_at(STATUS_URL, policy.status_at or AT)
    given = given_lists({address: material} if material else {})
    return check(signed(with_status(*(entries or [bitstring_entry()]))), given, policy=policy)


@pytest.mark.parametrize("value", [0, 1])
def test_a_past_state_is_read_from_the_list_of_that_time_and_said_to_be_past(value: int) -> None:
    material = signed_list({INDEX: value}, valid_until=THEN + timedelta(days=1), ttl_ms=1)
    report = past_report(material)
    assert report.verdict is (Verdict.REVOKED if value else Verdict.VALID)
    assert report.check(CheckId.STATUS).as_of == THEN
    assert "28 November 2026 at 12:00 (UTC), not the document's present state" in said(report)


def test_a_present_list_is_no_answer_to_a_question_on_the_past() -> None:
    assert (
        code_of(past_report(signed_list(valid_from=THEN + timedelta(seconds=1))))
        == "status.list_not_yet_valid"
    )
    assert code_of(past_report(None)) == "status.not_at_hand"
    here = given_lists({STATUS_URL: signed_list()})
    assert code_of(check(block(), here, policy=ASKED)) == "status.not_at_hand"


def test_a_list_that_had_ended_by_then_says_only_that_a_document_was_withdrawn() -> None:
    ended = {"valid_until": CREATED + timedelta(hours=1)}
    assert code_of(past_report(signed_list(**ended))) == "status.list_ended"  # type: ignore[arg-type]  # a part of it
    assert past_report(signed_list({INDEX: 1}, **ended)).verdict is Verdict.REVOKED  # type: ignore[arg-type]  # a part of it


def test_the_future_is_not_answered_for() -> None:
    report = past_report(signed_list(), Policy(status_at=AT + timedelta(seconds=1)))
    assert (code_of(report), report.verdict) == ("status.in_the_future", Verdict.INCOMPLETE)


def test_an_address_that_takes_no_timestamp_has_no_past() -> None:
    entry = bitstring_entry(url=f"{STATUS_URL}?timestamp=2020-01-01T00:00:00Z", id="urn:x:1")
    assert code_of(past_report(signed_list(), ASKED, entry)) == "status.no_past_address"


def test_a_past_state_of_a_document_without_status_is_not_announced() -> None:
    content = with_status(bitstring_entry())
    del content["credentialStatus"]
    report = check(signed(content), policy=ASKED)
    assert (code_of(report), report.notices) == ("status.none_declared", ())


def test_a_policy_takes_an_aware_instant_only() -> None:
    with pytest.raises(InputError):
        Policy(status_at=AT.replace(tzinfo=None))
    assert Policy(status_at=AT).status_at == AT
