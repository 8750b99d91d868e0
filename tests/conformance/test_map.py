"""Hosts that the server maps to this machine, and those that it never asks."""

import pytest

from credentials.securing.data_integrity import sign
from tests.conformance.client import Server, codes
from tests.conformance.mapped_host import foreign
from tests.conformance.sent_documents import NOW, plain
from tests.support.credentials import SeedSigner


def test_a_mapped_host_gives_keys_and_lists(server: Server) -> None:
    good, withdrawn = foreign(8), foreign(7)

    assert server.verify(good, checks=["proof", "credentialStatus"])[0] == 200
    status, answer = server.verify(withdrawn, checks=["proof", "credentialStatus"])
    assert (status, "status.revoked" in codes(answer)) == (422, True)


@pytest.mark.parametrize(
    "did", ["did:web:127.0.0.1", "did:web:localhost%3A1", "did:web:nas.local", "did:web:a..b"]
)
def test_the_keys_of_private_hosts_are_not_fetched(server: Server, did: str) -> None:
    signer = SeedSigner(bytes(range(2, 34)), method=f"{did}#k1")
    status, answer = server.verify(sign({**plain(), "issuer": did}, signer, created=NOW))

    assert (status, answer["verified"]) == (422, False)
    assert not {"key.listed", "key.not_found"} & set(codes(answer))
