"""The only wiring: settings, register, keys, pictures and services into one office and one public desk."""

from issuer.bootstrap.passphrases import SHORTEST_PASSPHRASE, Prompt
from issuer.bootstrap.signing_keys import (
    KEY_TYPE_NAMES,
    KeyLine,
    SuiteLine,
    key_lines,
    new_key,
    suite_lines,
)
from issuer.bootstrap.wiring import (
    exporter,
    fetcher_for,
    found_office,
    is_founded,
    open_office,
    public_desk,
    shipped_certifications,
)

__all__ = [
    "KEY_TYPE_NAMES",
    "SHORTEST_PASSPHRASE",
    "KeyLine",
    "Prompt",
    "SuiteLine",
    "exporter",
    "fetcher_for",
    "found_office",
    "is_founded",
    "key_lines",
    "new_key",
    "open_office",
    "public_desk",
    "shipped_certifications",
    "suite_lines",
]
