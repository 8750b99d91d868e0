"""Hashes, codes and seals: what each is worth, and what a broken one is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from issuer.adapters.staff import KEY_FILE, Argon2Passwords, FileVault, Totp
from issuer.errors import ConfigurationError

QUICK = Argon2Passwords(memory_kib=8, passes=1)


def test_a_real_hash_costs_what_is_advised() -> None:
    assert Argon2Passwords().hash("x").startswith("$argon2id$v=19$m=47104,t=2,p=1$")


def test_a_password_fits_its_own_hash_alone() -> None:
    kept = QUICK.hash("un cheval bleu")
    assert kept != QUICK.hash("un cheval bleu")
    assert QUICK.fits(kept, "un cheval bleu")
    assert not QUICK.fits(kept, "un cheval vert")


@pytest.mark.parametrize("kept", [None, "", "$argon2id$broken"])
def test_where_no_hash_is_kept_nothing_fits(kept: str | None) -> None:
    assert not QUICK.fits(kept, "no account, and the same work all the same")
    assert not QUICK.fits(kept, "\ud800")


# RFC 6238, appendix B, SHA-1: the last six of its eight digits.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert Totp().step_of(b"12345678901234567890", code, at) == seconds // 30
    assert Totp().step_of(b"12345678901234567890", f" {code[:3]} {code[3:]}", at) == seconds // 30


@pytest.mark.parametrize("code", ["", "28708", "2870820", "-87082", "²87082", "２８７０８２", "287082\x00"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert Totp().step_of(b"12345678901234567890", code, datetime.fromtimestamp(59, UTC)) is None


def test_a_sealed_secret_opens_under_its_own_name_and_key_alone(tmp_path: Path) -> None:
    vault = FileVault(tmp_path)
    sealed = vault.seal("camille", b"secret")
    assert FileVault(tmp_path).open("camille", sealed) == b"secret"
    assert b"secret" not in sealed
    assert vault.open("claude", sealed) is None
    assert vault.open("camille", sealed[:-1] + bytes([sealed[-1] ^ 1])) is None
    assert vault.open("camille", b"") is None
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    (tmp_path / "other").mkdir()
    assert FileVault(tmp_path / "other").open("camille", sealed) is None


@pytest.mark.parametrize("content", ["", "00", "not hex", "00" * 31])
def test_a_broken_key_file_says_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / KEY_FILE).write_text(content)
    with pytest.raises(ConfigurationError, match="one-time codes") as caught:
        FileVault(tmp_path).seal("camille", b"secret")
    assert caught.value.where == KEY_FILE
