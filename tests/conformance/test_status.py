"""The list of the status issuer, and status entries where they are asked for."""

import json

import pytest

from credentials.status.bitstring import decode, get_bit
from tests.conformance.client import PUBLIC, Server, codes
from tests.conformance.mapped_host import HOST, foreign
from tests.conformance.sent_documents import plain


def test_the_status_issuer_adds_an_entry_and_serves_its_list(server: Server) -> None:
    secured = server.issued("status")
    entry = secured["credentialStatus"]
    url = f"{PUBLIC}/vc-api/status-lists/1"

    assert entry.keys() == {"id", "type", "statusPurpose", "statusListIndex", "statusListCredential"}
    assert (entry["type"], entry["statusListCredential"]) == ("BitstringStatusListEntry", url)
    assert entry["id"] != url
    status, text = server.get("/vc-api/status-lists/1")
    listed = json.loads(text)
    assert (status, listed["id"], listed["type"][1]) == (200, url, "BitstringStatusListCredential")
    assert not get_bit(decode(listed["credentialSubject"]["encodedList"]), int(entry["statusListIndex"]))
    assert isinstance(listed["proof"], dict)
    assert server.verify(secured, checks=["proof", "credentialStatus"])[0] == 200
    assert server.verify(listed)[0] == 200


def test_an_entry_is_added_to_those_that_are_there(server: Server) -> None:
    status = {"id": "did:example:status", "type": "https://example.org/#S"}
    secured = server.issued("status", plain(credentialStatus=status))

    assert [entry["type"] for entry in secured["credentialStatus"]] == [
        "https://example.org/#S",
        "BitstringStatusListEntry",
    ]


def test_a_status_counts_only_where_it_is_asked_for(server: Server) -> None:
    status, answer = server.verify(foreign(7))

    assert (status, answer["verified"], "status.revoked" in codes(answer)) == (200, True, True)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"statusListIndex": "131072"}, "status.index_out_of_range"),
        ({"statusListCredential": f"https://{HOST}/status/2"}, "status.not_found"),
        ({"statusListCredential": "https://127.0.0.1/status/1"}, "status.refused"),
        ({"statusListCredential": "http://169.254.169.254/latest"}, "status.refused"),
        ({"statusPurpose": "suspension"}, "status.purpose_mismatch"),
    ],
)
def test_a_status_that_cannot_be_read_fails_where_it_is_asked_for(
    server: Server, members: dict[str, object], code: str
) -> None:
    status, answer = server.verify(foreign(8, **members), checks=["credentialStatus"])

    assert (status, code in codes(answer)) == (422, True)
