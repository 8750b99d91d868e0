"""A small but true OpenID Connect provider on this machine, in a process of its own, and what can go wrong in one.

It knows discovery, keys, the code flow with PKCE (S256), and signs with RS256 by joserfc. Who is sent to it is
taken to be signed in already. It misbehaves in the way that the path ``/faults/<name>`` was last asked for.
"""

import hashlib
import json
import secrets
import subprocess
import sys
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "parchemin"
CLIENT_SECRET = "a secret between two processes"
NAME = "adele.administration"
_ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class _State:
    """What the provider remembers."""

    issuer: str = ""
    name: str = NAME
    fault: str = "none"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    strangers: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))


STATE = _State()


class Provider(BaseHTTPRequestHandler):
    """Answers."""

    def do_GET(self) -> None:
        """Answer discovery, keys, and who is sent here to sign in."""
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path.strip("/").split("/"):
            case [".well-known", "openid-configuration"]:
                self._configuration()
            case ["jwks"]:
                self._json({"keys": [STATE.key.as_dict(private=False)]})
            case ["authorize"]:
                self._authorize(asked)
            case ["faults", fault]:
                STATE.fault = fault
                self._json({})
            case ["people", name]:
                STATE.name = name
                self._json({})
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        """Give a token for a code, once."""
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(form).items()}
        client = b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        kept = STATE.codes.pop(given.get("code", ""), None)
        if STATE.fault == "redirect":
            self.send_response(302)
            self.send_header("Location", f"{STATE.issuer}/jwks")
            self.end_headers()
        elif kept is None or not _proves(given, kept) or client != f"{CLIENT_ID}:{CLIENT_SECRET}":
            self._json({"error": "invalid_grant"}, 400)
        else:
            self._json({"access_token": "x", "token_type": "Bearer", "id_token": _id_token(kept)})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by its base
        """Say nothing."""

    def _configuration(self) -> None:
        issuer = "https://other.example" if STATE.fault == "other-issuer" else STATE.issuer
        token = "http://192.0.2.1/token" if STATE.fault == "elsewhere" else f"{STATE.issuer}/token"
        said = {
            "issuer": issuer,
            "authorization_endpoint": f"{STATE.issuer}/authorize",
            "token_endpoint": token,
            "jwks_uri": f"{STATE.issuer}/jwks",
            "padding": "x" * (300_000 if STATE.fault == "endless" else 0),
        }
        self._json(said)

    def _authorize(self, asked: dict[str, str]) -> None:
        code = secrets.token_urlsafe(16)
        STATE.codes[code] = asked
        answer = {"code": code, "state": asked["state"]}
        if STATE.fault == "denied":
            answer = {"error": "access_denied", "state": asked["state"]}
        if STATE.fault == "mix-up":
            answer["iss"] = "https://other.example"
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def _json(self, said: object, status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _proves(given: dict[str, str], kept: dict[str, str]) -> bool:
    """Check the code verifier and the address, as RFC 7636, section 4.6, has it."""
    digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
    challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        kept.get("code_challenge_method") == "S256"
        and challenge == kept.get("code_challenge")
        and given.get("redirect_uri") == kept.get("redirect_uri")
    )


def _id_token(kept: dict[str, str]) -> str:
    now = int(time.time())
    claims: dict[str, object] = {
        "iss": STATE.issuer,
        "sub": "17",
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 120,
        "nonce": kept["nonce"],
        "preferred_username": STATE.name,
        "amr": ["pwd", "otp"],
    }
    if "max_age" in kept:
        claims["auth_time"] = now
    claims.update(_WRONG.get(STATE.fault, {}))
    if STATE.fault == "expired":
        claims.update(iat=now - 7200, exp=now - 3600)
    for name in [name for name, value in claims.items() if value is None]:
        del claims[name]
    if STATE.fault == "none-algorithm":
        head, body = (_part(part) for part in ({"alg": "none"}, claims))
        return f"{head}.{body}."
    if STATE.fault == "symmetric":
        # The public key taken for a shared secret: an old confusion.
        from joserfc.jwk import OctKey  # noqa: PLC0415 - for this fault alone

        shared = OctKey.import_key(STATE.key.as_pem(private=False))
        return jwt.encode({"alg": "HS256", "kid": "one"}, claims, shared)
    key = STATE.strangers if STATE.fault == "other-signer" else STATE.key
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)


_WRONG: dict[str, dict[str, object]] = {
    "wrong-nonce": {"nonce": "another"},
    "no-nonce": {"nonce": None},
    "wrong-audience": {"aud": "another-service"},
    "two-audiences": {"aud": [CLIENT_ID, "another-service"]},
    "wrong-issuer": {"iss": "https://other.example"},
    "no-expiry": {"exp": None},
    "no-name": {"preferred_username": None},
    "name-of-another-shape": {"preferred_username": ["adele.administration"]},
    "password-alone": {"amr": ["pwd"]},
}


def _part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Running:
    """A provider that runs."""

    issuer: str

    def misbehave(self, fault: str) -> None:
        """Have it do something wrong from now on; ``none`` for nothing."""
        self._ask(f"faults/{fault}")

    def sign_in_as(self, name: str) -> None:
        """Have it take whoever comes for somebody."""
        self._ask(f"people/{name}")

    def _ask(self, path: str) -> None:
        with urlopen(f"{self.issuer}/{path}") as answer:
            answer.read()


@contextmanager
def running() -> Iterator[Running]:
    """Run one in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.oidc_provider"], stdout=subprocess.PIPE, text=True, cwd=_ROOT
    )
    try:
        assert process.stdout is not None
        yield Running(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def main() -> None:
    """Serve on a free port of this machine, and print the issuer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    STATE.issuer = f"http://127.0.0.1:{server.server_port}"
    print(STATE.issuer, flush=True)  # noqa: T201 - to who started it
    server.serve_forever()


if __name__ == "__main__":
    main()
