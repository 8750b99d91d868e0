"""The one door from a view to the service."""

from typing import cast

from flask import Flask, current_app

from issuer.ports import CodeDesk, HolderDesk, PublicDesk, RateLimits
from issuer.ports.doubts import DoubtDesk
from issuer.ports.receipts import ReceiptDesk
from issuer.ports.sharing import SharingDesk

_KEY = "parchemin.public_desk"
_HOLDERS = "parchemin.holder_desk"
_SHARING = "parchemin.sharing_desk"
_CODES = "parchemin.code_desk"
_LIMITS = "parchemin.rate_limits"
_RECEIPTS = "parchemin.receipt_desk"
_DOUBTS = "parchemin.doubt_desk"


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
