"""Bad input to every command and option: one line with the place and the remedy, and nothing is written."""

import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from issuer.cli import main
from tests.functional.cli.running import Cli, contents, rows

USAGE, REFUSED = 2, 1


@dataclass(frozen=True, slots=True)
class Case:
    """One bad run. Words in braces are put in: {file:NAME}, {number}, {link}, {revoked}, {busy}."""

    arguments: str
    code: int
    words: tuple[str, ...]
    given: bytes = b""


def bad(arguments: str, code: int, *words: str, given: bytes = b"") -> Case:
    return Case(arguments, code, words, given)


FILES: Mapping[str, bytes] = {
    "empty.csv": b"",
    "binary.csv": bytes(range(256)) * 4,
    "foreign.csv": b"a,b\n1,2\n",
    "pv.csv": "session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv\n"
    "S2025-06,2025-06-19,C003,Le Guennec-Roux,Zoé,RNCP35080BC09,peut-être,PV\n".encode(),
    "new.csv": b"id_candidat,nom_naissance,nom_usage,prenoms,date_naissance,voie,date_entree,courriel\n"
    b"N001,Martin,,Ana,1990-01-01,formation_continue,2022-09-19,\n",
    "header.csv": b"id_candidat,nom_naissance,nom_usage,prenoms,date_naissance,voie,date_entree,courriel\n",
    "map.yaml": b"nom: x\nfichier: tartes\n",
    "text.yaml": b"just a text\n",
    "broken.yaml": b"a: [1\n",
    "month.yaml": b"a: 2024-13-45\n",
    "aliases.yaml": b"a: &a [1, 1]\nb: [*a, *a]\n",
    "twice.yaml": b"a: 1\na: 2\n",
    "half.yaml": b'a: "\\ud800"\n',
    "latin.yaml": b"a: \xe9\n",
    "deep.yaml": b"[" * 3000,
    "poor.yaml": b"schema: rncp-fiche/1\ncode: 7\n",
    "did.json": b'{"id": "did:web:other.example"}',
    "not.json": b"{",
    "there.png": b"already here",
    "broken.xml": b"<FICHES><FICHE>",
    "feed.xml": b"<FICHES></FICHES>",
}

_PROPOSE = "certification equivalences propose --basis jury --reference x"

