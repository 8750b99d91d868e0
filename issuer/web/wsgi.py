"""The WSGI entry point that ``parchemin serve`` hands to its workers; reads the settings, never a key."""

import os
from pathlib import Path

from flask import Flask

from issuer.bootstrap import open_office, public_desk
from issuer.config import load_settings
from issuer.errors import ConfigurationError
from issuer.web import create_app


def application() -> Flask:
    """Build the application for one worker process.

    Raises:
        ServiceError: The settings or the data folder are not usable.
    """
    return create_app(public_desk(open_office(load_settings(os.environ, Path.cwd()), _no_passphrase)))


def _no_passphrase() -> str:
    """Refuse: the pages sign nothing, so a web process never needs the signing key."""
    raise ConfigurationError(
        "key.not_for_the_web",
        "a web process never opens the signing key",
        where="serve",
        remedy="sign with: parchemin issue or parchemin revoke",
    )
