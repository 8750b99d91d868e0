"""A software token for tests: SoftHSM 2, where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pkcs11
import pytest

_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
TOOL = shutil.which("softhsm2-util")
LIBRARY = next((Path(path) for path in _LIBRARIES if Path(path).is_file()), None)
needs_softhsm = pytest.mark.skipif(
    TOOL is None or LIBRARY is None, reason="SoftHSM 2 is not installed (apt-get install softhsm2)"
)

LABEL, PIN = "parchemin-essai", "482619"


@dataclass(frozen=True, slots=True)
class SoftToken:
    """A token that was made for one test."""

    module: Path
    folder: Path

    def settings(self, pin_file: Path) -> dict[str, str]:
        """Give the settings that lead to it."""
        pin_file.write_text(PIN + "\n", encoding="utf-8")
        return {
            "PARCHEMIN_PKCS11_MODULE": str(self.module),
            "PARCHEMIN_PKCS11_TOKEN": LABEL,
            "PARCHEMIN_PKCS11_PIN_FILE": str(pin_file),
        }

    def take_out(self) -> None:
        """Let its content vanish, as when a key is drawn from its socket."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()


@contextmanager
def soft_token(folder: Path) -> Iterator[SoftToken]:
    """Make a token in a folder; its library is told anew where tokens are, now and at the end."""
    assert LIBRARY is not None
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(configuration))
        make_token(LABEL)
        _look_again()
        yield SoftToken(LIBRARY, tokens)
        pkcs11.unload(str(LIBRARY))


def make_token(label: str) -> None:
    """Initialise a further token of the present configuration."""
    subprocess.run(
        [str(TOOL), "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "719355"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=dict(os.environ),
    )


def _look_again() -> None:
    pkcs11.lib(str(LIBRARY)).reinitialize()
