"""Settings: the environment wins, an unknown name is refused, an address is one that a link can name."""

from pathlib import Path

import pytest

from credentials.multikey import KeyType
from credentials.proofs.registry import signing_suite, suite_names
from issuer.config import SETTINGS, check_base_url, load_settings
from issuer.domain.award import StatusPurpose
from issuer.domain.mail_server import parse_mail_server
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
    ("text", "suites"),
    [
        ("", [("eddsa-rdfc-2022", KeyType.ED25519)]),
        ("eddsa-rdfc-2022:Ed25519", [("eddsa-rdfc-2022", KeyType.ED25519)]),
        (
            " ecdsa-rdfc-2019 , eddsa-jcs-2022",
            [("ecdsa-rdfc-2019", KeyType.P256), ("eddsa-jcs-2022", KeyType.ED25519)],
        ),
        (
            "ecdsa-jcs-2019:P-384,ecdsa-jcs-2019",
            [("ecdsa-jcs-2019", KeyType.P384), ("ecdsa-jcs-2019", KeyType.P256)],
        ),
    ],
)
def test_suites_are_named_in_the_order_of_their_proofs(
    tmp_path: Path, text: str, suites: list[tuple[str, KeyType]]
) -> None:
    settings = load_settings({"PARCHEMIN_SUITES": text}, tmp_path)

    assert [(suite.name, suite.key_type) for suite in settings.suites] == suites


@pytest.mark.parametrize(("text", "number"), [("", 0), ("0", 0), ("1", 1), ("5", 5)])
def test_the_number_of_proxies_is_a_figure_from_0_to_5(tmp_path: Path, text: str, number: int) -> None:
    assert load_settings({"PARCHEMIN_PROXIES": text}, tmp_path).proxies == number


def test_every_suite_that_we_sign_under_can_be_set_with_each_of_its_key_types(tmp_path: Path) -> None:
    for name in suite_names():
        for key_type in signing_suite(name).key_types:
            text = f"{name}:{key_type.algorithm}"
            (suite,) = load_settings({"PARCHEMIN_SUITES": text}, tmp_path).suites
            assert (suite.name, suite.key_type) == (name, key_type)
            assert load_settings({"PARCHEMIN_SUITES": suite.label}, tmp_path).suites == (suite,)


@pytest.mark.parametrize(
    ("environment", "file", "code", "where"),
    [
        ({"PARCHEMIN_COLOUR": "x"}, "", "config.unknown", "PARCHEMIN_COLOUR (environment)"),
        ({}, 'colour = "x"', "config.unknown", "colour (parchemin.toml)"),
        ({}, 'LOCALE = "en"', "config.unknown", "LOCALE (parchemin.toml)"),
        ({}, 'Locale = "en"', "config.unknown", "Locale (parchemin.toml)"),
        ({}, 'parchemin_locale = "en"', "config.unknown", "parchemin_locale (parchemin.toml)"),
        ({}, 'PARCHEMIN_LOCALE = "en"', "config.unknown", "PARCHEMIN_LOCALE (parchemin.toml)"),
        ({}, "locale = 7", "config.value", "locale (parchemin.toml)"),
        ({}, "[locale]", "config.value", "locale (parchemin.toml)"),
        ({}, "locale = ", "config.unreadable", "parchemin.toml"),
        ({"PARCHEMIN_LOCALE": "de"}, "", "config.value", "PARCHEMIN_LOCALE"),
        ({"PARCHEMIN_SUITES": "ed25519"}, "", "config.value", "PARCHEMIN_SUITES"),
        ({"PARCHEMIN_SUITES": "eddsa-rdfc-2022,"}, "", "config.value", "PARCHEMIN_SUITES"),
        ({"PARCHEMIN_SUITES": ","}, "", "config.value", "PARCHEMIN_SUITES"),
        ({"PARCHEMIN_SUITES": "ecdsa-sd-2023"}, "", "config.value", "PARCHEMIN_SUITES"),
        ({"PARCHEMIN_SUITES": "Ed25519Signature2020"}, "", "config.value", "PARCHEMIN_SUITES"),
        ({"PARCHEMIN_SUITES": "eddsa-rdfc-2022:P-256"}, "", "config.value", "PARCHEMIN_SUITES"),
        (
            {"PARCHEMIN_SUITES": "ecdsa-rdfc-2019,ecdsa-rdfc-2019:P-256"},
            "",
            "config.value",
            "PARCHEMIN_SUITES",
        ),
        ({"PARCHEMIN_PROXIES": "6"}, "", "config.value", "PARCHEMIN_PROXIES"),
        ({"PARCHEMIN_PROXIES": "-1"}, "", "config.value", "PARCHEMIN_PROXIES"),
        ({"PARCHEMIN_PROXIES": "01"}, "", "config.value", "PARCHEMIN_PROXIES"),
        ({"PARCHEMIN_PROXIES": "²"}, "", "config.value", "PARCHEMIN_PROXIES"),
        ({}, "proxies = 1", "config.value", "proxies (parchemin.toml)"),
        ({"PARCHEMIN_STATUS_PURPOSES": "suspension"}, "", "config.value", "PARCHEMIN_STATUS_PURPOSES"),
        ({"PARCHEMIN_STATUS_PURPOSES": "revocation,"}, "", "config.value", "PARCHEMIN_STATUS_PURPOSES"),
        ({"PARCHEMIN_STATUS_PURPOSES": "message"}, "", "config.value", "PARCHEMIN_STATUS_PURPOSES"),
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


@pytest.mark.parametrize("name", ["colour", "LOCALE", "PARCHEMIN_LOCALE"])
def test_an_unknown_line_of_the_file_is_answered_with_the_names_that_the_file_knows(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "parchemin.toml").write_text(f'{name} = "en"\n')

    with pytest.raises(ConfigurationError) as caught:
        load_settings({}, tmp_path)

    known = caught.value.remedy.partition(": ")[2].split(", ")
    assert known == [setting.removeprefix("PARCHEMIN_").lower() for setting in SETTINGS]
    for good in known:
        (tmp_path / "parchemin.toml").write_text(f"{good} = 7\n")
        with pytest.raises(ConfigurationError, match="text between quotes"):
            load_settings({}, tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("eddsa-rdfc-2022, ed25519", ("'ed25519'", "not a cryptosuite")),
        ("EDDSA-RDFC-2022", ("'EDDSA-RDFC-2022'", "not a cryptosuite")),
        (":P-256", ("':P-256'", "not a cryptosuite")),
        ("ecdsa-rdfc-2019:P-521", ("'ecdsa-rdfc-2019:P-521'", "P-256 or P-384")),
        ("eddsa-rdfc-2022:P-256", ("'eddsa-rdfc-2022:P-256'", "takes Ed25519")),
        ("ecdsa-rdfc-2019,ecdsa-rdfc-2019:P-256", ("'ecdsa-rdfc-2019:P-256'", "already")),
        ("eddsa-rdfc-2022,,ecdsa-rdfc-2019", ("missing", "comma")),
        ("x" * 5000, ("'" + "x" * 60 + "'",)),
    ],
)
def test_the_faulty_part_of_the_suites_is_named_with_its_fault(
    tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"PARCHEMIN_SUITES": text}, tmp_path)

    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert "'eddsa-rdfc-2022'" not in str(caught.value)
    assert "ecdsa-jcs-2019" in caught.value.remedy


