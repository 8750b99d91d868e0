"""One input for each notice: what is said beside the checks."""

import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from credentials import IssuerIdentity, Policy
from credentials.securing import vc_jose
from credentials.status.addresses import address_at
from tests.support.credentials import TEST_ISSUER, TEST_SIGNER, make_block_credential
from tests.support.extracts import make_extract
from tests.support.pdfs import of
from tests.support.selective import bound, sd_jwt
from tests.support.signers import P256_SIGNER
from tests.support.status import (
    CONTEXT_2021,
    bitstring_entry,
    entry_2021,
    given_lists,
    plain,
    signed_list,
    signed_list_2021,
    with_status,
)
from tests.support.tokens import badge_payload, jwk, token, vc_header
from tests.support.verification import AT, INDEX, STATUS_URL, materials, signed
from tests.unit.credentials.baking.test_png import itxt, with_chunk
from tests.unit.credentials.core.test_selective_verification import report_of
from tests.unit.credentials.verification.codes.cases import Case, block, changed, general, judged, proven
from tests.unit.credentials.verification.test_embedded import endorsed

_SVG = '<svg xmlns:o="https://purl.imsglobal.org/spec/ob/v3p0"><o:credential verify="{}"/></svg>'
REVOCATIONS = "https://diplomes.example/retraits"
PARTNER = P256_SIGNER.verification_method.partition("#")[0]


def _two(second: str, material: Any = None, **members: Any) -> Case:
    """Verify a block with a revocation entry and another one."""
    url = f"{STATUS_URL}-2"
    lists = {STATUS_URL: signed_list(), **({url: material} if material else {})}
    entries = [bitstring_entry(), bitstring_entry(second, url=url, **members)]
    return lambda: judged(signed(with_status(*entries)), given_lists(lists))


def _note(purpose: str, **members: Any) -> Case:
    material = signed_list({INDEX: 1}, purpose=purpose, url=f"{STATUS_URL}-2")
    return _two(purpose, material, **members)


def _endorsed(*, known: bool = True, **changes: Any) -> Case:
    trust = {**materials().trust, **({PARTNER: IssuerIdentity(PARTNER, "Partenaire")} if known else {})}
    return lambda: judged(proven(dict(endorsed(**changes))), replace(materials(), trust=trust))


def _badge(valid_from: str = "2026-11-24T09:30:00Z", **claims: Any) -> Case:
    """Verify a token of the Open Badges form; None takes a claim out."""
    document = make_block_credential(issuer=PARTNER) | {"validFrom": valid_from}
    header = {"alg": "ES256", "typ": "JWT", "kid": P256_SIGNER.verification_method}
    return lambda: judged(token(header, badge_payload(document, **claims), P256_SIGNER))


def _paper() -> Any:
    file = of(signed(block()))
    ours = frozenset({sha256(file).hexdigest()})
    return judged(file, replace(materials(), own_issuer=TEST_ISSUER, papers=ours))


BESIDE: Final[Mapping[str, Case]] = {
    "notice.paper_known": _paper,
    "notice.paper_not_compared": lambda: judged(of(signed(block()))),
    "notice.one_or_many": lambda: judged(
        proven(changed("credentialSubject", "achievement", "type", to="Achievement"))
    ),
    "notice.no_offset": lambda: judged(block(awardedDate="2026-07-03T14:00:00")),
    "notice.undefined_words": lambda: judged(token(vc_header(), block(gradeObtained="20"))),
    "notice.extract": lambda: report_of(make_extract()),
    "notice.language_value": lambda: judged(proven(block(name={"@value": "Bloc", "@language": "fr"}))),
    "notice.language_code": lambda: judged(
        proven(changed("credentialSubject", "achievement", "inLanguage", to="fr-fr"))
    ),
    "notice.status_without_id": lambda: judged(
        token(
            vc_header(),
            block(credentialStatus={k: v for k, v in bitstring_entry().items() if k != "id"}),
        )
    ),
    "notice.general_form_only": lambda: judged(proven(general())),
    "notice.compressed_chunk": lambda: judged(
        with_chunk(b"iTXt", itxt(zlib.compress(signed(block())), flag=b"\1\0"))
    ),
    "notice.other_namespace": lambda: judged(_SVG.format(vc_jose.sign(block(), TEST_SIGNER))),
    "notice.several_statuses": _two("suspension"),
    "notice.status_message": _note("message"),
    "notice.status_refresh": _note("refresh"),
    "notice.status_note_unread": _two("refresh"),
    "notice.status_list_2021": lambda: judged(
        signed(with_status(entry_2021(), context=CONTEXT_2021)), given_lists({STATUS_URL: signed_list_2021()})
    ),
    "notice.unsigned_status_list": lambda: judged(
        token(vc_header(), block(credentialStatus={"id": REVOCATIONS, "type": "1EdTechRevocationList"})),
        given_lists({REVOCATIONS: plain({"revokedCredential": [{"id": str(block()["id"])}]})}),
    ),
    "notice.past_status": lambda: judged(
        signed(block()),
        given_lists({address_at(STATUS_URL, AT - timedelta(days=1)): signed_list()}),
        Policy(status_at=AT - timedelta(days=1)),
    ),
    "notice.endorsement_in_force": _endorsed(),
    "notice.endorsement_not_established": _endorsed(known=False),
    "notice.endorsements_not_checked": lambda: judged(proven(block(endorsementJwt=["a.b.c"]))),
    "notice.refresh_not_followed": lambda: judged(
        token(vc_header(), block(refreshService={"id": "https://a.example/r", "type": "MaJ"}))
    ),
    "notice.token_vc_jose": lambda: judged(vc_jose.sign(block(), TEST_SIGNER)),
    "notice.token_open_badges": _badge(),
    "notice.token_older_form": lambda: judged(token({"alg": "none"}, {"vc": block()})),
    "notice.token_sd_jwt": lambda: judged(sd_jwt({})),
    "notice.token_type_absent": lambda: judged(token(vc_header(typ=None), block())),
    "notice.token_without_sub": _badge(sub=None),
    "notice.token_whole_seconds": _badge("2026-11-24T09:30:00.500Z"),
    "notice.token_audience": lambda: judged(
        token(vc_header(), {**block(), "aud": block()["credentialSubject"]["id"]})
    ),
    "notice.key_bound": lambda: judged(bound(sd_jwt({"cnf": {"jwk": jwk(P256_SIGNER)}}), P256_SIGNER)),
    "notice.issuer_is_url": lambda: judged(proven(block(issuer=TEST_ISSUER))),
}
