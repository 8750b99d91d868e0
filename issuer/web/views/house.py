"""The house's own pages: help for employers, and what the law asks a public service to say of itself."""

from datetime import date
from typing import Final

from flask import Blueprint, render_template

views = Blueprint("house", __name__)

ACCESSIBILITY_STATED_ON: Final = date(2026, 11, 24)
"""Day on which the tests that the accessibility statement tells of were made last."""


@views.get("/employeurs")
def employers() -> str:
    """Tell who recruits how to check a document, and what to make of each answer."""
    return render_template("house/employers.html")


@views.get("/mentions-legales")
def legal() -> str:
    """Name the publisher, who answers for the pages, and the host."""
    return render_template("house/legal.html")


@views.get("/confidentialite")
def privacy() -> str:
    """Say which data are kept of whom, why, on which ground and for how long.

    Spec: GDPR, articles 6(1), 13 and 17(3).
    """
    return render_template("house/privacy.html")


@views.get("/accessibilite")
def accessibility() -> str:
    """State how accessible the pages are known to be: not at all, until somebody has audited them.

    Spec: Law 2005-102, article 47; decree 2019-768; RGAA 4.1.
    """
    return render_template("house/accessibility.html", stated_on=ACCESSIBILITY_STATED_ON)
