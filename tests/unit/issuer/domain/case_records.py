"""The cases of ``jury-cases.yaml`` and the sample files as records, and what the rules answer, in their words."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from issuer.domain.certification import Certification
from issuer.domain.certification_document import certification_from_document
from issuer.domain.eligibility import Evaluation, Finding, Scope, evaluate
from issuer.domain.normalisation import clean_text
from issuer.domain.records import (
    Annulment,
    Candidate,
    JuryRecord,
    JurySession,
    PathChange,
    ResultRow,
    Side,
    Tie,
)

ROOT = Path(__file__).resolve().parents[4]
DATA = ROOT / "tests" / "data"
SIGNATORY = "A. Lemaire, directrice déléguée (fictive)"
TITLE = "TITLE"


@cache
def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def rncp35080() -> Certification:
    return certification_from_document(load(ROOT / "issuer" / "catalog" / "rncp35080.yaml"), "1")


@cache
def three_blocks() -> Certification:
    return certification_from_document(load(DATA / "three-blocks.yaml"), "1")


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def need(text: str) -> date:
    return date.fromisoformat(text)


CASES: Sequence[dict[str, Any]] = load(DATA / "jury-cases.yaml")["cases"]
TODAY = need(load(DATA / "jury-cases.yaml")["today"])


def case_certification(case: Mapping[str, Any]) -> Certification:
    fiche = rncp35080()
    overrides = {"decision_date": "2020-11-18", **case.get("fiche_overrides", {})}
    days: dict[str, Any] = {key: day(value) for key, value in overrides.items()}
    changed = replace(fiche.registration, **days)
    return replace(fiche, registration=changed)


def full(code: str, certification: Certification) -> str:
    return certification.code if code == TITLE else f"{certification.code}{code}"


def short(code: str, certification: Certification) -> str:
    return TITLE if code == certification.code else code.removeprefix(certification.code)


def case_record(case: Mapping[str, Any], certification: Certification) -> JuryRecord:
    sessions = [_session(case, index, item, certification) for index, item in enumerate(case["sessions"])]
    rows = [
        row for index, item in enumerate(case["sessions"]) for row in _rows(case, index, item, certification)
    ]
    for foreign in case.get("foreign_blocks", []):
        component = f"{foreign['fiche']}{foreign['claimed_as']}"
        rows.append(replace(rows[-1], number=rows[-1].number + 1, component=component, decision="validé"))
    annulments = [
        Annulment(
            candidate_id="C1",
            on=need(item["date"]),
            scope=tuple(full(code, certification) for code in item["scope"]),
            by=item["by"],
            ground=item["ground"],
            reference=item["reference"],
            session_date=day(item.get("session_date")),
        )
        for item in case.get("annulments", [])
    ]
    return JuryRecord(_candidates(case), sessions, rows, annulments)


def _candidates(case: Mapping[str, Any]) -> Sequence[Candidate]:
    if not case.get("candidate_known", True):
        return ()
    person = case["candidate"]
    one = Candidate(
        id="C1",
        birth_name=clean_text(person["family_name"])[0],
        usage_name=None,
        given_names=clean_text(person["given_names"])[0],
        birth_date=day(person.get("birth_date")),
        route=case["sessions"][0]["route"],
        entry_date=day(case["entry_date"]),
        latin_name=person.get("latin"),
        reentry_date=day(case.get("reentry_date")),
        path_changes=tuple(
            PathChange(need(item["date"]), item["to"]) for item in case.get("path_changes", [])
        ),
        enrolled_blocks=tuple(f"RNCP35080{code}" for code in case.get("enrolled_blocks", [])),
        prerequisite_evidence=case.get("prerequisite_evidence", True),
        deceased_on=day(case.get("deceased_on")),
    )
    others = [
        replace(one, id=f"C{number}", birth_date=date(1950 + number, 1, 1))
        for number in range(2, case.get("homonyms", 1) + 1)
    ]
    return [one, *others]


def _session(
    case: Mapping[str, Any], index: int, item: Mapping[str, Any], certification: Certification
) -> JurySession:
    jury = item["jury"]
    tied, recused = jury.get("tied_members", 0), jury.get("recused_members", 0)
    side = Side(jury.get("recused_side", "internal"))
    return JurySession(
        id=f"S{index}",
        certification=certification.code,
        on=need(item["date"]),
        routes=(item["route"],),
        internal=jury["internal"],
        external=jury.get("external", jury.get("qualified", 0)),
        represents_head=jury.get("represents_admin_general", False),
        president=jury["president"],
        signed=jury["signed"],
        signatory=SIGNATORY if jury.get("signatory_known", True) else "Quelqu'un d'autre",
        ties=tuple(Tie("C1", side, recused=number < recused) for number in range(tied)),
        cites_memoire=item.get("pv_cites_memoire", True),
    )


def _rows(
    case: Mapping[str, Any], index: int, item: Mapping[str, Any], certification: Certification
) -> Sequence[ResultRow]:
    person = case["candidate"]
    by_name = case.get("homonyms", 1) > 1
    family, given = person["family_name"], person["given_names"]
    if "pv_name" in item:
        family, given = item["pv_name"].split(" ")
    family, changed = clean_text(family)
    decisions = [pair for entry in item.get("rows", [item.get("decisions", {})]) for pair in entry.items()]
    return [
        ResultRow(
            source=f"pv-{index}.csv",
            number=number,
            session=f"S{index}",
            decision_date=need(item["date"]),
            decision_date_text=item["date"],
            candidate_id="" if by_name else "C1",
            family_name=family,
            given_names=clean_text(given)[0],
            component=full(code, certification),
            decision=word,
            normalised=("nom",) if changed else (),
            mention=item.get("pv_mention"),
            birth_date=day(person.get("birth_date")) if by_name else None,
        )
        for number, (code, word) in enumerate(decisions * item.get("repeated", 1), start=2)
    ]


def case_evaluation(case: Mapping[str, Any], certification: Certification) -> Evaluation:
    issued = {"C1": [full(code, certification) for code in case.get("issued", [])]}
    record = case_record(case, certification)
    return evaluate(certification, record, today=TODAY, signatories=[SIGNATORY], issued=issued)


def scope_of(finding: Finding, certification: Certification) -> str:
    if finding.scope is Scope.FOREIGN_BLOCK:
        return f"{finding.components[0][:9]} block"
    if finding.scope is not Scope.COMPONENTS:
        return finding.scope.value
    every = {*(block.code for block in certification.blocks), certification.code}
    if set(finding.components) == every:
        return "all"
    return " ".join(short(code, certification) for code in finding.components)


SAMPLES = ("pv-jury-2024-06", "pv-jury-2025-06", "pv-jury-2025-09", "pv-jury-2025-10-vae")
ROUTES = {
    "formation_continue": "continuing_education",
    "contrat_professionnalisation": "professionalisation_contract",
    "apprentissage": "apprenticeship",
    "candidature_individuelle": "individual_application",
    "vae": "vae",
}
_EXPORT_WORDS = {"V": "validé", "AJ": "non validé", "ABS": "absent", "ADM": "attribué"}


def sample_record(folder: Path, certification: Certification) -> JuryRecord:
    candidates = [
        Candidate(
            id=line["id_candidat"],
            birth_name=line["nom_naissance"],
            usage_name=line["nom_usage"] or None,
            given_names=line["prenoms"],
            birth_date=day(line["date_naissance"]),
            route=ROUTES[line["voie"]],
            entry_date=day(line["date_entree"]),
        )
        for line in _lines(folder / "candidats.csv")
    ]
    sessions = [_sample_session(line, certification) for line in _lines(folder / "jurys.csv")]
    rows = [
        row
        for name in SAMPLES
        for number, line in enumerate(_lines(folder / f"{name}.csv"), start=2)
        for row in [_sample_row(f"{name}.csv", number, line)]
    ]
    return JuryRecord(candidates, sessions, [*rows, *_export_rows(folder / "export-sis-2026-06.csv")])


def _lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def _sample_session(line: Mapping[str, str], certification: Certification) -> JurySession:
    ties = [item.split(":") for item in line["lies_au_candidat"].split("|") if item]
    sides = {"interne": Side.INTERNAL, "externe": Side.EXTERNAL}
    return JurySession(
        id=line["session"],
        certification=certification.code,
        on=need(line["date_jury"]),
        routes=tuple(ROUTES[route] for route in line["voies"].split("|")),
        internal=int(line["internes"]),
        external=int(line["exterieurs"]),
        represents_head=line["represente_ag"] == "oui",
        president=line["president"] == "oui",
        signed=line["pv_signe"] == "oui",
        signatory=line["signataire"] or None,
        ties=tuple(Tie(parts[0], sides[parts[1]], recused=parts[2:] == ["deport"]) for parts in ties),
        place=line["lieu"],
    )


def _sample_row(source: str, number: int, line: Mapping[str, str]) -> ResultRow:
    family, changed = clean_text(line["nom"])
    text = line["date_decision"]
    return ResultRow(
        source=source,
        number=number,
        session=line["session"],
        decision_date=need(text) if text[4:5] == "-" else None,
        decision_date_text=text,
        candidate_id=line["id_candidat"],
        family_name=family,
        given_names=clean_text(line["prenoms"])[0],
        component=line["composant"],
        decision=line["decision"],
        reference=line["reference_pv"],
        normalised=("nom",) if changed else (),
    )


def _export_rows(path: Path) -> list[ResultRow]:
    text = path.read_bytes().decode("cp1252")
    rows = []
    for number, line in enumerate(csv.DictReader(text.split("\r\n"), delimiter=";"), start=2):
        written, component = line["Date délibération"], line["Code élément"]
        iso = "-" in written
        on = need(written if iso else "-".join(reversed(written.split("/"))))
        changed = (["date_decision"] if iso else []) + (
            ["composant"] if component != component.strip() else []
        )
        rows.append(
            ResultRow(
                source=path.name,
                number=number,
                session=line["Session"],
                decision_date=on,
                decision_date_text=written,
                candidate_id=line["N° auditeur"],
                family_name=line["NOM"],
                given_names=line["Prénom(s)"],
                component=component.strip().upper(),
                decision=_EXPORT_WORDS.get(line["Résultat"], line["Résultat"]),
                reference=line["Réf. PV"],
                normalised=tuple(changed),
                compare_folded=True,
            )
        )
    return rows
