"""The one door from a view to the service."""

from typing import cast

from flask import Flask, current_app

from issuer.ports import PublicDesk

_KEY = "parchemin.public_desk"


def open_door(app: Flask, desk: PublicDesk) -> None:
    """Hand the service to the application; once, when it is made."""
    app.extensions[_KEY] = desk


def public_desk() -> PublicDesk:
    """Give the service to a view."""
    return cast("PublicDesk", current_app.extensions[_KEY])
