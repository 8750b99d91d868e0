"""The WSGI entry point that ``parchemin serve`` hands to its workers; reads the settings, never a key."""

import os
from dataclasses import replace
from pathlib import Path

from flask import Flask

from issuer.bootstrap import fetcher_for, open_office, public_desk
from issuer.config import PASSPHRASE_SETTINGS, load_settings
from issuer.errors import ConfigurationError
from issuer.services.securing import InstitutionSigner
from issuer.web import create_app


def application() -> Flask:
    """Build the application for one worker process.

    Raises:
        ServiceError: The settings or the data folder are not usable.
    """
    settings = load_settings(os.environ, Path.cwd())
    for name in PASSPHRASE_SETTINGS:
        os.environ.pop(name, None)
    office = open_office(replace(settings, passphrase=None, passphrase_file=None), _no_passphrase)
    desk = public_desk(replace(office, open_signer=_no_signer), fetcher_for(settings, office))
    return create_app(desk)


def _no_signer() -> InstitutionSigner:
    """Refuse: the pages sign nothing, so a web process never opens the signing key."""
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
