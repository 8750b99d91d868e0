"""Every place where something can be handed in: each route of the pages that takes a form, and the commands."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import encode_multipart

import issuer.web
from issuer.bootstrap import (
    code_desk,
    doubt_desk,
    evidence_desk,
    holder_desk,
    legal_desk,
    lifecycle_desk,
    public_desk,
    receipt_desk,
    season_desk,
    sharing_desk,
    student_system,
    web_post,
)
from issuer.cli import main
from issuer.cli.context import settings as settings_in_force
from issuer.config import SETTINGS
from issuer.domain.staff import Role
from issuer.ports import LimitedAct
from issuer.ports.systems import Scope
from issuer.services.programs.tokens import new_program
from issuer.services.register import find_awards
from issuer.web import create_app
from issuer.web.negotiation import STUDENT_API
from tests.hostile.uploads.spoiling import fragment
from tests.support.staff import Crew, csrf, open_crew
from tests.support.stage import issued_office, stage_settings

EVERYTHING = "tout.alapage"
"""An account with every role: nothing is refused before it is read."""

COMMANDS = (
    ("jury", "import", "{file}", "--certification", "RNCP35080"),
    ("jury", "import", "{file}", "--certification", "RNCP35080", "--check"),
    ("jury", "import", "{sample}", "--certification", "RNCP35080", "--map", "{file}", "--check"),
    ("certification", "import", "{file}"),
    ("verify", "{file}", "--json", "--offline"),
    ("trust", "add", "did:web:a.example", "--name", "A", "--did", "{file}"),
    ("audit", "verify", "{file}", "--json"),
    ("audit", "verify", "--roots", "{file}", "--json"),
)

TAKES_FILES = frozenset(
    {"/verify", "/registre/saisie", "/registre/delivrances/lot", "/vc-api/credentials/verify"}
)
OFTEN = 0.4

_FIELD = re.compile(r"""(?:form|files)\.(?:get|getlist)\(\s*["']([a-z_]+)["']""")
_DRAFT = re.compile(r"/registre/saisie/(D-[A-Z0-9]{8})")
_FOLLOWED = frozenset(range(300, 400))


class NoLimits:
    """Lets a stranger come back as often as chance has it."""

    def allow(self, act: LimitedAct, who: str) -> bool:
        """Allow it."""
        return bool(act) and who != ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong at a place."""

    place: str
    what: str


@dataclass(slots=True)
class Places:
    """A whole service with the sample record issued, and how to hand something in at each place."""

    folder: Path
    app: Flask
    crew: Crew
    client: FlaskClient
    token: str
    known: dict[str, str]
    fields: tuple[str, ...]
    seen: dict[str, int] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)

    def come_back(self) -> None:
        """Sign in again: chance has signed out, or changed the password."""
        self.client = self.crew.browser(self.app, EVERYTHING)
        self.token = csrf(self.client)

    def rules(self) -> list[Rule]:
        """Give every route that takes something in."""
        return sorted(
            (rule for rule in self.app.url_map.iter_rules() if {"POST", "PUT"} & (rule.methods or set())),
            key=str,
        )

    def at_a_page(self, chance: Random, name: str, data: bytes) -> Trouble | None:
        """Hand something in at one of the routes, and read the page to which it leads."""
        rules = self.rules()
        takes_files = [rule for rule in rules if str(rule) in TAKES_FILES]
        rule = chance.choice(takes_files if takes_files and chance.random() < OFTEN else rules)
        place = self._address(chance, rule)
        self.seen[str(rule)] = self.seen.get(str(rule), 0) + 1
        if str(rule).startswith(STUDENT_API):
            sent = self._to_program(chance, data)
            place += chance.choice(
                ("?certification=RNCP35080", "?certification=RNCP35080&check=1", "?check=x", "")
            )
        else:
            # At the desk a body without the form's token is refused before it is read: now and then is enough.
            bodies = 0.05 if str(rule).startswith(("/registre", "/moi")) else 0.5
            sent = (self._body if chance.random() < bodies else self._form)(chance, name, data)
        try:
            answer = self.client.open(place, method="POST", **sent)  # type: ignore[arg-type]  # werkzeug's own
            hops = 0
            while answer.status_code in _FOLLOWED and hops < 3:
                answer = self.client.get(answer.headers["Location"])
                hops += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            return Trouble(str(rule), f"raised {type(error).__name__}: {str(error)[:200]}")
        self.answers[answer.status_code] += 1
        draft = _DRAFT.search(answer.request.path)
        if draft is not None:
            self.known["draft_id"] = draft.group(1)
        if answer.request.path.startswith("/registre/entrer"):
            self.come_back()
        if answer.status_code >= 500 and answer.status_code != 503:
            return Trouble(str(rule), f"answered {answer.status_code}")
        return Trouble(str(rule), "showed a traceback") if b"Traceback (most" in answer.data else None

    def at_a_command(self, chance: Random, name: str, data: bytes) -> Trouble | None:
        """Hand something in to one of the commands."""
        command = chance.choice(COMMANDS)
        file = self.folder / re.sub(r"[^A-Za-z0-9.-]", "_", name)
        file.write_bytes(data)
        sample = self.folder / "sample.csv"
        arguments = [part.replace("{file}", str(file)).replace("{sample}", str(sample)) for part in command]
        place = " ".join(command)
        self.seen[place] = self.seen.get(place, 0) + 1
        settings_in_force.cache_clear()
        blank = dict.fromkeys(SETTINGS, "")
        environment = {
            **blank,
            "PARCHEMIN_DATA": str(self.folder / "data"),
            "PARCHEMIN_BASE_URL": self.known["base"],
        }
        result = CliRunner(env=environment).invoke(main, arguments, prog_name="parchemin")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            return Trouble(place, f"raised {type(result.exception).__name__}: {str(result.exception)[:200]}")
        fault = "Traceback (most" in result.stderr or "program.fault" in result.stderr
        return Trouble(place, result.stderr[:300]) if fault else None

    def _address(self, chance: Random, rule: Rule) -> str:
        values = {
            name: self.known[name] if name in self.known and chance.random() < 0.8 else "x"
            for name in rule.arguments
        }
        with self.app.test_request_context(base_url=self.known["base"]):
            return rule.build(values, append_unknown=False)[1]  # type: ignore[index]  # a rule that takes these

    def _form(self, chance: Random, name: str, data: bytes) -> dict[str, object]:
        text = data[:20_000].decode("utf-8", chance.choice(("replace", "surrogateescape", "ignore")))
        form: dict[str, object] = {"csrf": self.token}
        for each in chance.sample(self.fields, k=min(len(self.fields), chance.randint(0, 5))):
            form[each] = chance.choice(
                (text, fragment(chance).decode("utf-8", "replace"), self._word(chance))
            )
        form = {key: str(value).encode("utf-8", "replace").decode() for key, value in form.items()}
        if chance.random() < 0.9:
            shown = chance.choice((name, "a.csv", "é\u202e.pdf", "x" * 300, "../../a.json", "a.png"))
            form[chance.choice(("file", "file", "files", "document"))] = (BytesIO(data), shown)
            # Encoded here: the client would leave a temporary file behind.
            boundary, body = encode_multipart(form)
            kind = f'multipart/form-data; boundary="{boundary}"'
            return {"data": body, "content_type": kind, "base_url": self.known["base"]}
        return {"data": form, "base_url": self.known["base"]}

    def _body(self, chance: Random, _name: str, data: bytes) -> dict[str, object]:
        kinds = (
            "application/json",
            "application/vc",
            "application/jwt",
            "image/png",
            "text/csv",
            "text/plain",
            "",
        )
        member = chance.choice((b"verifiableCredential", b"verifiablePresentation"))
        wrapped = b'{"' + member + b'": ' + data + b', "options": {}}' if chance.random() < 0.6 else data
        return {
            "data": wrapped,
            "content_type": kinds[0] if chance.random() < 0.6 else chance.choice(kinds),
            "base_url": self.known["base"],
        }

    def _to_program(self, chance: Random, data: bytes) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {self.known['program']}"}
        if chance.random() < 0.5:
            headers["Idempotency-Key"] = str(chance.randint(0, 40))
        kind = chance.choice(("text/csv", "application/json"))
        return {"data": data, "content_type": kind, "headers": headers, "base_url": self.known["base"]}

    def _word(self, chance: Random) -> str:
        words = (
            "revoke",
            "suspend",
            "replace",
            "erreur-materielle",
            "etat-civil",
            "perte",
            "1",
            "on",
            "c-1-2",
        )
        return chance.choice((*words, *self.known.values()))


def set_places(folder: Path) -> Places:
    """Found the service in an empty folder.

    Args:
        folder: Where its data goes.
    """
    settings = stage_settings(folder / "data", "http://localhost:8123")
    office = issued_office(settings)
    crew = open_crew(office, folder / "data", limits=NoLimits())
    crew.everybody()
    crew.add(EVERYTHING, list(Role))
    desk = public_desk(crew.office)
    app = create_app(
        desk,
        holders=holder_desk(crew.office, web_post(settings, crew.office, lambda _line: None), NoLimits()),
        sharing=sharing_desk(crew.office, desk),
        codes=code_desk(crew.office),
        doubts=doubt_desk(crew.office),
        limits=NoLimits(),
        receipts=receipt_desk(settings, crew.office),
        roots=evidence_desk(crew.office),
        staff=crew.counter,
        lifecycle=lifecycle_desk(crew.office, desk),
        season=season_desk(crew.office),
        legal=legal_desk(crew.office),
        programs=student_system(crew.office, NoLimits()),
    )
    client = crew.browser(app, EVERYTHING)
    award = find_awards(office)[0]
    known = {
        "base": "http://localhost:8123",
        "number": award.number,
        "token": award.token,
        "code": "RNCP35080",
        "login": "rene.sansrole",
        "candidate": award.candidate_id,
        "program": new_program(crew.office, "fuzz", list(Scope), actor="test"),
    }
    (folder / "sample.csv").write_bytes(b"session,id\n1,2\n")
    return Places(folder, app, crew, client, csrf(client), known, tuple(sorted(_fields())))


def _fields() -> Iterator[str]:
    """Give the names of all fields that some page reads."""
    found = set()
    for file in Path(issuer.web.__file__).parent.rglob("*.py"):
        found |= set(_FIELD.findall(file.read_text("utf-8")))
    yield from found - {"csrf", "file"}