CASES: Mapping[str, Mapping[str, list[Case]]] = {
    "init": {
        "local": [bad("init --local=yes", USAGE, "--local")],
        "one_person": [bad("init --one-person=yes", USAGE, "--one-person")],
    },
    "backup verify": {
        "file": [
            bad("backup verify", USAGE, "FILE"),
            bad("backup verify there.png", USAGE, "PARCHEMIN_BACKUP_PASSPHRASE_FILE"),
        ]
    },
    "restore": {
        "file": [bad("restore", USAGE, "FILE"), bad("restore gone.pb", USAGE, "BACKUP_PASSPHRASE_FILE")],
        "data": [bad("restore there.png --data", USAGE, "--data")],
        "last_number": [bad("restore there.png --last-number", USAGE, "--last-number")],
        "erasures": [
            bad("restore there.png --erasures gone.json", REFUSED, "gone.json", "person erased --json"),
            bad("restore there.png --erasures {file:not.json}", REFUSED, "not.json", "person erased --json"),
        ],
    },
    "register upgrade": {
        "revision": [bad("register upgrade --backup b.pb --to", USAGE, "--to")],
        "file": [
            bad("register upgrade", USAGE, "--backup"),
            bad("register upgrade --backup b.pb", USAGE, "BACKUP_PASSPHRASE_FILE"),
        ],
    },
    "register downgrade": {
        "revision": [bad("register downgrade --backup b.pb", USAGE, "--to")],
        "file": [bad("register downgrade --to 0001", USAGE, "--backup")],
    },
    "watch found": {},
    "worker": {"once": [bad("worker --once=yes", USAGE, "--once")]},
    "demo": {
        "no_serve": [bad("demo --no-serve=yes", USAGE, "--no-serve")],
        "base_url": [
            bad(
                "demo --no-serve --base-url ftp://x",
                REFUSED,
                "config.value",
                "PARCHEMIN_BASE_URL",
                "https://",
            ),
            bad("demo --no-serve --base-url http://example.org", REFUSED, "config.value"),
        ],
        "port": [
            bad("demo --no-serve --port 0", USAGE, "--port", "1<=x<=65535"),
            bad("demo --no-serve --port {busy}", USAGE, "{busy}", "--port"),
        ],
    },
    "doctor": {},
    "cpf civil": {
        "file": [
            bad("cpf civil", USAGE, "FILE"),
            bad("cpf civil nowhere.csv", USAGE, "nowhere.csv"),
            bad("cpf civil {file:empty.csv}", REFUSED, "empty.csv"),
            bad("cpf civil {file:foreign.csv}", REFUSED, "civil.columns", "id_candidat"),
        ],
        "check": [bad("cpf civil {file:foreign.csv} --check", REFUSED, "civil.columns")],
    },
    "cpf export": {
        "session": [bad("cpf export --session S9 --check", REFUSED, "session.unknown", "S9")],
        "since": [bad("cpf export --since hier --check", USAGE, "--since")],
        "again": [bad("cpf export --again=yes --check", USAGE, "--again")],
        "out": [
            bad("cpf export", USAGE, "--out", "--check"),
            bad("cpf export --out {file:there.png}", REFUSED, "cpf.not_configured"),
        ],
        "check": [bad("cpf export --check --out x.xml", USAGE, "--out", "--check")],
    },
    "cpf answer": {
        "file": [
            bad("cpf answer", USAGE, "FILE"),
            bad("cpf answer nowhere.csv", USAGE, "nowhere.csv"),
            bad("cpf answer {file:foreign.csv}", REFUSED, "cpf.answer_unreadable", "foreign.csv"),
        ],
    },
    "cpf list": {},
    "person export": {
        "candidate": [bad("person export NOBODY --out x.zip", REFUSED, "candidate.unknown")],
        "out": [
            bad("person export C001", USAGE, "--out"),
            bad("person export C001 --out nowhere/x.zip", REFUSED, "out.unwritable"),
        ],
        "with_notes": [bad("person export C001 --out x.zip --with-notes=yes", USAGE, "--with-notes")],
    },
    "person erase": {
        "candidate": [bad("person erase NOBODY --reason demande", REFUSED, "candidate.unknown")],
        "reason": [
            bad("person erase C001", USAGE, "--reason"),
            bad("person erase C001 --reason parce-que", USAGE, "--reason", "demande"),
        ],
        "note": [bad("person erase NOBODY --reason demande --note x", REFUSED, "candidate.unknown")],
        "check": [bad("person erase NOBODY --reason demande --check", REFUSED, "candidate.unknown")],
        "yes": [bad("person erase NOBODY --reason demande --yes", REFUSED, "candidate.unknown")],
    },
    "person erased": {},
    "extract": {
        "award": [bad("extract 2020-000001 --out x.html", REFUSED, "award.unknown")],
        "out": [
            bad("extract {number}", USAGE, "--out"),
            bad("extract {number} --out nowhere/x.html", REFUSED, "out.unwritable"),
        ],
    },
    "statistics": {
        "certification": [bad("statistics --certification RNCP1", REFUSED, "known: RNCP35080")],
        "year": [bad("statistics --year hier", USAGE, "--year")],
        "public": [bad("statistics --public=yes", USAGE, "--public")],
        "as_csv": [bad("statistics --csv=yes", USAGE, "--csv")],
    },
    "purge": {"check": [bad("purge --check=yes", USAGE, "--check")]},
    "serve": {
        "host": [bad("serve --host nonsense", USAGE, "--host", "0.0.0.0")],
        "port": [
            bad("serve --port seven", USAGE, "--port", "integer"),
            bad("serve --port {busy}", USAGE, "{busy}", "--port"),
        ],
        "workers": [bad("serve --workers 0", USAGE, "--workers", "1<=x<=64")],
    },
    "certification import": {
        "file": [
            bad("certification import", USAGE, "FILE"),
            bad("certification import nowhere.yaml", USAGE, "nowhere.yaml", "existing file"),
            bad("certification import .", USAGE, "."),
            bad("certification import {file:text.yaml}", USAGE, "text.yaml", "rncp35080.yaml"),
            bad("certification import {file:broken.yaml}", USAGE, "broken.yaml", "line 2"),
            bad("certification import {file:month.yaml}", USAGE, "month.yaml", "month"),
            bad("certification import {file:aliases.yaml}", USAGE, "aliases.yaml", "alias"),
            bad("certification import {file:twice.yaml}", USAGE, "twice.yaml", "line 2", "twice"),
            bad("certification import {file:half.yaml}", USAGE, "half.yaml", "line 1"),
            bad("certification import {file:latin.yaml}", USAGE, "latin.yaml", "UTF-8"),
            bad("certification import {file:deep.yaml}", USAGE, "deep.yaml", "deep"),
            bad("certification import -", USAGE, "-", given=b"\0"),
            bad("certification import {file:broken.xml}", USAGE, "broken.xml"),
        ],
        "code": [
            bad("certification import {file:text.yaml} --code RNCP1", USAGE, "--code", "XML"),
            bad("certification import {file:feed.xml} --code RNCP1", USAGE, "feed.xml"),
        ],
        "check": [bad("certification import {file:poor.yaml} --check=yes", USAGE, "--check")],
    },
    "certification compare": {
        "code": [bad("certification compare RNCP1 1 2", REFUSED, "certification.version_unknown", "RNCP1")],
        "first": [bad("certification compare RNCP35080 9 1", REFUSED, "RNCP35080 v9", "known: 1")],
        "second": [
            bad("certification compare RNCP35080 1", USAGE, "SECOND"),
            bad("certification compare RNCP35080 1 9", REFUSED, "RNCP35080 v9", "known: 1"),
        ],
    },
    "certification equivalences list": {
        "to_fiche": [bad("certification equivalences list --to", USAGE, "--to")]
    },
    "certification equivalences propose": {
        "from_fiche": [
            bad(f"{_PROPOSE} RNCP35080 RNCP35080 RNCP35080BC01=RNCP35080BC02", REFUSED, "same_fiche"),
            bad(f"{_PROPOSE} RNCP1 RNCP35080 RNCP2BC01=RNCP35080BC01", REFUSED, "equivalence.earlier_block"),
        ],
        "to_fiche": [
            bad(f"{_PROPOSE} RNCP1 RNCP2 RNCP1BC01=RNCP2BC01", REFUSED, "certification.unknown", "RNCP2"),
        ],
        "pairs": [
            bad(f"{_PROPOSE} RNCP1 RNCP35080", USAGE, "PAIRS"),
            bad(f"{_PROPOSE} RNCP1 RNCP35080 RNCP1BC01", USAGE, "RNCP1BC01", "EARLIER=LATER"),
            bad(f"{_PROPOSE} RNCP1 RNCP35080 RNCP1BC01=RNCP35080BC99", REFUSED, "equivalence.later_block"),
            bad(
                f"{_PROPOSE} RNCP1 RNCP35080 RNCP1BC01=RNCP35080BC01 RNCP1BC01=RNCP35080BC02",
                REFUSED,
                "equivalence.repeated",
            ),
        ],
        "basis": [
            bad(f"{_PROPOSE} RNCP1 RNCP35080 a=b --basis likeness", USAGE, "--basis", "published"),
        ],
        "reference": [
            bad("certification equivalences propose RNCP1 RNCP35080 a=b --basis jury", USAGE, "--reference"),
        ],
        "note": [bad(f"{_PROPOSE} RNCP1 RNCP35080 a=b --note", USAGE, "--note")],
    },
    "certification equivalences end": {
        "equivalence": [
            bad("certification equivalences end --note x", USAGE, "EQUIVALENCE"),
            bad("certification equivalences end E-22222222 --note x", REFUSED, "equivalence.unknown"),
        ],
        "note": [bad("certification equivalences end E-22222222", USAGE, "--note")],
    },
    "programs new": {
        "name": [
            bad("programs new", USAGE, "NAME"),
            bad("programs new Scolarité", REFUSED, "program.name", "scolarite"),
            bad("programs new x", REFUSED, "program.name"),
        ],
        "scopes": [bad("programs new scolarite --scope approve", USAGE, "--scope", "plans:read")],
    },
    "programs revoke": {
        "name": [
            bad("programs revoke", USAGE, "NAME"),
            bad("programs revoke scolarite", REFUSED, "program.unknown", "scolarite", "programs list"),
        ]
    },
    "programs list": {},
    "letter": {
        "award": [
            bad("letter --out x.pdf", USAGE, "--person"),
            bad("letter 2020-000001 --out x.pdf", REFUSED, "2020-000001", "parchemin awards"),
        ],
        "person": [
            bad("letter {number} --person C001 --out x.pdf", USAGE, "--person"),
            bad("letter --person NOBODY --out x.pdf", REFUSED, "letter.no_live_award", "NOBODY"),
        ],
        "out": [
            bad("letter {number}", USAGE, "--out"),
            bad("letter {number} --out {file:there.png}", REFUSED, "out.unwritable", "there.png"),
            bad("letter {number} --out nowhere/x.pdf", REFUSED, "out.unwritable", "nowhere/x.pdf"),
        ],
    },
    "certification list": {},
    "certification show": {"code": [bad("certification show RNCP1", REFUSED, "RNCP1", "known: RNCP35080")]},
    "jury import": {
        "file": [
            bad("jury import", USAGE, "FILE"),
            bad("jury import nowhere.csv", USAGE, "nowhere.csv", "existing file"),
            bad("jury import .", USAGE, "."),
            bad("jury import {file:empty.csv}", REFUSED, "empty.csv"),
            bad("jury import {file:binary.csv}", REFUSED, "binary.csv"),
            bad("jury import {file:foreign.csv}", REFUSED, "foreign.csv"),
        ],
        "certification": [
            bad("jury import {file:new.csv} --certification RNCP1", REFUSED, "RNCP1", "known: RNCP35080")
        ],
        "map_file": [
            bad("jury import {file:new.csv} --map nowhere.yaml", USAGE, "nowhere.yaml"),
            bad("jury import {file:new.csv} --map {file:map.yaml}", REFUSED, "map", "resultats"),
            bad("jury import {file:new.csv} --map {file:broken.yaml}", REFUSED, "broken.yaml"),
        ],
        "check": [bad("jury import {file:foreign.csv} --check", REFUSED, "foreign.csv")],
        "accept_valid": [
            bad("jury import {file:foreign.csv} --accept-valid", REFUSED, "foreign.csv"),
            bad("jury import {file:header.csv} --accept-valid", REFUSED, "import.no_rows", "header.csv"),
        ],
        "accept_changes": [
            bad("jury import {file:foreign.csv} --accept-changes", REFUSED, "foreign.csv"),
            bad("jury import {file:header.csv} --accept-changes", REFUSED, "import.no_rows", "header.csv"),
        ],
    },
    "plan": {
        "session": [bad("plan --session S1", REFUSED, "S1", "known: S2024-06")],
        "certification": [bad("plan --certification X", REFUSED, "X", "known: RNCP35080")],
    },
    "approve": {
        "plan": [
            bad("approve", USAGE, "PLAN"),
            bad("approve 12345678", REFUSED, "12345678", "parchemin plan"),
            bad("approve abc", REFUSED, "abc"),
        ],
        "session": [bad("approve 12345678 --session S1", REFUSED, "S1", "S2025-06")],
        "certification": [bad("approve 12345678 --certification X", REFUSED, "X", "RNCP35080")],
    },
    "issue": {
        "session": [
            bad("issue", USAGE, "--session", "--all"),
            bad("issue --session S2025-06 --all", USAGE, "--session", "--all"),
            bad("issue --session S1 --yes", REFUSED, "S1", "S2025-06"),
        ],
        "everything": [bad("issue --all --certification X", REFUSED, "X")],
        "certification": [bad("issue --all --certification X --yes", REFUSED, "X", "RNCP35080")],
        "check": [bad("issue --check", USAGE, "--session")],
        "yes": [bad("issue --yes", USAGE, "--all")],
        "no_mail": [bad("issue --all --no-mail=yes", USAGE, "--no-mail")],
    },
    "awards": {
        "candidate": [bad("awards --candidate", USAGE, "--candidate")],
        "state": [bad("awards --state lost", USAGE, "--state", "suspended")],
        "canaries": [bad("awards --canaries=yes", USAGE, "--canaries")],
    },
    "show": {
        "award": [
            bad("show", USAGE, "AWARD"),
            bad("show 2020-000001", REFUSED, "2020-000001", "parchemin awards"),
            bad("show http://localhost:8123/v/AAAAAAAAAAAAAAAAAAAAAA", REFUSED, "AWARD", "parchemin awards"),
        ]
    },
    "explain": {
        "link": [
            bad("explain", USAGE, "LINK"),
            bad("explain 2020-000001", REFUSED, "explain.nothing", "2020-000001", "404"),
            bad("explain http://localhost:8123/v/AAAAAAAAAAAAAAAAAAAAAA", REFUSED, "explain.nothing", "LINK"),
            bad("explain https://example.org/s/x", REFUSED, "explain.nothing", "LINK"),
            bad("explain 2222-2222-2222", REFUSED, "explain.nothing", "LINK"),
        ]
    },
    "todo": {},
    "orders list": {"state": [bad("orders list --state lost", USAGE, "--state", "proposed")]},
    "orders show": {"order": [bad("orders show O-22222222", REFUSED, "order.unknown", "O-22222222")]},
    "orders approve": {"order": [bad("orders approve O-22222222", REFUSED, "order.unknown", "O-22222222")]},
    "orders refuse": {
        "order": [bad("orders refuse O-22222222 --note x", REFUSED, "order.unknown", "O-22222222")],
        "note": [bad("orders refuse O-22222222", USAGE, "--note")],
    },
    "orders take-back": {"order": [bad("orders take-back O-22222222", REFUSED, "order.unknown")]},
    "export": {
        "award": [bad("export 2020-000001 --format json --out x.json", REFUSED, "2020-000001")],
        "form": [
            bad("export {number} --out x", USAGE, "--format"),
            bad("export {number} --format gif --out x", USAGE, "--format", "svg"),
            bad("export {number} --format clr --out x", REFUSED, "export.not_a_title", "{number}"),
            bad("export {number} --format sd --out x", REFUSED, "export.no_key", "PARCHEMIN_SUITES"),
            bad("export {number} --format ob-jwt --out x", REFUSED, "export.no_key", "keys new"),
        ],
        "duplicate": [
            bad("export {number} --format png --duplicate X --out x", USAGE, "--duplicate", "--format pdf"),
            bad("export {number} --format pdf --duplicate X --out x", REFUSED, "duplicate.unknown", "X"),
        ],
        "out": [
            bad("export {number} --format png", USAGE, "--out"),
            bad("export {number} --format png --out {file:there.png}", USAGE, "--out", "exists", "new file"),
            bad("export {number} --format png --out no/such/folder/x", USAGE, "--out", "folder"),
            bad("export {number} --format png --out {file:there.png}/x", USAGE, "--out", "folder"),
            bad("export {number} --format png --out .", USAGE, "--out"),
            bad("export {number} --format png --out /", USAGE, "--out"),
            bad("export {number} --format jwt --out {file:there.png}", USAGE, "--out", "exists", "new file"),
        ],
    },
    "revoke": {
        "award": [bad("revoke 2020-000001 --reason erreur-materielle", REFUSED, "2020-000001")],
        "reason": [
            bad("revoke {number}", USAGE, "--reason"),
            bad("revoke {number} --reason whim", USAGE, "--reason", "decision-jury-ou-juge"),
        ],
        "note": [bad("revoke {number} --reason erreur-materielle --note", USAGE, "--note")],
        "no_mail": [bad("revoke {number} --reason erreur-materielle --no-mail=1", USAGE, "--no-mail")],
    },
    "replace": {
        "award": [bad("replace 2020-000001 --reason etat-civil", REFUSED, "2020-000001")],
        "reason": [
            bad("replace {number}", USAGE, "--reason"),
            bad("replace {number} --reason whim", USAGE, "--reason", "rectification"),
            bad("replace {number} --reason etat-civil", REFUSED, "replace.unchanged", "--accept-changes"),
        ],
        "note": [bad("replace {number} --reason etat-civil --note", USAGE, "--note")],
        "no_mail": [bad("replace {number} --reason etat-civil --no-mail=1", USAGE, "--no-mail")],
    },
    "duplicate": {
        "award": [bad("duplicate 2020-000001 --reason perte", REFUSED, "2020-000001")],
        "reason": [
            bad("duplicate {number}", USAGE, "--reason"),
            bad("duplicate {number} --reason whim", USAGE, "--reason", "destruction"),
        ],
    },
    "suspend": {
        "award": [bad("suspend 2020-000001 --reason erreur-materielle", REFUSED, "2020-000001")],
        "reason": [
            bad("suspend {number}", USAGE, "--reason"),
            bad("suspend {number} --reason whim", USAGE, "--reason", "decision-jury-ou-juge"),
        ],
        "note": [bad("suspend {number} --reason erreur-materielle --note", USAGE, "--note")],
        "no_mail": [bad("suspend {number} --reason erreur-materielle --no-mail=1", USAGE, "--no-mail")],
    },
    "reinstate": {
        "award": [
            bad("reinstate 2020-000001 --reason erreur-materielle", REFUSED, "2020-000001"),
            bad("reinstate {number} --reason erreur-materielle", REFUSED, "award.in_force", "{number}"),
        ],
        "reason": [
            bad("reinstate {number}", USAGE, "--reason"),
            bad("reinstate {number} --reason whim", USAGE, "--reason", "erreur-materielle"),
        ],
        "note": [bad("reinstate {number} --reason erreur-materielle --note", USAGE, "--note")],
        "no_mail": [bad("reinstate {number} --reason erreur-materielle --no-mail=1", USAGE, "--no-mail")],
    },
    "notices list": {
        "state": [bad("notices list --state lost", USAGE, "--state", "bounced")],
        "addresses": [bad("notices list --addresses=yes", USAGE, "--addresses")],
    },
    "notices send": {},
    "notices resend": {
        "notice": [
            bad("notices resend", USAGE, "NOTICE"),
            bad("notices resend 00000000", REFUSED, "notice.unknown", "00000000", "notices list"),
            bad("notices resend urn:uuid:", REFUSED, "notice.unknown", "NOTICE"),
        ]
    },
    "notices bounced": {
        "notice": [
            bad("notices bounced", USAGE, "NOTICE"),
            bad("notices bounced 00000000", REFUSED, "notice.unknown", "00000000", "notices list"),
        ]
    },
    "doubts list": {"everything": [bad("doubts list --all=yes", USAGE, "--all")]},
    "doubts close": {
        "doubt": [
            bad("doubts close", USAGE, "DOUBT"),
            bad("doubts close 00000000", REFUSED, "doubt.unknown", "00000000", "doubts list"),
        ]
    },
    "prepare": {},
    "holders show": {
        "candidate": [
            bad("holders show", USAGE, "CANDIDATE"),
            bad("holders show C999", REFUSED, "candidate.unknown", "CANDIDATE", "parchemin awards"),
        ],
        "full_address": [bad("holders show C001 --full-address=yes", USAGE, "--full-address")],
    },
    "holders address": {
        "candidate": [
            bad("holders address --remove", USAGE, "CANDIDATE"),
            bad("holders address C999 --remove", REFUSED, "candidate.unknown", "CANDIDATE"),
        ],
        "mail": [
            bad("holders address C001", USAGE, "--set", "--remove"),
            bad("holders address C001 --set a@example.org --remove", USAGE, "--set", "--remove"),
            bad("holders address C001 --set personne", REFUSED, "address.malformed", "--set"),
            bad("holders address C001 --set a@b", REFUSED, "address.malformed", "--set"),
            bad("holders address C001 --set =?x?q?a?=@example.org", REFUSED, "address.malformed", "--set"),
            bad("holders address C001 --set a@exa\u202emple.org", REFUSED, "address.malformed", "--set"),
            bad("holders address C001 --set " + "x" * 250 + "@example.org", REFUSED, "address.malformed"),
        ],
        "remove": [bad("holders address C001 --remove=yes", USAGE, "--remove")],
    },
    "holders close-link": {"award": [bad("holders close-link 2020-000001", REFUSED, "2020-000001")]},
    "holders open-link": {"award": [bad("holders open-link 2020-000001", REFUSED, "2020-000001")]},
    "staff add": {
        "login": [
            bad("staff add --name X --reason y", USAGE, "LOGIN"),
            bad("staff add Camille --name X --reason y", REFUSED, "account.id", "camille.durand"),
            bad("staff add x --name X --reason y", REFUSED, "account.id"),
            bad("staff add -x- --name X --reason y", USAGE, "-x"),
        ],
        "name": [
            bad("staff add a.b --reason y", USAGE, "--name"),
            bad("staff add a.b --reason y --name " + "x" * 81, REFUSED, "account.name", "80"),
        ],
        "roles": [bad("staff add a.b --name X --reason y --role chef", USAGE, "--role", "saisie")],
        "system_login": [
            bad("staff add a.b --name X --reason y --system-login A:B", REFUSED, "account.system_login"),
        ],
        "reason": [bad("staff add a.b --name X", USAGE, "--reason")],
    },
    "staff list": {},
    "staff roles": {
        "login": [
            bad("staff roles --reason y", USAGE, "LOGIN"),
            bad("staff roles a.b --reason y", REFUSED, "account.unknown", "a.b", "staff list"),
        ],
        "roles": [bad("staff roles a.b --reason y --role chef", USAGE, "--role", "saisie")],
        "system_login": [bad("staff roles a.b --reason y --system-login", USAGE, "--system-login")],
        "reason": [bad("staff roles a.b", USAGE, "--reason")],
    },
    "staff approve": {
        "order": [
            bad("staff approve", USAGE, "ORDER"),
            bad("staff approve O-22222222", REFUSED, "order.unknown", "O-22222222"),
        ]
    },
    "staff close": {
        "login": [
            bad("staff close --reason y", USAGE, "LOGIN"),
            bad("staff close a.b --reason y", REFUSED, "account.unknown", "a.b"),
        ],
        "reason": [bad("staff close a.b", USAGE, "--reason")],
    },
    "staff invite": {
        "login": [
            bad("staff invite", USAGE, "LOGIN"),
            bad("staff invite a.b", REFUSED, "account.unknown", "a.b"),
        ]
    },
    "staff code": {
        "login": [
            bad("staff code", USAGE, "LOGIN"),
            bad("staff code a.b", REFUSED, "account.unknown", "a.b"),
        ]
    },
    "status list": {},
    "status renew": {"everything": [bad("status renew --all=yes", USAGE, "--all")]},
    "verify": {
        "source": [
            bad("verify", USAGE, "SOURCE"),
            bad("verify nowhere.json", USAGE, "nowhere.json", "standard input"),
            bad("verify .", USAGE, "."),
            bad("verify " + "x" * 5000, USAGE, "no such file"),
        ],
        "offline": [bad("verify --offline", USAGE, "SOURCE")],
    },
    "trust add": {
        "did": [
            bad("trust add --name A", USAGE, "DID"),
            bad("trust add example.org --name A", REFUSED, "DID", "did:web"),
            bad("trust add did:web: --name A", REFUSED, "DID"),
            bad("trust add did:web:127.0.0.1 --name A", REFUSED, "DID"),
            bad("trust add did:web:a.example#key --name A", REFUSED, "DID"),
            bad("trust add did:key:zzz --name A", REFUSED, "DID"),
            bad("trust add did:web:localhost%3A8123 --name A", REFUSED, "trust.self", "institution.yaml"),
        ],
        "name": [
            bad("trust add did:web:a.example", USAGE, "--name"),
            bad("trust add did:web:a.example --name " + "x" * 201, REFUSED, "--name", "200"),
            bad("trust add did:web:a.example --name a\u202eb", REFUSED, "--name"),
        ],
        "url": [bad("trust add did:web:a.example --name A --url javascript:x", REFUSED, "--url", "https://")],
        "document": [
            bad("trust add did:web:a.example --name A --did-document nowhere", USAGE, "nowhere"),
            bad(
                "trust add did:web:a.example --name A --did-document {file:not.json}",
                REFUSED,
                "--did-document",
            ),
            bad(
                "trust add did:web:a.example --name A --did-document {file:did.json}",
                REFUSED,
                "did:web:a.example",
            ),
        ],
    },
    "trust list": {},
    "trust remove": {
        "did": [
            bad("trust remove", USAGE, "DID"),
            bad("trust remove did:web:unknown.example", REFUSED, "did:web:unknown.example", "trust list"),
            bad("trust remove did:web:localhost%3A8123", REFUSED, "did:web:localhost%3A8123"),
        ]
    },
    "keys list": {},
    "keys rotate": {
        "key_type": [bad("keys rotate --type RSA", USAGE, "--type", "P-256")],
        "place": [
            bad("keys rotate --in cloud", USAGE, "--in", "token"),
            bad("keys rotate --in token --yes", REFUSED, "token.not_set", "PARCHEMIN_PKCS11_MODULE"),
        ],
        "reason": [bad("keys rotate --reason", USAGE, "--reason")],
        "yes": [bad("keys rotate --yes=1", USAGE, "--yes")],
    },
    "keys retire": {
        "name": [
            bad("keys retire", USAGE, "NAME"),
            bad("keys retire key-9", REFUSED, "key.unknown", "key-9", "keys list"),
            bad("keys retire key-1 --yes", REFUSED, "key.last", "keys rotate"),
        ],
        "reason": [bad("keys retire key-1 --reason", USAGE, "--reason")],
        "yes": [bad("keys retire key-1 --yes=1", USAGE, "--yes")],
    },
    "keys compromise": {
        "name": [bad("keys compromise key-9 --since 2026-01-01 --reason x", REFUSED, "key.unknown", "key-9")],
        "since": [
            bad("keys compromise key-1 --reason x", USAGE, "--since"),
            bad("keys compromise key-1 --since yesterday --reason x", USAGE, "--since", "2026-11-24"),
            bad("keys compromise key-1 --since 9999-01-01 --reason x", REFUSED, "key.since_future"),
        ],
        "reason": [bad("keys compromise key-1 --since 2026-01-01", USAGE, "--reason")],
        "yes": [bad("keys compromise key-1 --since 2026-01-01 --reason x --yes=1", USAGE, "--yes")],
    },
    "keys resign": {
        "order": [bad("keys resign --order", USAGE, "--order")],
        "yes": [bad("keys resign --yes=1", USAGE, "--yes")],
    },
    "keys ceremony": {
        "witnesses": [
            bad("keys ceremony --out x", USAGE, "--witness", "two"),
            bad("keys ceremony --witness A --out x", USAGE, "--witness", "two"),
        ],
        "key_type": [bad("keys ceremony --type RSA --out x", USAGE, "--type")],
        "place": [
            bad("keys ceremony --witness A --witness B --in token --out x", REFUSED, "token.not_set"),
        ],
        "out": [
            bad("keys ceremony --witness A --witness B --out {file:there.png}", USAGE, "--out", "exists")
        ],
    },
    "keys drill": {"out": [bad("keys drill --out {file:there.png}", USAGE, "--out", "exists")]},
    "keys new": {
        "key_type": [
            bad("keys new --type RSA", USAGE, "--type", "Ed25519", "P-256", "P-384"),
            bad("keys new --type p256", USAGE, "--type", "P-256"),
            bad("keys new --for receipts --type P-256", USAGE, "--type", "Ed25519"),
        ],
        "purpose": [bad("keys new --for diplomas", USAGE, "--for", "credentials", "receipts")],
        "place": [
            bad("keys new --in cloud", USAGE, "--in", "file", "token"),
            bad("keys new --in token", REFUSED, "token.not_set", "PARCHEMIN_PKCS11_MODULE"),
        ],
    },
    "audit verify": {
        "file": [
            bad("audit verify {file:nothing.json}", USAGE, "nothing.json"),
            bad("audit verify {file:not.json}", REFUSED, "audit.file", "parchemin audit export"),
            bad("audit verify {file:did.json}", REFUSED, "audit.file", "parchemin audit export"),
        ],
        "roots": [
            bad("audit verify --roots {file:nothing.json}", REFUSED, "mirror.folder", "nothing.json"),
            bad("audit verify --roots {file:not.json}", REFUSED, "mirror.file", "not.json", "/audit/roots"),
        ],
    },
    "audit root": {},
    "audit mirror": {"folder": [bad("audit mirror {file:not.json}", REFUSED, "mirror.folder", "not.json")]},
    "audit export": {
        "out": [
            bad("audit export --out {file:there.png}", USAGE, "there.png", "exists already"),
            bad("audit export --out {file:none/x.json}", USAGE, "none"),
        ],
    },
    "audit prove": {
        "number": [
            bad("audit prove 2020-000001", REFUSED, "award.unknown", "parchemin awards"),
            bad("audit prove {number}", REFUSED, "root.not_yet", "parchemin audit root"),
        ],
    },
}


