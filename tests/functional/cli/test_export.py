"""``parchemin export``: the key signs forms of what was issued and is in force, says so in the trail, and nothing else."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey
from openbadgeslib.ob3 import OB3Verifier

from credentials.documents.open_badge import IssuerProfile
from credentials.documents.presentation import PresentationDocument, presentation
from credentials.json_input import parse_object, to_bytes
from credentials.jwk import jwk_of
from credentials.multikey import PublicKey
from credentials.proofs.ecdsa_sd_2023.proof_value import decode_base
from credentials.securing.proof_options import Expectation
from credentials.securing.selective import derive, required_pointers
from credentials.structure.values import objects_of
from issuer.adapters.institution_file import INSTITUTION_FILE
from issuer.bootstrap import exporter, public_desk
from issuer.domain.award import AwardKind, AwardState
from issuer.domain.institution import Institution
from issuer.errors import ConflictError
from issuer.ports import ExportFormat, StatusEvent
from issuer.services.desk import Desk
from issuer.services.exporting import Exporter
from issuer.services.register import find_awards, get_award
from issuer.services.verification import award_named
from issuer.web import create_app
from tests.faults.desks import issue_all, open_desk
from tests.functional.cli.folders import issue_sample
from tests.functional.cli.running import Cli, contents, rows
from tests.functional.exports import header_of
from tests.interop.published_schemas import DATA_MODEL, RECORD, STRICT, TOLERANT, validator
from tests.support.shared import shared

__all__ = ["shared"]

REFUSED, USAGE = 1, 2
COPIED = [form for form in ExportFormat if not form.is_signed_anew]
IN_ANY_STATE = [form for form in COPIED if form is not ExportFormat.PDF]
SIGNED = [form for form in ExportFormat if form.is_signed_anew]
DID = "did:web:localhost%3A8123"
KEYS = {
    ExportFormat.JWT: f"{DID}#key-1",
    ExportFormat.OPEN_BADGES_JWT: f"{DID}#key-2",
    ExportFormat.CLR: f"{DID}#key-1 {DID}#key-2",
    ExportFormat.SELECTIVE: f"{DID}#key-2",
}


def a_title(cli: Cli) -> str:
    return _first(cli, "title")


def a_block(cli: Cli) -> str:
    return _first(cli, "block")


def _first(cli: Cli, kind: str) -> str:
    found = rows(cli.folder, f"SELECT number FROM awards WHERE kind = '{kind}' ORDER BY number")
    return str(found[0][0])


def _candidate(cli: Cli, number: str) -> str:
    return str(rows(cli.folder, f"SELECT candidate_id FROM awards WHERE number = '{number}'")[0][0])


def blocks_of(cli: Cli, title: str) -> Sequence[str]:
    found = rows(
        cli.folder,
        "SELECT b.number FROM awards b JOIN awards t ON b.candidate_id = t.candidate_id "
        f"WHERE t.number = '{title}' AND b.kind = 'block' ORDER BY b.number",
    )
    return [str(number) for (number,) in found]


def stored(cli: Cli, number: str) -> bytes:
    return bytes(rows(cli.folder, f"SELECT credential FROM awards WHERE number = '{number}'")[0][0])


def trail(cli: Cli) -> Sequence[tuple[str, dict[str, Any]]]:
    found = rows(cli.folder, "SELECT subject, details FROM audit WHERE action = 'award.exported'")
    return [(subject, json.loads(details)) for subject, details in found]


def exported(cli: Cli, number: str, form: ExportFormat, name: str = "out") -> bytes:
    out = cli.folder.parent / name
    cli.good("export", number, "--format", form.value, "--out", str(out))
    return out.read_bytes()


# Who signs, and what the trail says


@pytest.mark.parametrize("form", SIGNED)
def test_each_signature_leaves_a_line_with_form_digest_and_key_and_no_name(
    both: Cli, form: ExportFormat, tmp_path: Path
) -> None:
    number = a_title(both)

    content = exported(both, number, form)

    ((subject, details),) = trail(both)
    assert subject == number
    assert set(details.pop("on")) == {"schema", "software"}
    assert details == {"format": form.value, "sha256": _sha256(content), "key": KEYS[form]}
    assert both.good("audit", "verify").code == 0


@pytest.mark.parametrize("form", COPIED)
def test_a_copy_takes_no_key_and_leaves_no_line(both: Cli, form: ExportFormat, tmp_path: Path) -> None:
    shutil.rmtree(both.folder / "keys")

    exported(both, a_block(both), form)

    assert trail(both) == []


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # the name that VC-JOSE-COSE gives it
def test_a_token_is_signed_with_the_first_key_and_another_library_verifies_it(issued: Cli) -> None:
    number = a_block(issued)

    token = exported(issued, number, ExportFormat.JWT)

    assert header_of(token) == {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": f"{DID}#key-1"}
    key = OKPKey.import_key(_jwk(issued, "key-1"))
    payload = jws.deserialize_compact(token, key, algorithms=["EdDSA"]).payload
    said = parse_object(payload)
    assert isinstance(said.pop("iat"), int)
    assert to_bytes(said) == stored(issued, number)


def test_an_open_badges_token_is_signed_with_the_p256_key_and_another_library_verifies_it(both: Cli) -> None:
    number = a_block(both)

    token = exported(both, number, ExportFormat.OPEN_BADGES_JWT)

    assert header_of(token) == {"alg": "ES256", "typ": "JWT", "kid": f"{DID}#key-2"}
    key = ECKey.import_key(_jwk(both, "key-2"))
    said = parse_object(jws.deserialize_compact(token, key, algorithms=["ES256"]).payload)
    claims = {name: said.pop(name) for name in ("iss", "jti", "nbf", "sub")}
    assert claims["iss"] == DID
    assert claims["jti"] == said["id"]
    assert to_bytes(said) == stored(both, number)
    theirs = OB3Verifier(key.as_pem(private=False)).verify(token.decode())
    assert (theirs.issuer.id, theirs.recipient_id, theirs.id) == (DID, claims["sub"], said["id"])


def test_an_institution_with_a_p256_key_alone_signs_its_tokens_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    issue_sample(tmp_path / "data", ["ecdsa-rdfc-2019"])
    cli = Cli(tmp_path / "data", monkeypatch)

    token = exported(cli, a_block(cli), ExportFormat.JWT)

    assert header_of(token)["alg"] == "ES256"
    assert cli("verify", "out").code == 0


def test_a_token_stays_good_when_its_key_is_followed_by_another(issued: Cli) -> None:
    exported(issued, a_block(issued), ExportFormat.JWT)
    issued.good("keys", "new")

    assert issued("verify", "out").code == 0


def test_every_document_for_extracts_has_secrets_of_its_own(both: Cli) -> None:
    number = a_block(both)
    made = [parse_object(exported(both, number, ExportFormat.SELECTIVE, name)) for name in ("a", "b")]

    bases = [decode_base(str(objects_of(document["proof"])[0]["proofValue"])) for document in made]

    assert made[0]["id"] != made[1]["id"]
    assert bases[0].hmac_key != bases[1].hmac_key
    assert bases[0].key != bases[1].key
    assert all(base.pointers == required_pointers(made[0]) for base in bases)
    assert "/image" not in bases[0].pointers, "the picture's address holds the link of the page"


def test_what_is_handed_out_meets_the_published_schemas(both: Cli, shared: Path) -> None:
    title = a_title(both)
    record = parse_object(exported(both, title, ExportFormat.CLR, "record"))
    selective = parse_object(exported(both, title, ExportFormat.SELECTIVE, "selective"))
    smallest = derive(selective, ["/credentialSubject/id"])

    assert validator(shared, RECORD)(record) == []
    for document in (selective, smallest):
        for schema in (STRICT, TOLERANT, DATA_MODEL):
            assert validator(shared, schema)(document) == []
    assert "name" not in smallest


def test_a_dash_is_the_standard_output_and_no_file(issued: Cli, tmp_path: Path) -> None:
    number = a_title(issued)
    exported(issued, number, ExportFormat.JSON)
    before = contents(tmp_path)

    ran = issued.good("export", number, "--format", "json", "--out", "-")

    assert ran.out.encode() == Path("out").read_bytes()
    assert ran.err == ""
    assert contents(tmp_path) == before
    assert not Path("-").exists()


# When the key does not sign


@pytest.mark.parametrize("form", SIGNED)
@pytest.mark.parametrize("act", ["revoke", "suspend"])
def test_no_new_form_is_signed_of_an_award_that_is_not_in_force(
    both: Cli, form: ExportFormat, act: str, tmp_path: Path
) -> None:
    number = a_title(both)
    both.good(act, number, "--reason", "erreur-materielle")
    before = contents(tmp_path)

    ran = both("export", number, "--format", form.value, "--out", "x")

    ran.refused(REFUSED, "export.not_in_force", number, "nothing was signed", "parchemin show")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("form", SIGNED)
def test_no_new_form_is_signed_of_an_award_that_was_replaced(both: Cli, form: ExportFormat) -> None:
    office = open_desk(both.folder)
    award, _story = get_award(office, a_title(both))
    with office.store.writing() as registry:
        registry.change_state(
            StatusEvent(award.number, AwardState.REPLACED, None, None, office.clock.now(), "scolarite")
        )

    with pytest.raises(ConflictError) as refused:
        exporter(office).export(award, form, actor="scolarite")

    assert refused.value.code == "export.not_in_force"


@pytest.mark.parametrize("form", IN_ANY_STATE)
@pytest.mark.parametrize(("act", "verdict"), [("revoke", "revoked"), ("suspend", "suspended")])
def test_what_was_issued_is_copied_in_any_state_and_says_so_when_verified(
    both: Cli, form: ExportFormat, act: str, verdict: str
) -> None:
    number = a_block(both)
    both.good(act, number, "--reason", "erreur-materielle")

    exported(both, number, form)

    assert both("verify", "out", "--json").json["verdict"] == verdict


@pytest.mark.parametrize("form", [ExportFormat.OPEN_BADGES_JWT, ExportFormat.SELECTIVE])
def test_a_form_that_takes_a_p256_key_is_refused_where_there_is_none(
    issued: Cli, form: ExportFormat, tmp_path: Path
) -> None:
    before = contents(tmp_path)

    ran = issued("export", a_block(issued), "--format", form.value, "--out", "x")

    ran.refused(REFUSED, "export.no_key", "PARCHEMIN_SUITES", "keys new --type P-256")
    assert contents(tmp_path) == before


def test_a_block_alone_makes_no_record(issued: Cli, tmp_path: Path) -> None:
    before = contents(tmp_path)

    ran = issued("export", a_block(issued), "--format", "clr", "--out", "x")

    ran.refused(REFUSED, "export.not_a_title", "--format json")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("act", ["revoke", "suspend"])
def test_no_record_is_made_of_a_title_one_of_whose_blocks_is_not_in_force(issued: Cli, act: str) -> None:
    title = a_title(issued)
    block = blocks_of(issued, title)[2]
    issued.good(act, block, "--reason", "erreur-materielle")

    ran = issued("export", title, "--format", "clr", "--out", "x")

    ran.refused(
        REFUSED, "export.not_in_force", f"title {title} cannot", f"block {block} is not in force", "show"
    )

    assert not Path("x").exists()
    assert trail(issued) == []


@pytest.mark.parametrize("form", [ExportFormat.JWT, ExportFormat.CLR])
def test_the_key_signs_no_document_that_was_put_into_the_register_by_hand(
    issued: Cli, form: ExportFormat
) -> None:
    title = a_title(issued)
    put = title if form is ExportFormat.JWT else blocks_of(issued, title)[0]
    _put_by_hand(issued, put, stored(issued, put).replace(b'"version":', b'"description2":"x","version":'))

    ran = issued("export", title, "--format", form.value, "--out", "x")

    ran.refused(REFUSED, "export.not_as_issued", put, "parchemin audit verify")
    assert not Path("x").exists()
    assert trail(issued) == []


@pytest.mark.parametrize("form", SIGNED)
def test_the_key_signs_no_forgery_even_where_the_trail_was_forged_with_it(
    both: Cli, form: ExportFormat
) -> None:
    title = a_title(both)
    forged = stored(both, title).replace(title.encode(), b"1999-000001")
    before = _sha256(stored(both, title))
    _put_by_hand(both, title, forged)
    database = sqlite3.connect(both.folder / "parchemin.sqlite3")
    database.execute("DROP TRIGGER audit_no_update")
    database.execute("UPDATE audit SET details = replace(details, ?, ?)", (before, _sha256(forged)))
    database.commit()
    database.close()

    ran = both("export", title, "--format", form.value, "--out", "x")

    # A record is judged by its members: there it is the title that was altered, not the record.
    code = "related.embedded_altered" if form is ExportFormat.CLR else "proof.signature_mismatch"
    ran.refused(REFUSED, "export.unverifiable", title, code)
    assert not Path("x").exists()
    assert trail(both) == []


@pytest.mark.parametrize("form", IN_ANY_STATE)
def test_no_copy_is_made_of_a_document_that_our_verifier_refuses(issued: Cli, form: ExportFormat) -> None:
    number = a_block(issued)
    _put_by_hand(issued, number, stored(issued, number).replace(number.encode(), b"1999-000001"))

    ran = issued("export", number, "--format", form.value, "--out", "x")

    ran.refused(REFUSED, "export.unverifiable", number, "proof.signature_mismatch", "nothing was written")
    assert not Path("x").exists()


def test_no_paper_is_printed_of_a_document_that_our_verifier_refuses(issued: Cli) -> None:
    number = a_block(issued)
    _put_by_hand(issued, number, stored(issued, number).replace(number.encode(), b"1999-000001"))

    ran = issued("export", number, "--format", "pdf", "--out", "x")

    ran.refused(REFUSED, "paper.not_in_force", number, "modified")
    assert not Path("x").exists()


def test_a_record_is_not_made_without_a_block_that_its_title_names(issued: Cli) -> None:
    title = a_title(issued)
    database = sqlite3.connect(issued.folder / "parchemin.sqlite3")
    database.execute("DROP TRIGGER awards_no_update")
    database.execute(
        f"UPDATE awards SET digest_sri = 'sha384-x' WHERE number = '{blocks_of(issued, title)[0]}'"
    )
    database.commit()
    database.close()

    issued("export", title, "--format", "clr", "--out", "x").refused(REFUSED, "export.block_missing", title)


class Moving:
    """An institution whose address changes after its first award."""

    def __init__(self, institution: Institution) -> None:
        self._institution, self._asked = institution, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._institution, name)

    def profile(self, did: str) -> IssuerProfile:
        self._asked += 1
        profile = self._institution.profile(did)
        return profile if self._asked > 1 else replace(profile, url="https://ancien.example")


def test_no_record_holds_two_descriptions_of_the_institution(recorded: Cli) -> None:
    office = open_desk(recorded.folder)
    issue_all(replace(office, institution=Moving(office.institution)))  # type: ignore[arg-type]  # has its shape
    block = a_block(recorded)
    title = recorded.good("awards", "--candidate", _candidate(recorded, block), "--json").json[-1]["number"]

    recorded("export", title, "--format", "clr", "--out", "x").refused(
        REFUSED, "export.issuers_differ", block
    )

    assert trail(recorded) == []
    exported(recorded, title, ExportFormat.JWT)


def test_a_record_is_made_when_the_institution_has_moved_since(issued: Cli) -> None:
    file = issued.folder / INSTITUTION_FILE
    moved = file.read_text(encoding="utf-8").replace("https://cnam.fr", "https://nouveau.example")
    file.write_text(moved, encoding="utf-8")
    assert "https://nouveau.example" in moved
    title = a_title(issued)

    record = parse_object(exported(issued, title, ExportFormat.CLR))

    assert record["issuer"] == parse_object(stored(issued, title))["issuer"]
    assert issued("verify", "out").code == 0


def test_an_award_withdrawn_while_the_key_is_opened_is_not_handed_out(
    issued: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_desk(issued.folder)
    award = next(found for found in find_awards(office) if found.kind is AwardKind.BLOCK)
    make = exporter(office)
    check = type(make.desk).check

    def check_then_revoke(desk: Any, data: bytes) -> Any:
        report = check(desk, data)
        issued.good("revoke", award.number, "--reason", "erreur-materielle")
        return report

    monkeypatch.setattr(type(make.desk), "check", check_then_revoke)

    with pytest.raises(ConflictError) as refused:
        make.export(award, ExportFormat.JWT, actor="scolarite")

    assert refused.value.code == "export.not_in_force"
    assert trail(issued) == []


# What our own service says of an extract, which has an identifier of its own and opens no page


HEADLINES = {
    "valid": "authentique et en vigueur",
    "suspended": "suspendu",
    "revoked": "retiré",
    "replaced": "remplacé",
}


def an_extract(cli: Cli, number: str) -> Path:
    """Export a document for extracts, and write the smallest extract of it."""
    base = parse_object(exported(cli, number, ExportFormat.SELECTIVE, "base"))
    file = cli.folder.parent / "extract.json"
    file.write_bytes(to_bytes(derive(base, [])))
    return file


def said_of(cli: Cli, file: Path) -> set[str]:
    """Give every verdict of our own service: command, page, report, field's interface, presentation."""
    desk = public_desk(open_desk(cli.folder))
    client, document = create_app(desk).test_client(), parse_object(file.read_bytes())
    page = client.post(
        "/verify", data=file.read_bytes(), mimetype="application/vc", headers={"Accept": "text/html"}
    )
    (headline,) = re.findall(r'<h1 id="verdict">(.*)</h1>', page.text)
    shown = presentation(PresentationDocument("did:example:holder", [document]))
    (inner,) = desk.check_presentation(to_bytes(shown), Expectation()).credentials
    return {
        cli("verify", str(file), "--json").json["verdict"],
        client.post("/verify", data=file.read_bytes(), mimetype="application/vc").get_json()["verdict"],
        inner.report.verdict.value,
        next(verdict for verdict, words in HEADLINES.items() if words in headline),
    }


