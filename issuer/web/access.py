"""The one door from a view to the service."""

from typing import cast

from flask import Flask, current_app

from issuer.ports import CodeDesk, HolderDesk, PublicDesk, RateLimits
from issuer.ports.doubts import DoubtDesk
from issuer.ports.evidence import EvidenceDesk
from issuer.ports.lifecycle import LifecycleDesk
from issuer.ports.receipts import ReceiptDesk
from issuer.ports.sharing import SharingDesk
from issuer.ports.staff_desk import StaffDesk
from issuer.ports.watch import Condition
from issuer.services.fiches.desk import FicheDesk
from issuer.services.legal_desk import LegalDesk
from issuer.services.letters import Letters
from issuer.services.programs import StudentSystem
from issuer.services.season.desk import SeasonDesk
from issuer.web.measures import Measures

_KEY = "parchemin.public_desk"
_HOLDERS = "parchemin.holder_desk"
_SHARING = "parchemin.sharing_desk"
_CODES = "parchemin.code_desk"
_LIMITS = "parchemin.rate_limits"
_RECEIPTS = "parchemin.receipt_desk"
_DOUBTS = "parchemin.doubt_desk"
_EVIDENCE = "parchemin.evidence_desk"
_STAFF = "parchemin.staff_desk"
_LEGAL = "parchemin.legal_desk"
_LIFECYCLE = "parchemin.lifecycle_desk"
_SEASON = "parchemin.season_desk"
_PROGRAMS = "parchemin.student_system"
_FICHES = "parchemin.fiche_desk"
_LETTERS = "parchemin.letters"
_CONDITION = "parchemin.condition"
_MEASURES = "parchemin.measures"
_METRICS_WORD = "parchemin.metrics_word"


def open_door(app: Flask, desk: PublicDesk) -> None:
    """Hand the service to the application; once, when it is made."""
    app.extensions[_KEY] = desk


def public_desk() -> PublicDesk:
    """Give the service to a view."""
    return cast("PublicDesk", current_app.extensions[_KEY])


def open_space(app: Flask, desk: HolderDesk) -> None:
    """Hand the graduates' space to the application; once, when it is made."""
    app.extensions[_HOLDERS] = desk


def has_space() -> bool:
    """Say whether this application has a graduates' space."""
    return _HOLDERS in current_app.extensions


def holder_desk() -> HolderDesk:
    """Give the graduates' space to a view of it."""
    return cast("HolderDesk", current_app.extensions[_HOLDERS])


def open_sharing(app: Flask, desk: SharingDesk) -> None:
    """Hand what holders show to others to the application; once, when it is made."""
    app.extensions[_SHARING] = desk


def has_sharing() -> bool:
    """Say whether holders can show their awards to others here."""
    return _SHARING in current_app.extensions


def sharing_desk() -> SharingDesk:
    """Give what holders show to others to a view."""
    return cast("SharingDesk", current_app.extensions[_SHARING])


def open_codes(app: Flask, desk: CodeDesk, limits: RateLimits) -> None:
    """Hand the answers to short codes to the application, and what limits them; once, when it is made."""
    app.extensions[_CODES], app.extensions[_LIMITS] = desk, limits


def has_codes() -> bool:
    """Say whether short codes are answered here."""
    return _CODES in current_app.extensions


def code_desk() -> CodeDesk:
    """Give the answers to short codes to a view."""
    return cast("CodeDesk", current_app.extensions[_CODES])


def rate_limits() -> RateLimits:
    """Give the limits on a stranger's tries to a view."""
    return cast("RateLimits", current_app.extensions[_LIMITS])


def open_receipts(app: Flask, desk: ReceiptDesk) -> None:
    """Hand what seals and judges receipts to the application; once, when it is made."""
    app.extensions[_RECEIPTS] = desk


def has_receipts() -> bool:
    """Say whether receipts are judged here."""
    return _RECEIPTS in current_app.extensions


def gives_receipts() -> bool:
    """Say whether receipts can be had here: there is a key for them."""
    return has_receipts() and receipt_desk().seals


def receipt_desk() -> ReceiptDesk:
    """Give what seals and judges receipts to a view."""
    return cast("ReceiptDesk", current_app.extensions[_RECEIPTS])


