"""The status list of the server's ``status`` issuer: it is served by the server itself, and nothing is revoked."""

import secrets
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from credentials.json_input import JsonObject, to_bytes
from credentials.securing.data_integrity import sign
from credentials.status.bitstring import MINIMUM_LENGTH, bits_of, status_list_credential
from tests.conformance.keys import Issuer

PATH: Final = "/vc-api/status-lists/1"
_PURPOSE: Final = "revocation"


class StatusBoard:
    """Gives out indexes, and the list."""

    def __init__(self, issuer: Issuer, base_url: str) -> None:
        self._issuer = issuer
        self._given: set[int] = set()
        self._lock = Lock()
        self.url = f"{base_url}{PATH}"

    def with_entry(self, credential: JsonObject) -> JsonObject:
        """Give a credential an entry of its own beside those that it has.

        Spec: Bitstring Status List 1.0, section 2.1.
        """
        index = self._new_index()
        entry: JsonObject = {
            "id": f"{self.url}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": _PURPOSE,
            "statusListIndex": str(index),
            "statusListCredential": self.url,
        }
        had = credential.get("credentialStatus")
        if had is None:
            return {**credential, "credentialStatus": entry}
        return {**credential, "credentialStatus": [*(had if isinstance(had, list) else [had]), entry]}

    def credential(self, at: datetime) -> bytes:
        """Give the signed list as it is now."""
        document = status_list_credential(
            url=self.url,
            issuer=self._issuer.did,
            purpose=_PURPOSE,
            bits=bits_of(()),
            valid_from=at - timedelta(minutes=1),
            valid_until=at + timedelta(days=1),
        )
        signed = sign(document, self._issuer.signer, created=at, suite=self._issuer.suite)
        proof = signed["proof"]
        return to_bytes({**signed, "proof": proof[0] if isinstance(proof, list) else proof})

    def _new_index(self) -> int:
        with self._lock:
            while True:
                index = secrets.randbelow(MINIMUM_LENGTH)
                if index not in self._given:
                    self._given.add(index)
                    return index