@pytest.mark.parametrize(
    ("acts", "verdict"),
    [
        ([], "valid"),
        (["suspend"], "suspended"),
        (["suspend", "reinstate"], "valid"),
        (["revoke"], "revoked"),
        (["suspend", "revoke"], "revoked"),
    ],
)
@pytest.mark.parametrize("of", [a_block, a_title])
def test_an_extract_stands_as_its_award_stands(
    both: Cli, acts: Sequence[str], verdict: str, of: Callable[[Cli], str]
) -> None:
    number = of(both)
    extract = an_extract(both, number)

    for act in acts:
        both.good(act, number, "--reason", "decision-jury-ou-juge")

    assert said_of(both, extract) == {verdict}


def test_an_extract_of_a_replaced_award_is_replaced(both: Cli) -> None:
    number = a_block(both)
    extract = an_extract(both, number)
    office = open_desk(both.folder)
    with office.store.writing() as registry:
        registry.change_state(
            StatusEvent(number, AwardState.REPLACED, None, None, office.clock.now(), "scolarite")
        )

    assert said_of(both, extract) == {"replaced"}


def test_the_register_knows_an_exported_document_by_its_own_identifier_and_no_other(both: Cli) -> None:
    number = a_block(both)
    identifier = str(parse_object(exported(both, number, ExportFormat.SELECTIVE, "base"))["id"])
    for form in (ExportFormat.JWT, ExportFormat.OPEN_BADGES_JWT):
        exported(both, number, form, form.value)

    assert rows(both.folder, "SELECT id, number FROM exported_documents") == [(identifier, number)]
    office = open_desk(both.folder)
    with office.store.reading() as registry:
        found = award_named(registry, office, identifier)
        assert found is not None
        assert found.number == number
        for other in (identifier.upper(), identifier + " ", identifier.removeprefix("urn:uuid:"), number, ""):
            assert award_named(registry, office, other) is None