def open_doubts(app: Flask, desk: DoubtDesk, limits: RateLimits) -> None:
    """Hand what takes doubts to the application, and what limits them; once, when it is made."""
    app.extensions[_DOUBTS], app.extensions[_LIMITS] = desk, limits


def has_doubts() -> bool:
    """Say whether doubts can be reported here."""
    return _DOUBTS in current_app.extensions


def doubt_desk() -> DoubtDesk:
    """Give what takes doubts to a view."""
    return cast("DoubtDesk", current_app.extensions[_DOUBTS])


def open_desk(app: Flask, desk: StaffDesk) -> None:
    """Hand the door of the registrar's desk to the application; once, when it is made."""
    app.extensions[_STAFF] = desk


def has_staff_desk() -> bool:
    """Say whether this application has a registrar's desk."""
    return _STAFF in current_app.extensions


def staff_desk() -> StaffDesk:
    """Give the door of the registrar's desk to a view of it."""
    return cast("StaffDesk", current_app.extensions[_STAFF])


def open_season(app: Flask, desk: SeasonDesk) -> None:
    """Hand a season's work to the application; once, when it is made."""
    app.extensions[_SEASON] = desk


def season_desk() -> SeasonDesk:
    """Give a season's work to a view of the desk."""
    return cast("SeasonDesk", current_app.extensions[_SEASON])


def open_lifecycle(app: Flask, desk: LifecycleDesk) -> None:
    """Hand the awards, the orders and the to-do list to the registrar's desk; once, when it is made."""
    app.extensions[_LIFECYCLE] = desk


def lifecycle_desk() -> LifecycleDesk:
    """Give the awards, the orders and the to-do list to a view of the registrar's desk."""
    return cast("LifecycleDesk", current_app.extensions[_LIFECYCLE])


def open_legal(app: Flask, desk: LegalDesk | None) -> None:
    """Hand the legal exports to the registrar's desk, where it has any; once, when it is made."""
    app.extensions[_LEGAL] = desk


def legal_desk() -> LegalDesk:
    """Give the legal exports to a view of the registrar's desk."""
    return cast("LegalDesk", current_app.extensions[_LEGAL])


def open_evidence(app: Flask, desk: EvidenceDesk | None) -> None:
    """Hand the published roots to the application, where it has any; once, when it is made."""
    app.extensions[_EVIDENCE] = desk


def evidence_desk() -> EvidenceDesk | None:
    """Give the published roots to a view, or None."""
    return cast("EvidenceDesk | None", current_app.extensions[_EVIDENCE])


def open_monitoring(
    app: Flask, condition: Condition | None, measures_of_process: Measures, word: str | None
) -> None:
    """Hand what monitoring asks to the application; once, when it is made."""
    app.extensions[_CONDITION] = condition
    app.extensions[_MEASURES] = measures_of_process
    app.extensions[_METRICS_WORD] = word


def condition() -> Condition | None:
    """Give the condition of the service to a view, or None."""
    return cast("Condition | None", current_app.extensions[_CONDITION])


def measures() -> Measures:
    """Give what this process counts."""
    return cast("Measures", current_app.extensions[_MEASURES])


def metrics_word() -> str | None:
    """Give the word that opens the figures to other machines, or None."""
    return cast("str | None", current_app.extensions[_METRICS_WORD])


def open_programs(app: Flask, desk: StudentSystem) -> None:
    """Hand what programs of the student system ask to the application; once, when it is made."""
    app.extensions[_PROGRAMS] = desk


def student_system() -> StudentSystem:
    """Give what programs of the student system ask to a view."""
    return cast("StudentSystem", current_app.extensions[_PROGRAMS])


def open_letters(app: Flask, desk: Letters) -> None:
    """Hand what prints letters to the registrar's desk; once, when it is made."""
    app.extensions[_LETTERS] = desk


def has_letters() -> bool:
    """Say whether this desk prints letters."""
    return _LETTERS in current_app.extensions


def letters() -> Letters:
    """Give what prints letters to a view of the registrar's desk."""
    return cast("Letters", current_app.extensions[_LETTERS])


def open_fiches(app: Flask, desk: FicheDesk) -> None:
    """Hand the certifications to the registrar's desk; once, when it is made."""
    app.extensions[_FICHES] = desk


def fiche_desk() -> FicheDesk:
    """Give the certifications to a view of the registrar's desk."""
    return cast("FicheDesk", current_app.extensions[_FICHES])
