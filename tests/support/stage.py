"""A whole service with one award in each state, made by the acts that make them.

What no act makes on the same day (a document that is not yet in force, a list that cannot be read…) is
taken from the fake desk, so that every page can be seen beside the others.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask

from issuer.bootstrap import (
    code_desk,
    doubt_desk,
    exporter,
    found_office,
    holder_desk,
    public_desk,
    rate_limits,
    receipt_desk,
    sharing_desk,
    web_post,
)
from issuer.cli.jury import take_file
from issuer.config import Settings, load_settings
from issuer.domain.award import Award, AwardKind, AwardState, ReplacementReason, WithdrawalReason
from issuer.domain.short_code import grouped
from issuer.ports import (
    ClosedLink,
    Entry,
    LimitedAct,
    PictureFormat,
    PublicDesk,
    Published,
    RateLimits,
)
from issuer.ports.sharing import HOLDER, ShareTerm
from issuer.samples import sample_files
from issuer.services.desk import Desk
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.planning import approve, make_plan
from issuer.services.preparing import prepare
from issuer.services.register import find_awards
from issuer.services.replacing import replace_award
from issuer.services.space.links import switch_link
from issuer.services.space.shares import close_share, open_share
from issuer.services.withdrawing import revoke, suspend
from issuer.web import create_app
from tests.support.retouching import retouched
from tests.support.stage_desk import FAKED, with_fakes

ADDRESS = "https://diplomes.exemple.fr"
PERSON = "C001"
"""Whose title and blocks all stand: what a reader and a graduate see of somebody to whom nothing happened."""
SUSPENDED = "C008"
"""Whose blocks are in every state."""
RENAMED = "C012"
"""Who handed in a new name."""
_ACTOR = "scolarite"
_ERROR, _DECIDED = WithdrawalReason.MATERIAL_ERROR, WithdrawalReason.JURY_OR_COURT
_LONG_AGO = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Stage:
    """A service in which every state can be seen.

    Attributes:
        office: The service behind it.
        app: The pages, as a worker process serves them.
        tokens: The last part of each link, by the name of its state; a printed code under ``code``.
        files: Documents to hand in at ``/verify``, by name.
        settings: What is in force; the mails are in its data folder.
        awards: The awards of :data:`PERSON`, the title first.
        secrets: Single-use entries to a space, by name.
    """

    office: Office
    app: Flask
    tokens: Mapping[str, str]
    files: Mapping[str, bytes]
    settings: Settings
    awards: Sequence[Award]
    secrets: Mapping[str, str] = field(default_factory=dict)


def set_stage(folder: Path) -> Stage:
    """Found a service in an empty folder, issue the sample record, and bring about every state.

    Args:
        folder: Where its data goes.
    """
    settings = stage_settings(folder, ADDRESS)
    office = issued_office(settings)
    tokens = _act(office)
    desk = public_desk(office)
    app = whole_app(settings, office, with_fakes(desk), _NoLimits())
    files = dict(_files(desk, tokens)) | {"recu": _receipt(app, tokens)}
    return Stage(office, app, tokens, files, settings, _of_person(office), _entries(office))


def stage_settings(folder: Path, address: str) -> Settings:
    """Give the settings of a service in a folder.

    Args:
        folder: Where its data goes.
        address: The service's own address.
    """
    return load_settings({"PARCHEMIN_DATA": str(folder), "PARCHEMIN_BASE_URL": address}, folder)


def issued_office(settings: Settings) -> Office:
    """Found a service and issue all that the sample record gives the right to."""
    office, _new = found_office(
        settings, lambda: "a stage, thrown away", actor=_ACTOR, rules_day=date(2026, 11, 24), four_eyes=False
    )
    for name, content in sample_files().items():
        take_file(office, content, name, accept_valid=True, actor=_ACTOR)
    _fiche, plan = make_plan(office, None, None)
    approved = approve(office, plan.digest, certification=None, session=None, actor=_ACTOR)
    issue(office, [approved], actor=_ACTOR)
    return office


def whole_app(
    settings: Settings, office: Office, desk: PublicDesk | None = None, limits: RateLimits | None = None
) -> Flask:
    """Make the application that a worker process serves: mails go to a folder.

    Args:
        settings: What is in force.
        office: The service.
        desk: What the public pages ask; the office's own by default.
        limits: How often strangers may try; those of the service by default.
    """
    own, limits = public_desk(office), limits or rate_limits()
    return create_app(
        desk or own,
        holders=holder_desk(office, web_post(settings, office, lambda _line: None), limits),
        sharing=sharing_desk(office, own),
        codes=code_desk(office),
        doubts=doubt_desk(office),
        limits=limits,
        receipts=receipt_desk(settings, office),
    )


class _NoLimits:
    """Lets a browser come back as often as there are tests."""

    def allow(self, act: LimitedAct, who: str) -> bool:
        return bool(act) and who != ""


def _receipt(app: Flask, tokens: Mapping[str, str]) -> bytes:
    return bytes(app.test_client().get(f"/v/{tokens['titre']}/receipt.json").data)


def _entries(office: Office) -> Mapping[str, str]:
    """Keep ways into the space: open ones, and such as open nothing."""
    now = office.clock.now()
    with office.store.writing() as registry:
        for name, person in (("session", PERSON), ("session-suspendu", SUSPENDED)):
            for secret in (name, f"{name}-avant"):
                registry.keep_session(Entry(_digest(secret), person, now, now + timedelta(hours=1)))
        registry.keep_session(Entry(_digest("session-fete"), RENAMED, now, now + timedelta(hours=1)))
        registry.keep_entry(Entry(_digest("bon"), PERSON, now, now + timedelta(hours=1)))
        registry.keep_entry(Entry(_digest("servi"), PERSON, now, now + timedelta(hours=1), now))
        registry.keep_entry(Entry(_digest("fini"), PERSON, now - _LONG_AGO, now))
    return {name: name for name in ("session", "session-suspendu", "session-fete", "bon", "servi", "fini")}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _act(office: Office) -> Mapping[str, str]:
    """Bring about each state by the act that makes it."""
    replaced = _rename(office)
    title, *own_blocks = _of_person(office)
    awards = [award for award in find_awards(office) if award.state is AwardState.VALID]
    others = [award for award in awards if award.candidate_id not in {PERSON, RENAMED}]
    titles = [award for award in others if award.kind is AwardKind.TITLE]
    # What happens to a block shows on its person's title too: those of the titles shown are left alone.
    seen = {award.candidate_id for award in titles[:3]}
    blocks = [award for award in others if award.kind is AwardKind.BLOCK and award.candidate_id not in seen]
    revoke(office, titles[0].number, _ERROR, None, actor=_ACTOR)
    revoke(office, titles[1].number, _DECIDED, None, actor=_ACTOR)
    suspend(office, titles[2].number, _DECIDED, None, actor=_ACTOR)
    revoke(office, blocks[0].number, _DECIDED, None, actor=_ACTOR)
    suspend(office, blocks[1].number, _DECIDED, None, actor=_ACTOR)
    switch_link(office, blocks[2].number, opened=False, by=HOLDER)
    switch_link(office, blocks[3].number, opened=False, by=_ACTOR)
    prepare(exporter(office), actor=_ACTOR)
    shown = {
        "titre": title,
        "bloc": own_blocks[0],
        "retire": titles[0],
        "retire-jury": titles[1],
        "suspendu": titles[2],
        "remplace": replaced,
        "bloc-retire": blocks[0],
        "bloc-suspendu": blocks[1],
        "titre-mixte": titles[3],
        "lien-desactive": blocks[2],
        "lien-desactive-scolarite": blocks[3],
    }
    return {
        **{name: award.token for name, award in shown.items()},
        **{f"numero-{name}": award.number for name, award in shown.items()},
        **_shares(office, title, own_blocks),
        **_code(office, title),
        **{name: name for name in FAKED},
    }


def _rename(office: Office) -> Award:
    """Hand in a person's new name and replace their awards; give the old title, or the first old block."""
    content = sample_files()["candidats.csv"].decode()
    renamed = re.sub(rf"^({RENAMED},)([^,]*),", r"\1Lefèvre,", content, flags=re.MULTILINE)
    olds = [award for award in find_awards(office, RENAMED) if award.state is AwardState.VALID]
    old = next((award for award in olds if award.kind is AwardKind.TITLE), olds[0])
    take_file(
        office, renamed.encode(), "candidats-2.csv", accept_valid=True, accept_changes=True, actor=_ACTOR
    )
    replace_award(office, old.number, ReplacementReason.CIVIL_STATUS, None, actor=_ACTOR)
    return old