def test_what_is_not_handed_out_is_not_noted(both: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    office = open_desk(both.folder)
    award, _story = get_award(office, a_block(both))
    make, check = exporter(office), Desk.check

    def check_then_suspend(desk: Any, data: bytes) -> Any:
        report = check(desk, data)
        with contextlib.suppress(AssertionError):  # it is asked several times
            both.good("suspend", award.number, "--reason", "decision-jury-ou-juge")
        return report

    monkeypatch.setattr(Desk, "check", check_then_suspend)

    with pytest.raises(ConflictError):
        make.export(award, ExportFormat.SELECTIVE, actor="scolarite")

    assert rows(both.folder, "SELECT * FROM exported_documents") == []


# The file


@pytest.mark.parametrize("form", ExportFormat)
def test_nothing_is_signed_for_a_file_that_is_there_already(
    both: Cli, form: ExportFormat, tmp_path: Path
) -> None:
    (tmp_path / "there").write_bytes(b"kept")
    (tmp_path / "dangling").symlink_to("nowhere")
    before = contents(tmp_path)

    for out in ("there", "dangling", "no/folder/x"):
        both("export", a_title(both), "--format", form.value, "--out", out).refused(
            USAGE, "--out", "new file"
        )

    assert contents(tmp_path) == before


def test_a_file_that_appears_meanwhile_is_not_written_over(
    both: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = Exporter.export

    def export_slowly(self: Exporter, *arguments: Any, **named: Any) -> bytes:
        (tmp_path / "out").write_bytes(b"kept")
        return export(self, *arguments, **named)

    monkeypatch.setattr(Exporter, "export", export_slowly)

    both("export", a_block(both), "--format", "json", "--out", "out").refused(USAGE, "exists", "new file")

    assert (tmp_path / "out").read_bytes() == b"kept"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("form", ExportFormat)
def test_the_file_can_be_read_by_its_owner_alone(both: Cli, form: ExportFormat, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        exported(both, a_title(both), form)
    finally:
        os.umask(before)

    assert stat.filemode((tmp_path / "out").stat().st_mode) == "-rw-------"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _jwk(cli: Cli, name: str) -> dict[str, str | list[str]]:
    """Give a public key of the DID document in the form that other libraries read."""
    (line,) = [key for key in cli.good("keys", "list", "--json").json if key["name"] == name]
    key = PublicKey.from_multibase(line["did_key"].removeprefix("did:key:"))
    return {member: str(value) for member, value in jwk_of(key).items()}


def _put_by_hand(cli: Cli, number: str, content: bytes) -> None:
    assert content != stored(cli, number)
    database = sqlite3.connect(cli.folder / "parchemin.sqlite3")
    database.execute("DROP TRIGGER awards_no_update")
    database.execute("UPDATE awards SET credential = ? WHERE number = ?", (content, number))
    database.commit()
    database.close()
