"""What the server says of itself, and requests that it does not understand."""

import pytest

from tests.conformance.client import Server
from tests.conformance.keys import make_issuers
from tests.conformance.sent_documents import plain


def test_the_first_line_names_the_issuers(server: Server) -> None:
    assert list(server.issuers) == list(make_issuers(b"\x00\xff"))
    assert server.issuers == {name: issuer.did for name, issuer in make_issuers(b"\x00\xff").items()}
    assert {name: did[8:12] for name, did in server.issuers.items()} == {
        "eddsa-rdfc-2022": "z6Mk",
        "eddsa-jcs-2022": "z6Mk",
        "ecdsa-rdfc-2019": "zDna",
        "ecdsa-rdfc-2019-p384": "z82L",
        "ecdsa-jcs-2019": "zDna",
        "ecdsa-sd-2023": "zDna",
        "status": "z6Mk",
    }


def test_it_says_that_it_is_well(server: Server) -> None:
    assert server.get("/healthz") == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("credentials/issue", {}),
        ("credentials/issue", {"credential": "x"}),
        ("credentials/issue", {"credential": plain(), "options": {"unknown": 1}}),
        ("credentials/issue", {"credential": plain(), "options": []}),
        ("credentials/issue", {"credential": plain(), "options": {"mandatoryPointers": []}}),
        ("credentials/derive", {"verifiableCredential": {}, "options": {}}),
        ("credentials/verify", {"verifiableCredential": "eyJ.e30."}),
        ("credentials/verify", {"verifiableCredential": {}, "options": {"unknown": 1}}),
        ("credentials/verify", {"verifiableCredential": {}, "options": {"checks": "proof"}}),
        ("credentials/verify", {"verifiableCredential": {}, "options": {"domain": 3}}),
        ("credentials/verify", {"verifiableCredential": {}, "more": 1}),
        ("presentations/verify", {"presentation": {}}),
    ],
)
def test_a_request_that_is_not_understood_is_a_bad_request(server: Server, path: str, body: object) -> None:
    status, answer = server.post(f"/vc-api/{path}", body)

    assert (status, bool(answer["problemDetails"])) == (400, True)


def test_a_body_that_is_not_json_is_a_bad_request(server: Server) -> None:
    assert server.ask("POST", "/vc-api/credentials/verify", b'{"a":1,"a":2}')[0] == 400


def test_there_is_no_other_issuer(server: Server) -> None:
    assert server.post("/vc-api/issuers/other/credentials/issue", {})[0] == 404