def test_a_settings_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parchemin.toml").write_bytes(b"\xff\xfe")

    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings({}, tmp_path)


@pytest.mark.parametrize(
    ("text", "purposes"),
    [
        ("revocation", (StatusPurpose.REVOCATION,)),
        ("revocation,suspension", (StatusPurpose.REVOCATION, StatusPurpose.SUSPENSION)),
        ("revocation, suspension", (StatusPurpose.REVOCATION, StatusPurpose.SUSPENSION)),
    ],
)
def test_awards_name_the_list_of_withdrawals_and_that_of_suspensions_where_asked_for(
    tmp_path: Path, text: str, purposes: tuple[StatusPurpose, ...]
) -> None:
    assert load_settings({"PARCHEMIN_STATUS_PURPOSES": text}, tmp_path).status_purposes == purposes


def test_the_passphrase_is_not_shown(tmp_path: Path) -> None:
    settings = load_settings({"PARCHEMIN_KEY_PASSPHRASE": "a long and secret sentence"}, tmp_path)

    assert "secret" not in repr(settings)


def test_a_mail_server_is_read_with_its_account_and_never_shown_with_it(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "PARCHEMIN_SMTP_URL": "smtp://desk:a%40b%3Ac@mail.example.org",
            "PARCHEMIN_MAIL_FROM": "scolarite@example.org",
        },
        tmp_path,
    )

    server = settings.mail_server
    assert server is not None
    assert (server.host, server.port, server.user, server.password) == (
        "mail.example.org",
        587,
        "desk",
        "a@b:c",
    )
    assert server.shown == "smtp://…@mail.example.org:587"
    assert "a@b:c" not in repr(settings)
    assert settings.mail_from == "scolarite@example.org"


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://mail.example.org", 587, False, True),
        ("smtps://mail.example.org", 465, True, False),
        ("smtp://localhost:25", 25, False, False),
        ("smtp://127.0.0.1:2525/", 2525, False, False),
        ("smtp://[::1]", 587, False, False),
        ("smtp://10.0.0.7", 587, False, True),
    ],
)
def test_encryption_is_required_unless_the_server_is_this_machine(
    url: str, port: int, tls: bool, starttls: bool
) -> None:
    server = parse_mail_server(url)

    assert server is not None
    assert (server.port, server.tls, server.starttls) == (port, tls, starttls)
    assert parse_mail_server(server.shown) == server


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://user@host", "smtp://h:99999", "smtp://h:0",
     "smtp://h/inbox", "smtp://h?x=1", "smtp://h#x", "smtp://u:s3cret@h h"],
)  # fmt: skip
def test_any_other_mail_server_is_refused_without_a_word_of_it(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"PARCHEMIN_SMTP_URL": url, "PARCHEMIN_MAIL_FROM": "a@example.org"}, tmp_path)

    assert (caught.value.code, caught.value.where) == ("config.value", "PARCHEMIN_SMTP_URL")
    assert "s3cret" not in caught.value.message + caught.value.remedy


@pytest.mark.parametrize(
    "sender", ["", "scolarité", "La scolarité <a@example.org>", "a@example.org, b@example.org"]
)
def test_a_mail_server_needs_one_address_to_send_from(sender: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(
            {"PARCHEMIN_SMTP_URL": "smtp://mail.example.org", "PARCHEMIN_MAIL_FROM": sender}, tmp_path
        )

    assert (caught.value.code, caught.value.where) == ("config.value", "PARCHEMIN_MAIL_FROM")
