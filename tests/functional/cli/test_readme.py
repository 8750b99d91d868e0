"""The registrar's story in the README runs as it is written, command after command."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
COMMAND = ".venv/bin/parchemin"
IN_THE_PLACE_OF = {
    "make install": "true",  # the environment of this test run is the one that it would make
    "approve ID ": f"approve $({COMMAND} plan | sed -n 's/^next: parchemin approve //p') ",
    "revoke NUMBER ": f"revoke $({COMMAND} awards | head -n 1 | cut -d ' ' -f 1) ",
}


def registrars_commands() -> list[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"\*\*The registrar\.\*\*.*?```\n(.*?)```", readme, re.DOTALL)
    assert found
    return found[1].splitlines()


def fresh_clone(folder: Path) -> Path:
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / COMMAND).symlink_to(Path(sys.executable).parent / "parchemin")
    (folder / "issuer").mkdir()
    (folder / "issuer" / "samples").symlink_to(ROOT / "issuer" / "samples")
    return folder


def test_the_registrars_commands_run_one_after_another(tmp_path: Path) -> None:
    clone, home = fresh_clone(tmp_path / "clone"), tmp_path / "home"
    home.mkdir()
    script = "\n".join(registrars_commands())
    for written, run in IN_THE_PLACE_OF.items():
        assert script.count(written) == 1
        script = script.replace(written, run)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PARCHEMIN_")}

    ran = subprocess.run(
        ["/bin/sh", "-eux", "-c", script],
        cwd=clone,
        env={**plain, "HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert "https://diplomes.example.org/v/" in ran.stdout
    assert "is withdrawn" in ran.stderr
    assert (home / "parchemin-passphrase.txt").stat().st_mode & 0o777 == 0o600


def test_they_name_nothing_that_is_not_there() -> None:
    for path in re.findall(r"issuer/\S+", "\n".join(registrars_commands())):
        assert (ROOT / path).is_file(), path
