"""The WSGI entry point that ``parchemin serve`` hands to its workers; the one key it reads seals receipts."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from issuer.bootstrap import (
    code_desk,
    condition_of,
    doubt_desk,
    evidence_desk,
    fetcher_for,
    fiche_desk,
    holder_desk,
    legal_desk,
    letter_desk,
    lifecycle_desk,
    metrics_word,
    open_office,
    public_desk,
    rate_limits,
    receipt_desk,
    season_desk,
    sharing_desk,
    staff_desk,
    student_system,
    web_post,
)
from issuer.config import PASSPHRASE_SETTINGS, load_settings
from issuer.errors import ConfigurationError
from issuer.services.securing import InstitutionSigner
from issuer.web import create_app
from issuer.web.measures import log_to_standard_error


def application() -> Flask:
    """Build the application for one worker process.

    Raises:
        ServiceError: The settings or the data folder are not usable.
    """
    log_to_standard_error()
    settings = load_settings(os.environ, Path.cwd())
    for name in PASSPHRASE_SETTINGS:
        os.environ.pop(name, None)
    office = open_office(replace(settings, passphrase=None, passphrase_file=None), _no_passphrase)
    office = replace(office, open_signer=_no_signer)
    desk, limits = public_desk(office, fetcher_for(settings, office)), rate_limits()
    app = create_app(
        desk,
        holders=holder_desk(office, web_post(settings, office, _say), limits),
        sharing=sharing_desk(office, desk),
        codes=code_desk(office),
        doubts=doubt_desk(office),
        limits=limits,
        roots=evidence_desk(office),
        receipts=receipt_desk(settings, office),
        staff=staff_desk(settings, office, limits),
        season=season_desk(office),
        lifecycle=lifecycle_desk(office, desk),
        legal=legal_desk(office),
        programs=student_system(office, limits),
        fiches=fiche_desk(office),
        letters=letter_desk(office),
        condition=condition_of(settings, office),
        metrics_word=metrics_word(settings),
    )
    return trusting_proxies(app, settings.proxies)


def trusting_proxies(app: Flask, proxies: int) -> Flask:
    """Have an application take a reader's address from what its own proxies say; needed for the limits alone.

    Args:
        app: The application.
        proxies: How many stand before it. With none, nothing that a request says of its origin is believed.
    """
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask's own guide does
            app.wsgi_app, x_for=proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0
        )
    return app


def _say(line: str) -> None:
    """Tell the operator of a mail that did not go, and in a demonstration where its link leads."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _no_signer() -> InstitutionSigner:
    """Refuse: the pages sign no credential, so a web process never opens the signing key."""
    raise _refusal()


def _no_passphrase() -> str:
    """Refuse: nor does it ask for its passphrase."""
    raise _refusal()


def _refusal() -> ConfigurationError:
    return ConfigurationError(
        "key.not_for_the_web",
        "a web process never opens the signing key",
        where="serve",
        remedy="sign with: parchemin issue or parchemin revoke",
    )
