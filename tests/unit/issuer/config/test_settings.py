"""Settings: the environment wins, an unknown name is refused, an address is one that a link can name."""

from pathlib import Path

import pytest

from issuer.config import SETTINGS, check_base_url, load_settings
from issuer.errors import ConfigurationError

GOOD = (
    "http://localhost:8000", "http://localhost", "http://127.0.0.1:8000", "http://192.168.1.5:8000", "http://10.0.0.7",
    "http://printer.local:8000", "https://diplomes.example.org", "https://diplomes.example.org:8443",
)  # fmt: skip
BAD = (
    "", "example.org", "http://example.org", "http://8.8.8.8", "ftp://localhost", "https://", "https://a.example/path",
    "https://a.example?x", "https://a.example#x", "https://user@a.example", "https://A.example", "https://a b.example",
    "https://a.example:port", "https://a.example:99999", "https://[::1]:8000", "https://a_b.example", "https://-a.example",
    "https://é.example", 'https://a".example', "https://a.example:", "https://a.example:0443",
)  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_an_address_that_links_can_name_is_taken_without_its_last_slash(address: str) -> None:
    assert check_base_url(address) == address
    assert check_base_url(address + "/") == address


@pytest.mark.parametrize("address", BAD)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_base_url(address)

    assert (caught.value.code, caught.value.where) == ("config.value", "PARCHEMIN_BASE_URL")


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "parchemin.toml").write_text('locale = "en"\nbase_url = "https://file.example"\n')

    settings = load_settings({"PARCHEMIN_BASE_URL": "https://env.example", "HOME": "x"}, tmp_path)

    assert (settings.base_url, settings.locale) == ("https://env.example", "en")
    assert settings.data == Path("var")
    assert settings.database == Path("var", "parchemin.sqlite3")
    assert settings.origins == {
        **dict.fromkeys(SETTINGS, "default"),
        "PARCHEMIN_BASE_URL": "environment",
        "PARCHEMIN_LOCALE": "parchemin.toml",
    }


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    assert load_settings(dict.fromkeys(SETTINGS, ""), tmp_path) == load_settings({}, tmp_path)


@pytest.mark.parametrize(
    ("environment", "file", "code", "where"),
    [
        ({"PARCHEMIN_COLOUR": "x"}, "", "config.unknown", "PARCHEMIN_COLOUR (environment)"),
        ({}, 'colour = "x"', "config.unknown", "PARCHEMIN_COLOUR (parchemin.toml)"),
        ({}, "locale = 7", "config.value", "locale (parchemin.toml)"),
        ({}, "[locale]", "config.value", "locale (parchemin.toml)"),
        ({}, "locale = ", "config.unreadable", "parchemin.toml"),
        ({"PARCHEMIN_LOCALE": "de"}, "", "config.value", "PARCHEMIN_LOCALE"),
        ({"PARCHEMIN_DATABASE_URL": "postgresql://x"}, "", "config.value", "PARCHEMIN_DATABASE_URL"),
        ({"PARCHEMIN_DATABASE_URL": "sqlite:///"}, "", "config.value", "PARCHEMIN_DATABASE_URL"),
        ({"PARCHEMIN_DATABASE_URL": "sqlite:///:memory:"}, "", "config.value", "PARCHEMIN_DATABASE_URL"),
        ({"PARCHEMIN_DATABASE_URL": "sqlite:///a.db?mode=ro"}, "", "config.value", "PARCHEMIN_DATABASE_URL"),
    ],
)
def test_a_bad_setting_is_refused_with_its_place(
    tmp_path: Path, environment: dict[str, str], file: str, code: str, where: str
) -> None:
    (tmp_path / "parchemin.toml").write_text(file)

    with pytest.raises(ConfigurationError) as caught:
        load_settings(environment, tmp_path)

    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.remedy


def test_a_settings_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parchemin.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings({}, tmp_path)


def test_the_passphrase_is_not_shown(tmp_path: Path) -> None:
    settings = load_settings({"PARCHEMIN_KEY_PASSPHRASE": "a long and secret sentence"}, tmp_path)

    assert "secret" not in repr(settings)
