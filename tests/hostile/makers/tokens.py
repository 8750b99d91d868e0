"""Tokens: other algorithms, other keys, other forms than they say; and SD-JWTs."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from credentials.jwk import jwk_of
from tests.hostile.makers.sealing import (
    V2,
    Hostile,
    Json,
    Made,
    block,
    genuine,
    issued_by,
    sealed,
    trusting,
    written,
)
from tests.support.credentials import OTHER_SIGNER, TEST_ISSUER, TEST_SIGNER
from tests.support.selective import HEADER, bound, digest, disclosure, sd_jwt
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.tokens import badge_payload, base64url, jwk, rsa_signer, token, vc_header

_SD_CLAIMS = {"given_name": "Camille"}
_NAME = disclosure("salt", "given_name", "Camille")
_DIPLOMA = disclosure("salt2", "diploma", "Bloc 1")


def _vc(document: Json | None = None, signer: Any = TEST_SIGNER, **header: Any) -> Callable[[], Hostile]:
    """Make a VC-JOSE-COSE token; None takes a member of the header out."""

    def make() -> Hostile:
        content = document or (block() if signer is TEST_SIGNER else issued_by(signer))
        text = token(vc_header(signer, **header), content, signer)
        return (
            Hostile(text.encode(), trusting(signer), fixed=False)
            if signer is not TEST_SIGNER
            else Hostile(text.encode())
        )

    return make


def _claims(**claims: Any) -> Callable[[], Hostile]:
    return _vc({**block(), **claims})


def _changed(change: Callable[[str], str]) -> Callable[[], Hostile]:
    return lambda: Hostile(
        change(token(vc_header(), block(name="ÿþ? ÿþ~ ÿ?>"))).encode("utf-8", "surrogatepass")
    )


def _parts(change: Callable[[list[str]], list[str]]) -> Callable[[], Hostile]:
    return _changed(lambda text: ".".join(change(text.split("."))))


def _header(text: bytes) -> Callable[[], Hostile]:
    return lambda: Hostile(token(text, block()).encode())


def _payload(data: bytes) -> Callable[[], Hostile]:
    return lambda: Hostile(token(vc_header(), data).encode())


def _badge(signer: Any = None, header: Json | None = None, **claims: Any) -> Callable[[], Hostile]:
    """Make an Open Badges token with the key in its header."""

    def make() -> Hostile:
        by = signer or P256_SIGNER
        document = issued_by(P256_SIGNER)
        head = {"alg": "ES256", "typ": "JWT", "jwk": jwk(by), **(header or {})}
        return Hostile(
            token(head, badge_payload(document, **claims), by).encode(), trusting(P256_SIGNER), fixed=False
        )

    return make


def _hmac_with_public_key() -> Hostile:
    head = base64url(json.dumps({**vc_header(), "alg": "HS256"}).encode())
    body = base64url(written(block()))
    mac = hmac.new(TEST_SIGNER.key.raw, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return Hostile(f"{head}.{body}.{base64url(mac)}".encode())


def _rsa() -> Hostile:
    signer = rsa_signer()
    text = token({**vc_header(), "alg": "RS256", "kid": signer.method}, block(), signer)
    return Hostile(text.encode(), kept=False, fixed=False)


def _json_form() -> Hostile:
    head, body, signature = token(vc_header(), block()).split(".")
    return Hostile(written({"protected": head, "payload": body, "signature": signature}))


def _padded(parts: list[str]) -> list[str]:
    return [part + "=" * (-len(part) % 4 or 4) for part in parts]


def _standard_alphabet(parts: list[str]) -> list[str]:
    changed = [part.replace("-", "+").replace("_", "/") for part in parts]
    if changed == parts:
        raise ValueError("nothing of this token differs between the alphabets")
    return changed


def _last_bits(parts: list[str]) -> list[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(parts[2][-1])
    return [parts[0], parts[1], parts[2][:-1] + alphabet[last ^ 1]]


def _enveloped(
    address: Callable[[str], str] = lambda text: f"data:application/vc+jwt,{text}",
    *,
    context: Any = (V2,),
    **members: Any,
) -> Callable[[], Hostile]:
    def make() -> Hostile:
        text = token(vc_header(), block())
        envelope = {
            "@context": context,
            "id": address(text),
            "type": "EnvelopedVerifiableCredential",
            **members,
        }
        return Hostile(written({name: value for name, value in envelope.items() if value is not None}))

    return make


def _envelope_in_envelope() -> Hostile:
    inner = json.loads(_enveloped()().data)
    return Hostile(
        written(
            {
                "@context": [V2],
                "id": f"data:application/vc+jwt,{token(vc_header(), inner)}",
                "type": "EnvelopedVerifiableCredential",
            }
        )
    )


def _sd(claims: Json, *disclosures: str, **how: Any) -> Callable[[], Hostile]:
    return lambda: Hostile(sd_jwt(claims, *disclosures, **how).encode())


_ONE: Json = {"_sd": [digest(_NAME)]}
_TWO: Json = {"_sd": [digest(_NAME), digest(_DIPLOMA)]}


def _bound(holder: Any = P256_SIGNER, confirmed: bool = True, **changes: Any) -> Hostile:
    claims = {**_ONE, "cnf": {"jwk": jwk_of(P256_SIGNER.key)}} if confirmed else _ONE
    return Hostile(bound(sd_jwt(claims, _NAME), holder, **changes).encode(), fixed=False)


MADE: Made = {
    "vc": _vc(),
    "vc-p256": _vc(signer=P256_SIGNER),
    "vc-p384": _vc(signer=P384_SIGNER),
    "vc-without-type": _vc(typ=None),
    "alg-none": _parts(lambda p: [base64url(json.dumps({**vc_header(), "alg": "none"}).encode()), p[1], ""]),
    "alg-none-with-signature": _vc(alg="none"),
    "alg-none-mixed-case": _vc(alg="nOnE"),
    "alg-empty": _vc(alg=""),
    "alg-missing": _vc(alg=None),
    "alg-number": _vc(alg=256),
    "alg-array": _vc(alg=["EdDSA", "none"]),
    "alg-es256-over-ed25519": _vc(alg="ES256"),
    "alg-es384-over-p256": _vc(signer=P256_SIGNER, alg="ES384"),
    "alg-rs256-over-ed25519": _vc(alg="RS256"),
    "alg-ps256": _vc(alg="PS256"),
    "alg-es512": _vc(alg="ES512"),
    "alg-es256k": _vc(alg="ES256K"),
    "alg-hs256-with-public-key": _hmac_with_public_key,
    "alg-lower-case": _vc(alg="eddsa"),
    "alg-ed25519": _vc(alg="Ed25519"),
    "alg-rs256-by-address": _rsa,
    "kid-missing": _vc(kid=None),
    "kid-of-another": _vc(kid=OTHER_SIGNER.verification_method),
    "kid-bare-did": _vc(kid=TEST_ISSUER),
    "kid-fragment-only": _vc(kid=f"#{TEST_SIGNER.key.multibase}"),
    "kid-wrong-fragment": _vc(kid=f"{TEST_ISSUER}#key-1"),
    "kid-number": _vc(kid=1),
    "kid-file": _vc(kid="file:///dev/null"),
    "kid-path": _vc(kid="../../dev/null"),
    "kid-injection": _vc(kid="' OR '1'='1"),
    "kid-http": _vc(kid="http://evil.example/key"),
    "kid-https": _vc(kid="https://evil.example/key"),
    "kid-and-jwk": _vc(jwk=jwk_of(OTHER_SIGNER.key)),
    "jwk-of-another": _vc(kid=None, jwk=jwk_of(OTHER_SIGNER.key)),
    "jwk-own": _vc(kid=None, jwk=jwk_of(TEST_SIGNER.key)),
    "jwk-private": _vc(kid=None, jwk={**jwk_of(TEST_SIGNER.key), "d": "AAAA"}),
    "signed-by-another": lambda: Hostile(token(vc_header(), block(), OTHER_SIGNER).encode()),
    "signed-by-another-as-itself": lambda: Hostile(
        token(vc_header(OTHER_SIGNER), block(), OTHER_SIGNER).encode()
    ),
    "header-crit": _vc(crit=["exp"], exp=1),
    "header-crit-unknown": _vc(crit=["policy"], policy="accept"),
    "header-crit-empty": _vc(crit=[]),
    "header-b64": _vc(b64=False, crit=["b64"]),
    "header-zip": _vc(zip="DEF"),
    "header-jku": _vc(jku="https://evil.example/keys"),
    "header-x5u": _vc(x5u="https://evil.example/cert"),
    "header-x5c": _vc(kid=None, x5c=["MIIB"]),
    "header-unknown": _vc(policy="accept-all"),
    "header-iss": _vc(iss=TEST_ISSUER),
    "header-iss-another": _vc(iss="https://evil.example"),
    "header-type-jwt": _vc(typ="JWT"),
    "header-type-at-jwt": _vc(typ="at+jwt"),
    "header-type-upper-case": _vc(typ="VC+JWT"),
    "header-type-number": _vc(typ=1),
    "header-content-type": _vc(cty="vc"),
    "header-content-type-other": _vc(cty="vp"),
    "header-content-type-jwt": _vc(cty="JWT"),
    "header-duplicate-alg": _header(
        b'{"alg":"none","alg":"EdDSA","typ":"vc+jwt","kid":"'
        + TEST_SIGNER.verification_method.encode()
        + b'"}'
    ),
    "header-not-json": _header(b"alg"),
    "header-array": _header(b'["EdDSA"]'),
    "header-empty": _header(b""),
    "header-deep": _header(b'{"alg":' + b"[" * 500 + b"]" * 500 + b"}"),
    "payload-duplicate": _payload(b'{"id":"urn:x:1",' + written(block())[1:]),
    "payload-not-json": _payload(b"x"),
    "payload-empty": _payload(b""),
    "payload-array": _payload(b"[" + written(block()) + b"]"),
    "payload-mark": _payload(b"\xef\xbb\xbf" + written(block())),
    "payload-utf-16": _payload(written(block()).decode().encode("utf-16")),
    "payload-token": lambda: Hostile(
        token(vc_header(cty="JWT"), token(vc_header(), block()).encode()).encode()
    ),
    "payload-vc-claim": _vc({"iss": TEST_ISSUER, "vc": block()}),
    "payload-vc-claim-beside": _claims(vc={"id": "urn:x:1"}),
    "payload-vp-claim-beside": _claims(vp={"id": "urn:x:1"}),
    "payload-envelope": _envelope_in_envelope,
    "payload-undefined-term": _claims(gradeObtained="20/20"),
    "payload-context-in-line": _vc({**block(), "@context": [*block()["@context"], {"@vocab": "urn:x:"}]}),
    "payload-unsecured-proof": _vc({**block(), "proof": []}),
    "payload-with-proof": lambda: Hostile(token(vc_header(), genuine()).encode()),
    "payload-with-forged-proof": lambda: Hostile(
        token(vc_header(), {**block(), "proof": sealed(block(name="x"))["proof"]}).encode()
    ),
    "claim-iss-another": _claims(iss="https://evil.example"),
    "claim-jti-another": _claims(jti="urn:x:1"),
    "claim-sub-another": _claims(sub="urn:x:1"),
    "claim-exp-past": _claims(exp=1700000000),
    "claim-exp-later": _claims(exp=1900000000),
    "claim-exp-text": _claims(exp="1900000000"),
    "claim-exp-negative": _claims(exp=-1),
    "claim-exp-fraction": _claims(exp=1900000000.5),
    "claim-exp-boolean": _claims(exp=True),
    "claim-exp-huge": _claims(exp=9007199254740991),
    "claim-nbf-later": _claims(nbf=1900000000),
    "claim-iat-later": _claims(iat=1900000000),
    "claim-aud": _claims(aud="https://employeur.example"),
    "claim-nonce": _claims(nonce="n-1"),
    "claim-cnf": _claims(cnf={"jwk": jwk_of(OTHER_SIGNER.key)}),
    "part-padding": _parts(_padded),
    "part-standard-alphabet": _parts(_standard_alphabet),
    "part-unused-bits": _parts(_last_bits),
    "part-signature-empty": _parts(lambda p: [p[0], p[1], ""]),
    "part-signature-cut": _parts(lambda p: [p[0], p[1], p[2][:-4]]),
    "part-payload-empty": _parts(lambda p: [p[0], "", p[2]]),
    "part-payload-of-another": _parts(lambda p: [p[0], base64url(written(block(name="Doctorat"))), p[2]]),
    "part-four": _parts(lambda p: [*p, "AAAA"]),
    "part-two": _parts(lambda p: p[:2]),
    "part-five-encrypted": _changed(lambda text: text + ".AAAA.AAAA"),
    "space-around": _changed(lambda text: f"\n  {text}\r\n"),
    "space-inside": _changed(lambda text: text.replace(".", " .", 1)),
    "line-feed-inside": _changed(lambda text: text[:60] + "\n" + text[60:]),
    "look-alike-letter": _changed(lambda text: text[:40] + "\u0435" + text[41:]),
    "bearer": _changed(lambda text: f"Bearer {text}"),
    "in-quotes": _changed(lambda text: f'"{text}"'),
    "in-an-array": _changed(lambda text: f'["{text}"]'),
    "twice": _changed(lambda text: text + text),
    "json-serialization": _json_form,
    "badge": _badge(),
    "badge-of-another-key": _badge(OTHER_SIGNER, {"alg": "EdDSA"}),
    "badge-without-nbf": _badge(nbf=None),
    "badge-without-jti": _badge(jti=None),
    "badge-without-iss": _badge(iss=None),
    "badge-without-sub": _badge(sub=None),
    "badge-nbf-another": _badge(nbf=1795512601),
    "badge-jti-another": _badge(jti="urn:x:1"),
    "badge-iss-another": _badge(iss="https://evil.example"),
    "badge-exp-alone": _badge(exp=1900000000),
    "badge-header-unknown": _badge(header={"policy": "accept"}),
    "badge-jwk-private": _badge(header={"jwk": {**jwk_of(P256_SIGNER.key), "d": "AAAA"}}),
    "enveloped": _enveloped(),
    "enveloped-without-context": _enveloped(context=None),
    "enveloped-context-alone": _enveloped(context=V2),
    "enveloped-context-of-another": _enveloped(context=["https://evil.example/context"]),
    "enveloped-context-twice": _enveloped(context=[V2, V2]),
    "enveloped-context-in-line": _enveloped(context=[V2, {"@vocab": "urn:x:"}]),
    "enveloped-two-types": _enveloped(type=["EnvelopedVerifiableCredential", "VerifiableCredential"]),
    "enveloped-with-content": _enveloped(credentialSubject={"id": "urn:x:1"}),
    "enveloped-with-proof": _enveloped(proof=[]),
    "enveloped-base64": _enveloped(lambda text: f"data:application/vc+jwt;base64,{text}"),
    "enveloped-text": _enveloped(lambda text: f"data:text/plain,{text}"),
    "enveloped-by-address": _enveloped(lambda _: "https://evil.example/vc.jwt"),
    "enveloped-percent": _enveloped(lambda text: "data:application/vc+jwt," + text.replace(".", "%2E")),
    "enveloped-with-fragment": _enveloped(lambda text: f"data:application/vc+jwt,{text}#x"),
    "enveloped-empty": _enveloped(lambda _: "data:application/vc+jwt,"),
    "enveloped-without-id": _enveloped(id=None),
    "enveloped-as-presentation": _enveloped(type="EnvelopedVerifiablePresentation"),
    "sd": _sd(_ONE, _NAME),
    "sd-nothing-shown": _sd(_ONE),
    "sd-all-shown": _sd(_TWO, _NAME, _DIPLOMA),
    "sd-disclosure-of-nothing": _sd(_ONE, _NAME, _DIPLOMA),
    "sd-disclosure-twice": _sd(_ONE, _NAME, _NAME),
    "sd-disclosure-altered": _sd(_ONE, disclosure("salt", "given_name", "Autre")),
    "sd-disclosure-malformed": _sd(_ONE, "AAAA"),
    "sd-digest-twice": _sd({"_sd": [digest(_NAME)] * 2}, _NAME),
    "sd-claim-there-already": _sd({**_ONE, **_SD_CLAIMS}, _NAME),
    "sd-issuer-disclosed": _sd(
        {"_sd": [digest(disclosure("s", "iss", "https://evil.example"))]},
        disclosure("s", "iss", "https://evil.example"),
    ),
    "sd-reserved-name": _sd({"_sd": [digest(disclosure("s", "_sd", []))]}, disclosure("s", "_sd", [])),
    "sd-algorithm-unknown": _sd({**_ONE, "_sd_alg": "md5"}, _NAME),
    "sd-without-type": _sd(
        _ONE, _NAME, header={name: value for name, value in HEADER.items() if name != "typ"}
    ),
    "sd-by-another": _sd(_ONE, _NAME, signer=OTHER_SIGNER),
    "sd-without-last-tilde": lambda: Hostile(sd_jwt(_ONE, _NAME)[:-1].encode()),
    "sd-binding": _bound,
    "sd-binding-of-another": lambda: _bound(holder=OTHER_SIGNER, alg="EdDSA"),
    "sd-binding-of-other-disclosures": lambda: _bound(sd_hash="AAAA"),
    "sd-binding-without-key": lambda: _bound(confirmed=False),
    "sd-expired": _sd({**_ONE, "exp": 1700000000}, _NAME),
    "sd-status": _sd({**_ONE, "status": {"status_list": {"idx": 1, "uri": "https://x.example"}}}, _NAME),
}
