"""The form of ``credentialStatus``: each rule of each kind of entry has its code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.json_input import JsonObject, JsonValue
from credentials.structure import Examination
from credentials.structure.status_entry import examine_status, status_value_of
from tests.support.status import bitstring_entry, entry_2021, messages

FOUR = messages("a", "b", "c", "d")


def codes(value: JsonValue) -> list[tuple[str, str]]:
    found = Examination()
    examine_status(value, found)
    return [(fault.code, fault.where) for fault in found.faults]


@pytest.mark.parametrize(
    "entry",
    [
        bitstring_entry(),
        bitstring_entry(statusSize=1),
        bitstring_entry(statusSize=1, statusMessage=messages("a", "b")),
        bitstring_entry(statusMessage=messages("a", "b"), statusReference=["https://a.example/1"]),
        bitstring_entry(statusSize=2, statusMessage=FOUR, statusReference="https://a.example/1"),
        bitstring_entry(statusSize=2, statusMessage=FOUR[::-1]),
        bitstring_entry(statusMessage=[{"status": "0x00", "message": ""}, {"status": "0x01", "message": ""}]),
        bitstring_entry(statusSize=4, statusMessage=messages(*"abcdefghijklmnop")),
        bitstring_entry(type=["BitstringStatusListEntry"]),
        entry_2021(),
        {"type": "1EdTechRevocationList", "id": "https://a.example/1"},
        {"type": "OtherStatus", "id": 1, "statusListIndex": "x"},
    ],
)
def test_entries_of_the_right_form_have_no_fault(entry: JsonObject) -> None:
    assert codes(entry) == []
    assert codes([entry]) == []


HERE = "/credentialStatus"
MESSAGES = ("structure.status_messages", f"{HERE}/statusMessage")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"statusSize": 2}, [MESSAGES]),
        ({"statusSize": 2, "statusMessage": FOUR[:3]}, [MESSAGES]),
        ({"statusSize": 2, "statusMessage": [*FOUR, *messages("e")]}, [MESSAGES]),
        ({"statusSize": 2, "statusMessage": [*FOUR[:3], FOUR[0]]}, [MESSAGES]),
        ({"statusSize": 2, "statusMessage": FOUR[0]}, [MESSAGES]),
        ({"statusMessage": []}, [MESSAGES]),
        ({"statusMessage": messages("a")}, [MESSAGES]),
        ({"statusMessage": [{"status": "0", "message": ""}, {"status": "1", "message": ""}]}, [MESSAGES]),
        ({"statusMessage": [{"status": "0x0", "message": ""}, {"status": "0x2", "message": ""}]}, [MESSAGES]),
        ({"statusSize": 2**53 - 1, "statusMessage": FOUR}, [MESSAGES]),
        ({"statusSize": 10**400}, [MESSAGES]),
        ({"statusSize": 0}, [("structure.wrong_type", f"{HERE}/statusSize"), MESSAGES]),
        ({"statusSize": -5}, [("structure.wrong_type", f"{HERE}/statusSize"), MESSAGES]),
        ({"statusSize": "2"}, [("structure.wrong_type", f"{HERE}/statusSize")]),
        ({"statusSize": True}, [("structure.wrong_type", f"{HERE}/statusSize")]),
        ({"statusReference": "etats"}, [("structure.not_a_url", f"{HERE}/statusReference")]),
        ({"statusListIndex": 5}, [("structure.wrong_type", f"{HERE}/statusListIndex")]),
        ({"statusListIndex": "٥"}, [("structure.status_index", f"{HERE}/statusListIndex")]),
        ({"id": "https://diplomes.example/status/1"}, [("structure.status_id", f"{HERE}/id")]),
        ({"statusPurpose": ["revocation"]}, [("structure.wrong_type", f"{HERE}/statusPurpose")]),
    ],
)
def test_each_fault_of_an_entry_has_its_code_and_place(
    members: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert codes(bitstring_entry(**members)) == expected  # type: ignore[arg-type]  # tests put anything here


def test_a_message_needs_its_two_members() -> None:
    found = codes(bitstring_entry(statusMessage=[{"status": "0x0"}, {"message": "b"}]))
    assert ("structure.missing_member", f"{HERE}/statusMessage/0/message") in found
    assert ("structure.missing_member", f"{HERE}/statusMessage/1/status") in found


def test_the_place_names_the_entry_among_several() -> None:
    assert codes([bitstring_entry(), entry_2021(statusListIndex="-1")]) == [
        ("structure.status_index", f"{HERE}/1/statusListIndex")
    ]


@pytest.mark.parametrize("member", ["statusPurpose", "statusListIndex", "statusListCredential"])
@pytest.mark.parametrize("entry", [bitstring_entry(), entry_2021()])
def test_what_points_to_the_bit_is_required(member: str, entry: JsonObject) -> None:
    rest = {name: value for name, value in entry.items() if name != member}
    assert codes(rest) == [("structure.missing_member", f"{HERE}/{member}")]


@given(st.integers(0, 2**32 - 1))
def test_any_value_is_read_from_hexadecimal(value: int) -> None:
    assert status_value_of(hex(value)) == value
    assert status_value_of(f"0x000{value:X}") == value


@pytest.mark.parametrize(
    "text", ["", "0x", "1", "0X1", "0x+1", "0x1_0", "0x١", " 0x1", "0x1\n", "0x123456789", None, 1]
)
def test_anything_else_is_no_value(text: JsonValue) -> None:
    assert status_value_of(text) is None
