"""A started conformance server, and the requests that are made of it."""

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from credentials.json_input import JsonObject
from tests.conformance.sent_documents import plain

ROOT = Path(__file__).parents[2]
SEED = "00ff"
PUBLIC = "https://conformance.example"

WHOLE = [
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "ecdsa-rdfc-2019-p384",
    "ecdsa-jcs-2019",
    "status",
]
ENDPOINTS = [*WHOLE, "ecdsa-sd-2023"]
READ_AS_DATA = [name for name in WHOLE if "jcs" not in name]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    issuers: Mapping[str, str]

    def post(self, path: str, body: object) -> tuple[int, Any]:
        return self.ask("POST", path, json.dumps(body).encode())

    def get(self, path: str) -> tuple[int, Any]:
        return self.ask("GET", path, None)

    def ask(self, method: str, path: str, body: bytes | None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(text) if "json" in answer.headers["Content-Type"] else text

    def issue(self, name: str, credential: JsonObject, **options: object) -> tuple[int, Any]:
        document = {"issuer": self.issuers[name], **credential}
        path = f"/vc-api/issuers/{name}/credentials/issue"
        status, answer = self.post(path, {"credential": document, "options": options})
        return status, answer.get("verifiableCredential", answer)

    def issued(self, name: str, credential: JsonObject | None = None, **options: object) -> dict[str, Any]:
        status, secured = self.issue(name, credential or plain(), **options)
        assert status == 201, secured
        if name != "ecdsa-sd-2023":
            return dict(secured)
        return self.derived(secured, ["/credentialSubject"])

    def derived(self, secured: JsonObject, pointers: list[str]) -> dict[str, Any]:
        body = {"verifiableCredential": secured, "options": {"selectivePointers": pointers}}
        status, answer = self.post("/vc-api/credentials/derive", body)
        assert status == 201, answer
        return dict(answer["verifiableCredential"])

    def verify(self, credential: object, **options: object) -> tuple[int, Any]:
        body = {"verifiableCredential": credential, "options": {"checks": ["proof"], **options}}
        return self.post("/vc-api/credentials/verify", body)

    def show(self, document: object, **options: object) -> tuple[int, Any]:
        body = {"verifiablePresentation": document, "options": {"checks": [], **options}}
        return self.post("/vc-api/presentations/verify", body)


@contextmanager
def started(*arguments: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "tests.conformance", "--port", str(port), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            issuers = json.loads(process.stdout.readline())
            yield Server(port, issuers)
        finally:
            process.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def codes(answer: Mapping[str, Any]) -> list[str]:
    return [problem["code"] for problem in answer["problemDetails"]]