def _shares(office: Office, title: Award, blocks: Sequence[Award]) -> Mapping[str, str]:
    whole = [title.number, *(block.number for block in blocks)]
    month, label = ShareTerm.MONTH, "Candidature"
    several = open_share(office, PERSON, whole, month, "Mairie de Lyon")
    one = open_share(office, PERSON, [title.number], ShareTerm.UNLIMITED, label)
    stopped = open_share(office, PERSON, [title.number], month, "Agence")
    close_share(office, PERSON, stopped.id)
    ended = open_share(_days_ago(office), PERSON, [title.number], ShareTerm.WEEK, "Stage")
    return {
        "partage": several.token,
        "partage-seul": one.token,
        "partage-arrete": stopped.token,
        "partage-termine": ended.token,
    }


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A clock that is late."""

    office: Office

    def now(self) -> datetime:
        return self.office.clock.now() - _LONG_AGO


def _days_ago(office: Office) -> Office:
    return replace(office, clock=_Earlier(office))


def _code(office: Office, award: Award) -> Mapping[str, str]:
    with office.store.reading() as registry:
        code = registry.short_code(award.number)
    assert code is not None
    return {"code": grouped(code)}


def _of_person(office: Office) -> Sequence[Award]:
    return sorted(
        find_awards(office, PERSON), key=lambda award: (award.kind is AwardKind.BLOCK, award.number)
    )


def _body(found: Published | ClosedLink | None) -> bytes:
    assert isinstance(found, Published)
    return found.body


def _files(desk: Desk, tokens: Mapping[str, str]) -> Mapping[str, bytes]:
    original = _body(desk.credential(tokens["titre"]))
    altered = re.sub(rb'("hashed":false,"identityHash":")', rb"\1Jean ", original, count=1)
    if altered == original:
        document = json.loads(original)
        document["credentialSubject"]["achievement"]["name"] += " (mention bien)"
        altered = json.dumps(document, ensure_ascii=False).encode()
    paper = _body(desk.paper(tokens["titre"]))
    unsigned = {key: value for key, value in json.loads(original).items() if key != "proof"}
    return {
        "titre": original,
        "retire": _body(desk.credential(tokens["retire"])),
        "parchemin": paper,
        "parchemin-bloc": _body(desk.paper(tokens["bloc"])),
        "parchemin-retouche": retouched(paper),
        "badge": _body(desk.picture(tokens["bloc"], PictureFormat.BADGE_PNG)),
        "modifie": altered,
        "sans-signature": json.dumps(unsigned, ensure_ascii=False).encode(),
        "etablissement-inconnu": b'{"a":"inconnu"}',
        "sans-etat": b'{"a":"sans-etat"}',
        "cle-absente": b'{"a":"cle-absente"}',
        "illisible": b"ceci n\xe2\x80\x99est pas un certificat",
    }
