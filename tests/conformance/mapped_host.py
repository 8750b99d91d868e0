"""A host of another institution, served from this machine: its keys and its status list."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from credentials.json_input import JsonObject
from credentials.securing.data_integrity import sign
from credentials.status.bitstring import bits_of, status_list_credential
from tests.conformance.sent_documents import NOW, plain
from tests.support.credentials import SeedSigner

HOST = "autre.example"
FOREIGN = SeedSigner(bytes(range(2, 34)), method=f"did:web:{HOST}#k1")
PAGES: dict[str, bytes] = {
    "/.well-known/did.json": json.dumps(
        {
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": f"did:web:{HOST}",
            "verificationMethod": [
                {
                    "id": f"did:web:{HOST}#k1",
                    "type": "Multikey",
                    "controller": f"did:web:{HOST}",
                    "publicKeyMultibase": SeedSigner(bytes(range(2, 34))).verification_method.partition("#")[
                        2
                    ],
                }
            ],
            "assertionMethod": [f"did:web:{HOST}#k1"],
        }
    ).encode(),
    "/status/1": json.dumps(
        sign(
            status_list_credential(
                url=f"https://{HOST}/status/1",
                issuer=f"did:web:{HOST}",
                purpose="revocation",
                bits=bits_of([7]),
                valid_from=NOW,
            ),
            FOREIGN,
            created=NOW,
        )
    ).encode(),
}


@contextmanager
def hosted(pages: Mapping[str, bytes]) -> Iterator[int]:
    """Serve pages on this machine, as a named host would."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def foreign(index: int, **members: object) -> JsonObject:
    """Give a document of the other institution, with a place in its list."""
    entry = {
        "id": f"https://{HOST}/status/1#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": f"https://{HOST}/status/1",
    }
    document = {**plain(credentialStatus={**entry, **members}), "issuer": f"did:web:{HOST}"}
    return sign(document, FOREIGN, created=NOW)
