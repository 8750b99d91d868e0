"""The institution's own sign-in: OpenID Connect, authorization code with PKCE (the ``Federation`` port).

State, nonce and the code verifier all come of one secret that the browser holds in a cookie, so that nothing
is kept here between the two halves, and an answer is worth something in the browser that asked alone.

Spec: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; RFC 7636; RFC 9700, section 2.1.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast
from urllib.parse import parse_qs

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from requests import RequestException

from issuer.domain.identity_provider import IdentityProvider, is_usable
from issuer.ports.staff import Federated, FederationFault

_ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
_TIMEOUT: Final = (3.05, 5.0)
"""Seconds to connect, and to wait for each piece of an answer."""
_LEEWAY: Final = 30
"""Seconds that the provider's clock may be off."""
_MOST_BYTES: Final = 256 * 1024
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class _NotBelievedError(Exception):
    """What came back is not what was asked for."""


class _TooWeakError(Exception):
    """The person did not show who they are as strongly as is demanded."""


_FAULTS: Final[Mapping[type[Exception], FederationFault]] = {
    RequestException: FederationFault.OUT_OF_REACH,
    _TooWeakError: FederationFault.TOO_WEAK,
    OAuthError: FederationFault.REFUSED,
    _NotBelievedError: FederationFault.NOT_BELIEVED,
    JoseError: FederationFault.NOT_BELIEVED,
    ValueError: FederationFault.NOT_BELIEVED,
    TypeError: FederationFault.NOT_BELIEVED,
    KeyError: FederationFault.NOT_BELIEVED,
}
"""What each trouble comes to, the first that applies; the last are answers of another shape."""


@dataclass(frozen=True, slots=True)
class _Endpoints:
    authorization: str
    token: str
    keys: str


class OidcFederation:
    """Asks one provider; connects to it alone, and follows no redirect."""

    def __init__(self, provider: IdentityProvider) -> None:
        """Name the provider; nothing is asked before somebody signs in."""
        self._provider = provider
        self._found: _Endpoints | None = None

    def address(self, flow: str, back: str, *, anew: bool) -> str | FederationFault:
        """Give the provider's address to lead a browser to."""
        demands = {"acr_values": " ".join(self._provider.strength)} if self._provider.strength else {}
        # `max_age` makes the provider say when the person showed who they are.
        repeated = {"prompt": "login", "max_age": "0"} if anew else {}
        try:
            with self._session(back) as session:
                address, _state = session.create_authorization_url(
                    self._endpoints(session).authorization,
                    state=_derived(flow, "state"),
                    nonce=_derived(flow, "nonce"),
                    code_verifier=_derived(flow, "verifier"),
                    **demands,
                    **repeated,
                )
        except RequestException:
            return FederationFault.OUT_OF_REACH
        except (_NotBelievedError, ValueError):
            return FederationFault.NOT_BELIEVED
        return str(address)

    def identity(self, flow: str, back: str, answer: str, at: datetime) -> Federated | FederationFault:
        """Judge what came back."""
        try:
            said = parse_qs(answer, strict_parsing=True, max_num_fields=16)
            self._check_answer(flow, said)
            return self._identity(flow, back, _one(said, "code"), at)
        except tuple(_FAULTS) as error:
            return next(fault for kind, fault in _FAULTS.items() if isinstance(error, kind))

    def _check_answer(self, flow: str, said: Mapping[str, list[str]]) -> None:
        state = _one(said, "state")
        if not flow or not hmac.compare_digest(state.encode(), _derived(flow, "state").encode()):
            raise _NotBelievedError
        # Where the provider names itself, it must be the one that was asked (RFC 9207).
        if "iss" in said and _one(said, "iss") != self._provider.issuer:
            raise _NotBelievedError
        if "error" in said or not _one(said, "code"):
            raise OAuthError(_one(said, "error"))

    def _identity(self, flow: str, back: str, code: str, at: datetime) -> Federated:
        with self._session(back) as session:
            endpoints = self._endpoints(session)
            token = session.fetch_token(
                endpoints.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=_derived(flow, "verifier"),
                redirect_uri=back,
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
            keys = KeySet.import_key_set(cast("KeySetSerialization", _json(session, endpoints.keys)))
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise _NotBelievedError
        opened = jwt.decode(id_token, keys, algorithms=_ALGORITHMS)
        claims = CodeIDToken(
            opened.claims,
            opened.header,
            {
                "iss": {"essential": True, "value": self._provider.issuer},
                "aud": {"essential": True, "value": self._provider.client_id},
                "exp": {"essential": True},
                "nonce": {"essential": True, "value": _derived(flow, "nonce")},
            },
            {
                "nonce": _derived(flow, "nonce"),
                "client_id": self._provider.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(at.timestamp()), leeway=_LEEWAY)
        return self._found_in(claims)

    def _found_in(self, claims: Mapping[str, object]) -> Federated:
        audience = claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != self._provider.client_id:
            raise _NotBelievedError
        if self._provider.strength and not set(self._provider.strength) & _strengths(claims):
            raise _TooWeakError
        name = claims.get(self._provider.claim)
        if not isinstance(name, str) or not name:
            raise _NotBelievedError
        shown_at = claims.get("auth_time")
        moment = datetime.fromtimestamp(shown_at, UTC) if isinstance(shown_at, (int, float)) else None
        return Federated(name, moment)

    def _endpoints(self, session: OAuth2Session) -> _Endpoints:
        """Give the provider's addresses, asked for once: a provider that says so is asked for no others."""
        if self._found is None:
            said = _json(session, f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration")
            found = [said.get(name) for name in _ENDPOINTS]
            usable = [each for each in found if isinstance(each, str) and is_usable(each)]
            if said.get("issuer") != self._provider.issuer or len(usable) != len(_ENDPOINTS):
                raise _NotBelievedError
            self._found = _Endpoints(*usable)
        return self._found

    def _session(self, back: str) -> OAuth2Session:
        session = OAuth2Session(
            self._provider.client_id,
            self._provider.client_secret,
            scope="openid profile",
            redirect_uri=back,
            default_timeout=_TIMEOUT,
            code_challenge_method="S256",
        )
        # Neither a proxy nor a password that happens to lie in the environment.
        session.trust_env = False
        return session


def _json(session: OAuth2Session, address: str) -> dict[str, object]:
    with session.get(
        address, withhold_token=True, allow_redirects=False, timeout=_TIMEOUT, stream=True
    ) as answer:
        if answer.status_code != 200:  # noqa: PLR2004 - OK, and nothing else: no redirect is followed
            raise RequestException(f"status {answer.status_code}")
        body = b""
        for piece in answer.iter_content(_MOST_BYTES):
            body += piece
            if len(body) > _MOST_BYTES:
                raise _NotBelievedError
        said = json.loads(body)
    if not isinstance(said, dict):
        raise _NotBelievedError
    return said


def _derived(flow: str, purpose: str) -> str:
    code = hmac.digest(flow.encode("utf-8", "surrogatepass"), f"parchemin {purpose}".encode(), hashlib.sha256)
    return urlsafe_b64encode(code).rstrip(b"=").decode()


def _one(said: Mapping[str, list[str]], name: str) -> str:
    """Give a member that is there once; a repeated one says two things, hence none."""
    values = said.get(name, [])
    return values[0] if len(values) == 1 else ""


def _strengths(claims: Mapping[str, object]) -> set[str]:
    amr = claims.get("amr")
    listed = {each for each in amr if isinstance(each, str)} if isinstance(amr, list) else set()
    acr = claims.get("acr")
    return listed | ({acr} if isinstance(acr, str) else set())
