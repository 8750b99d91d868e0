"""One award in every form says the same facts, is valid in each, and is refused in each once it is tampered with."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from contexts import load
from credentials.canonical.rdfc import Digest, canonicalize
from credentials.json_input import JsonObject, JsonValue, to_bytes
from credentials.needs import needs
from credentials.policy import Policy
from credentials.reader import summarise
from credentials.report import CheckId, VerificationReport
from credentials.summary import CredentialSummary
from credentials.verify import verify
from issuer.bootstrap import public_desk
from issuer.domain.award import Award, AwardKind
from issuer.ports import ExportFormat
from issuer.services.office import PARIS, Office
from issuer.services.register import find_awards
from issuer.services.verification import materials_for
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli
from tests.functional.exports import document_in, read_back, shown, tampered

Facts = frozenset[tuple[str, JsonValue]]
Files = Mapping[ExportFormat, bytes]

OF_THE_SIGNATURE = {"proof_created": None, "verification_method": None, "cryptosuite": None}


@dataclass(frozen=True, slots=True)
class Exported:
    """A title with one of its blocks, each in every form; a block is in a record as a member of its title's."""

    folder: Path
    awards: Mapping[AwardKind, Award]
    files: Mapping[AwardKind, Files]


@pytest.fixture(scope="module")
def exported(both_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    """Export by the command from the sample record issued under two suites."""
    root = tmp_path_factory.mktemp("facts")
    shutil.copytree(both_folder.parent, root, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        found = find_awards(open_desk(root / "data"))
        title = next(award for award in found if award.kind is AwardKind.TITLE)
        block = next(
            award
            for award in found
            if award.kind is AwardKind.BLOCK and award.candidate_id == title.candidate_id
        )
        cli = Cli(root / "data", patch)
        awards = {AwardKind.TITLE: title, AwardKind.BLOCK: block}
        yield Exported(root / "data", awards, {kind: _files(cli, kind, awards, root) for kind in awards})


def _files(cli: Cli, kind: AwardKind, awards: Mapping[AwardKind, Award], root: Path) -> Files:
    made = {}
    for form in ExportFormat:
        of = awards[AwardKind.TITLE if form is ExportFormat.CLR else kind]
        out = root / f"{kind.value}.{form.value}"
        cli.good("export", of.number, "--format", form.value, "--out", str(out))
        made[form] = out.read_bytes()
    return made


@pytest.fixture
def cli(exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command on a copy of the folder, so that what is done to an award stays with the test."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(exported.folder.parent / "parchemin.toml", tmp_path)
    return Cli(Path(shutil.copytree(exported.folder, tmp_path / "data")), monkeypatch)


def facts(document: JsonObject) -> Facts:
    """Give every statement of a document: each value with its place; the proof states nothing of the award."""

    def within(value: JsonValue, where: str) -> Iterator[tuple[str, JsonValue]]:
        if isinstance(value, dict):
            for name, child in value.items():
                yield from within(child, f"{where}/{name}")
        elif isinstance(value, list):
            for index, child in enumerate(value):
                yield from within(child, f"{where}/{index}")
        else:
            yield where, value

    return frozenset(within({name: value for name, value in document.items() if name != "proof"}, ""))


def dataset(document: JsonObject) -> str:
    return canonicalize(
        {name: value for name, value in document.items() if name != "proof"}, load, Digest.SHA256
    )


def summary(document: JsonObject) -> CredentialSummary:
    return replace(summarise(document), **OF_THE_SIGNATURE)  # type: ignore[arg-type]  # names of its own fields


def stranger(office: Office, content: bytes) -> VerificationReport:
    """Verify with what is published alone; the register's own word on the award is not asked."""
    document = read_back(content)
    with office.store.reading() as registry:
        materials = replace(materials_for(office, registry, needs(document)), embedded_withdrawals={})
    return verify(document, materials=materials, policy=Policy(), at=office.clock.now())


KINDS = pytest.mark.parametrize("kind", AwardKind)
FORMS = pytest.mark.parametrize("form", ExportFormat)
WITH_THE_ID = [form for form in ExportFormat if form is not ExportFormat.SELECTIVE]


@KINDS
def test_the_facts_that_are_compared_are_there(exported: Exported, kind: AwardKind) -> None:
    award, stored = exported.awards[kind], json.loads(exported.files[kind][ExportFormat.JSON])
    said = dict(facts(stored))

    assert len(said) > 60
    assert said["/id"] == award.credential_id
    assert said["/credentialSubject/identifier/0/identityHash"] == award.holder
    assert said["/credentialSubject/licenseNumber"] == award.number
    assert str(said["/awardedDate"]).startswith(award.decided_on.isoformat())
    assert said["/credentialStatus/statusListIndex"] == str(award.status_index)
    places = {place.split("/")[-1] for place in said}
    assert {"validFrom", "targetUrl", "targetCode", "narrative", "achievementType", "humanCode"} <= places
    assert not any("proof" in place for place in said)


@KINDS
@pytest.mark.parametrize("form", WITH_THE_ID)
def test_every_form_says_the_same_facts(exported: Exported, kind: AwardKind, form: ExportFormat) -> None:
    award, files = exported.awards[kind], exported.files[kind]
    stored = read_back(files[ExportFormat.JSON]).content
    found = document_in(form, files[form], award)

    assert facts(found) == facts(stored)
    assert dataset(found) == dataset(stored)
    assert summary(found) == summary(stored)
    # And more than that: what each form carries is what was stored, byte for byte, its proofs included.
    assert to_bytes(found) == files[ExportFormat.JSON]


@KINDS
def test_a_document_for_extracts_differs_by_its_identifier_alone(exported: Exported, kind: AwardKind) -> None:
    award, files = exported.awards[kind], exported.files[kind]
    stored = read_back(files[ExportFormat.JSON]).content
    found = document_in(ExportFormat.SELECTIVE, files[ExportFormat.SELECTIVE], award)

    assert {place for place, _ in facts(found) ^ facts(stored)} == {"/id"}
    assert str(found["id"]).startswith("urn:uuid:")
    assert facts({**found, "id": award.credential_id}) == facts(stored)
    assert dataset({**found, "id": award.credential_id}) == dataset(stored)
    assert replace(summary(found), id=award.credential_id) == summary(stored)


@KINDS
def test_page_report_and_register_say_the_same_facts(exported: Exported, cli: Cli, kind: AwardKind) -> None:
    award, files = exported.awards[kind], exported.files[kind]
    said = summarise(read_back(files[ExportFormat.JSON]).content)
    client = create_app(public_desk(open_desk(cli.folder))).test_client()

    assert client.get(f"/v/{award.token}/report").get_json()["credential"] == json.loads(
        json.dumps(said.to_dict())
    )
    line = cli.good("show", award.number, "--json").json
    assert said.awarded is not None
    assert said.valid_from is not None
    assert {name: line[name] for name in ("number", "kind", "component", "holder", "link")} == {
        "number": said.number,
        "kind": said.kind.value,
        "component": said.code,
        "holder": "".join(said.holder),
        "link": said.id,
    }
    assert line["awarded"] == said.awarded.astimezone(PARIS).date().isoformat()
    assert line["issued"] == said.valid_from.isoformat().replace("+00:00", "Z")
    assert line["state"] == "valid"


@KINDS
@pytest.mark.parametrize("form", [ExportFormat.JSON, ExportFormat.PNG, ExportFormat.SVG])
def test_the_address_gives_the_very_file_of_the_command(
    exported: Exported, cli: Cli, kind: AwardKind, form: ExportFormat
) -> None:
    award = exported.awards[kind]
    client = create_app(public_desk(open_desk(cli.folder))).test_client()

    assert client.get(f"/v/{award.token}?format={form.value}").data == exported.files[kind][form]


@KINDS
@FORMS
def test_every_form_is_valid(exported: Exported, cli: Cli, kind: AwardKind, form: ExportFormat) -> None:
    content = shown(form, exported.files[kind][form])
    report = cli.good("verify", "-", "--json", given=content).json

    assert report["verdict"] == "valid"
    assert {check["outcome"] for check in report["checks"]} <= {"pass", "not-applicable"}
    assert all(member["report"]["verdict"] == "valid" for member in report["embedded"])
    assert stranger(open_desk(cli.folder), content).verdict == "valid"


@KINDS
@FORMS
@pytest.mark.parametrize("fact", ["holder", "number", "date", "bit", "more"])
def test_every_form_is_refused_once_a_fact_of_it_is_another(
    exported: Exported, cli: Cli, kind: AwardKind, form: ExportFormat, fact: str
) -> None:
    award = exported.awards[kind]
    day, index = award.decided_on.isoformat(), str(award.status_index)
    changes = {
        "holder": {f'"{award.holder}"': '"Camille IMPOSTEUR"'},
        "number": {f'"{award.number}"': '"1999-000001"'},
        "date": {f'"awardedDate":"{day}': '"awardedDate":"1999-06-19'},
        "bit": {f'#{index}"': '#7"', f'"statusListIndex":"{index}"': '"statusListIndex":"7"'},
        "more": {
            '"achievement":{': '"achievement":{"creator":{"id":"did:web:a.example","type":["Profile"]},'
        },
    }
    office = open_desk(cli.folder)
    content = tampered(office, award, form, exported.files[kind][form], changes[fact])

    report = stranger(office, content)

    assert report.verdict == "modified"
    assert report.check(CheckId.PROOF).outcome == "fail"
    assert public_desk(office).check(content).verdict == "modified"


@KINDS
@FORMS
def test_every_form_says_so_when_the_award_is_withdrawn(
    exported: Exported, cli: Cli, kind: AwardKind, form: ExportFormat
) -> None:
    content = shown(form, exported.files[kind][form])
    cli.good("revoke", exported.awards[kind].number, "--reason", "erreur-materielle")

    assert cli("verify", "-", "--json", given=content).json["verdict"] == "revoked"
    assert stranger(open_desk(cli.folder), content).verdict == "revoked"


@KINDS
@pytest.mark.parametrize("form", WITH_THE_ID)
def test_every_form_that_names_the_award_says_so_when_it_is_suspended(
    exported: Exported, cli: Cli, kind: AwardKind, form: ExportFormat
) -> None:
    cli.good("suspend", exported.awards[kind].number, "--reason", "erreur-materielle")

    report = cli("verify", "-", "--json", given=exported.files[kind][form]).json

    assert report["verdict"] == "suspended"


def test_a_title_says_nothing_of_a_block_that_was_withdrawn_and_a_record_does(
    exported: Exported, cli: Cli
) -> None:
    files = exported.files[AwardKind.TITLE]
    cli.good("revoke", exported.awards[AwardKind.BLOCK].number, "--reason", "erreur-materielle")

    assert cli("verify", "-", "--json", given=files[ExportFormat.JSON]).json["verdict"] == "valid"
    assert cli("verify", "-", "--json", given=files[ExportFormat.CLR]).json["verdict"] == "revoked"


@pytest.mark.parametrize("part", ["association", "verifiableCredential", "identifier"])
def test_a_record_from_which_something_is_taken_is_refused(exported: Exported, cli: Cli, part: str) -> None:
    record = json.loads(exported.files[AwardKind.TITLE][ExportFormat.CLR])
    record["credentialSubject"][part].pop()
    if not record["credentialSubject"][part]:
        del record["credentialSubject"][part]

    report = cli("verify", "-", "--json", given=json.dumps(record, ensure_ascii=False).encode()).json

    assert report["verdict"] == "modified"


def test_a_record_holds_the_title_and_each_of_its_blocks_and_says_that_they_are_parts(
    exported: Exported,
) -> None:
    stored = json.loads(exported.files[AwardKind.TITLE][ExportFormat.JSON])
    record = json.loads(exported.files[AwardKind.TITLE][ExportFormat.CLR])
    title, *blocks = record["credentialSubject"]["verifiableCredential"]

    assert title == stored
    assert len(blocks) == len(stored["relatedResource"]) == 4
    whole = title["credentialSubject"]["achievement"]["id"]
    parts = [block["credentialSubject"]["achievement"]["id"] for block in blocks]
    assert [
        (item["associationType"], item["sourceId"], item["targetId"])
        for item in record["credentialSubject"]["association"]
    ] == [("isPartOf", part, whole) for part in parts]
    assert record["issuer"] == stored["issuer"]
    assert record["credentialSubject"]["identifier"] == stored["credentialSubject"]["identifier"]