def leaves(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


LEAVES = dict(leaves())
ALL = [(name, case) for name, options in CASES.items() for cases in options.values() for case in cases]


def test_every_command_and_option_has_a_bad_case() -> None:
    for name, command in LEAVES.items():
        options = {parameter.name for parameter in command.params} - {"as_json", "help"}
        assert name in CASES, f"{name}: add its bad cases here"
        assert set(CASES[name]) == options, f"{name}: a case for each option, no more"
    assert set(CASES) == set(LEAVES)


@pytest.mark.parametrize(("name", "case"), ALL, ids=[case.arguments[:70] for _name, case in ALL])
def test_bad_input_is_one_line_and_writes_nothing(issued: Cli, name: str, case: Case, tmp_path: Path) -> None:
    for file, content in FILES.items():
        (tmp_path / file).write_bytes(content)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        number, link = rows(issued.folder, "SELECT number, credential_id FROM awards ORDER BY number")[0]
        places = {"{number}": number, "{link}": link, "{busy}": str(busy.getsockname()[1])}
        before = contents(tmp_path)

        ran = issued(*_filled(case.arguments, places, tmp_path), given=case.given)

    ran.refused(case.code, *(places.get(word, word) for word in case.words))
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", LEAVES)
def test_what_no_command_knows_is_refused_and_named(issued: Cli, name: str, tmp_path: Path) -> None:
    before = contents(tmp_path)

    line = issued(*name.split(), "--no-such-option").refused(USAGE, "--no-such-option")

    assert f"parchemin {name} --help" in line
    assert contents(tmp_path) == before


TAKES_ANY_NUMBER = {name for name, command in LEAVES.items() if any(p.nargs == -1 for p in command.params)}


@pytest.mark.parametrize("name", [name for name in LEAVES if name not in TAKES_ANY_NUMBER])
def test_one_argument_too_many_is_refused(issued: Cli, name: str, tmp_path: Path) -> None:
    wanted = [p for p in LEAVES[name].params if isinstance(p, click.Argument)]
    required = [p for p in LEAVES[name].params if isinstance(p, click.Option) and p.required]
    options = [part for p in required for part in (p.opts[0], _value(p))]
    before = contents(tmp_path)

    issued(*name.split(), *["a"] * (len(wanted) + 1), *options).refused(USAGE, "unexpected extra argument")

    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", LEAVES)
@pytest.mark.parametrize("argument", ["\udcff", "a\0b"])
def test_arguments_that_are_no_text_are_refused(issued: Cli, name: str, argument: str) -> None:
    issued(*name.split(), argument).refused(USAGE, "not UTF-8 text")


def test_an_unknown_command_is_refused_and_named(issued: Cli) -> None:
    issued("isue").refused(USAGE, "isue", "parchemin --help")


def test_a_broken_fiche_says_all_its_faults_at_once(issued: Cli, tmp_path: Path) -> None:
    (tmp_path / "poor.yaml").write_bytes(FILES["poor.yaml"])
    before = contents(tmp_path)

    ran = issued("certification", "import", "poor.yaml")

    assert ran.code == REFUSED
    lines = ran.err.splitlines()
    assert len(lines) > 5
    assert all(line.startswith("error [certification.") for line in lines)
    for place in ("code", "title", "blocks", "level", "registration"):
        assert any(f"] {place}:" in line for line in lines), place
    assert contents(tmp_path) == before


def test_a_second_withdrawal_is_refused_and_changes_nothing(issued: Cli, tmp_path: Path) -> None:
    number = rows(issued.folder, "SELECT number FROM awards ORDER BY number")[0][0]
    issued.good("revoke", number, "--reason", "erreur-materielle")
    before = contents(tmp_path)

    issued("revoke", number, "--reason", "erreur-materielle").refused(REFUSED, number, "parchemin show")

    assert contents(tmp_path) == before


SETTINGS_CASES = {
    "PARCHEMIN_NOVELTY": "x",
    "PARCHEMIN_BASE_URL": "http://example.org",
    "PARCHEMIN_DATABASE_URL": "postgresql://x",
    "PARCHEMIN_LOCALE": "de",
    "PARCHEMIN_SUITES": "md5",
    "PARCHEMIN_SMTP_URL": "smtp://desk:s3cret@mail.example.org/inbox",
    "PARCHEMIN_OIDC_ISSUER": "http://identite.example.org",
    "PARCHEMIN_MAIL_FROM": "La scolarité <a@example.org>",
    "PARCHEMIN_STATUS_PURPOSES": "suspension",
}


@pytest.mark.parametrize("name", [name for name in LEAVES if name != "demo"])
@pytest.mark.parametrize("setting", SETTINGS_CASES)
def test_a_bad_setting_is_said_by_every_command(issued: Cli, name: str, setting: str, tmp_path: Path) -> None:
    good = {
        "certification import": ["text.yaml"], "certification show": ["RNCP35080"], "jury import": ["new.csv"],
        "approve": ["12345678"], "issue": ["--all"], "show": ["1"], "verify": ["new.csv"],
        "export": ["1", "--format", "png", "--out", "x"], "revoke": ["1", "--reason", "erreur-materielle"],
        "suspend": ["1", "--reason", "erreur-materielle"], "reinstate": ["1", "--reason", "erreur-materielle"],
        "replace": ["1", "--reason", "etat-civil"], "duplicate": ["1", "--reason", "perte"],
        "notices resend": ["00000000"], "notices bounced": ["00000000"], "doubts close": ["00000000"],
        "trust add": ["did:web:a.example", "--name", "A"], "trust remove": ["did:web:a.example"],
        "holders show": ["C001"], "holders address": ["C001", "--remove"],
        "holders close-link": ["1"], "holders open-link": ["1"],
        "cpf civil": ["new.csv"], "cpf export": ["--check"], "cpf answer": ["new.csv"],
        "person export": ["C001", "--out", "x"], "person erase": ["C001", "--reason", "demande"],
        "extract": ["1", "--out", "x"],
        "staff add": ["a.b", "--name", "X", "--reason", "y"], "staff roles": ["a.b", "--reason", "y"],
        "staff approve": ["O-22222222"], "staff close": ["a.b", "--reason", "y"], "staff invite": ["a.b"],
        "staff code": ["a.b"],
        "keys retire": ["key-1"], "keys compromise": ["key-1", "--since", "2026-01-01", "--reason", "x"],
        "backup verify": ["x.pb"], "restore": ["x.pb"], "register upgrade": ["--backup", "x.pb"],
        "register downgrade": ["--to", "0001", "--backup", "x.pb"],
        "keys ceremony": ["--witness", "A", "--witness", "B", "--out", "x"], "keys drill": ["--out", "x"],
        "certification compare": ["RNCP35080", "1", "2"],
        "certification equivalences propose": ["a", "b", "c=d", "--basis", "jury", "--reference", "x"],
        "certification equivalences end": ["E-22222222", "--note", "x"],
        "programs new": ["scolarite"], "programs revoke": ["scolarite"], "letter": ["1", "--out", "x"],
        "explain": ["1"], "orders show": ["O-22222222"], "orders approve": ["O-22222222"],
        "orders refuse": ["O-22222222", "--note", "x"], "orders take-back": ["O-22222222"],
        "audit mirror": ["x"], "audit export": ["--out", "x"], "audit prove": ["1"],
    }  # fmt: skip
    for file in ("text.yaml", "new.csv"):
        (tmp_path / file).write_bytes(b"code: x\n")
    before = contents(tmp_path)

    ran = issued(*name.split(), *good.get(name, []), env={setting: SETTINGS_CASES[setting]})

    ran.refused(REFUSED, "config.", setting)
    assert contents(tmp_path) == before


def _filled(arguments: str, places: Mapping[str, str], folder: Path) -> list[str]:
    parts = []
    for part in arguments.split(" "):
        text = places.get(part, part)
        if text.startswith("{file:"):
            name, _brace, rest = text.removeprefix("{file:").partition("}")
            text = str(folder / name) + rest
        parts.append(text)
    return parts


def _value(option: click.Option) -> str:
    if option.type.name == "instant":
        return "2026-01-01"
    return str(option.type.choices[0]) if isinstance(option.type, click.Choice) else "a"
