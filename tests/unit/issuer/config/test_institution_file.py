"""The institution's file is read strictly, and every fault is said at once."""

from pathlib import Path

import pytest

from issuer.adapters.institution_file import INSTITUTION_FILE, read_institution, shipped_institution
from issuer.domain.institution import LegalNotice
from issuer.errors import ConfigurationError

SHIPPED = shipped_institution().decode()


def read(folder: Path, text: str | bytes) -> ConfigurationError:
    (folder / INSTITUTION_FILE).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ConfigurationError) as caught:
        read_institution(folder)
    assert caught.value.where == INSTITUTION_FILE
    assert caught.value.remedy
    return caught.value


def test_the_shipped_file_is_read_and_says_demonstration(tmp_path: Path) -> None:
    (tmp_path / INSTITUTION_FILE).write_text(SHIPPED, encoding="utf-8")

    institution = read_institution(tmp_path)

    assert institution.demonstration
    assert [signatory.name for signatory in institution.signatories] == [
        "A. Lemaire, directrice déléguée (fictive)"
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("parchemin-institution/1", "other/1", "schema"),
        ('url: "https://cnam.fr"', 'url: "http://cnam.fr"', "url"),
        ('name: "Conservatoire', 'nom: "Conservatoire', "nom"),
        ('"#7a1f2b"', '"red"', "accent"),
        ('"19753471200017"', "19753471200017", "ext:SIRET"),
        ("logo: null", "logo: ../x.svg", "theme.logo"),
        ("logo: null", "logo: missing.svg", "theme.logo"),
        ("signatories:", "signatories: 7\nx:", "signatories"),
        ("delivery_place: null", "delivery_place: 75003", "delivery_place"),
        ("registry_mail: null", "registry_mail: La scolarité", "registry_mail"),
        ("registry_mail: null", "registry_mail: [a@example.org]", "registry_mail"),
        ("legal:\n  address: null ", "legal:\n  adresse: null ", "adresse"),
        ("  host: null", "  host: [OVH]", "host"),
        ("  dpo: null", '  dpo: " "', "dpo"),
        ("legal:\n", "legal: 7\nx:\n", "legal"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert SHIPPED.count(before) == 1

    error = read(tmp_path, SHIPPED.replace(before, after))

    assert error.code == "institution.invalid"
    assert told in error.message


def test_what_the_legal_notice_names_is_read_and_may_be_left_out(tmp_path: Path) -> None:
    file = tmp_path / INSTITUTION_FILE
    file.write_text(SHIPPED.replace("  dpo: null", '  dpo: "Le délégué (fictif)"'), encoding="utf-8")
    assert read_institution(tmp_path).legal == LegalNotice(dpo="Le délégué (fictif)")

    before, _legal, rest = SHIPPED.partition("legal:\n")
    file.write_text(before + rest[rest.index("# Un procès-verbal") :], encoding="utf-8")
    assert read_institution(tmp_path).legal == LegalNotice()


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    error = read(tmp_path, "schema: x\nname: 7\ntheme: []\n")

    for place in ("schema", "name", "short_name", "url", "identifiers", "contact", "signatories", "theme"):
        assert place in error.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just text",
        "[",
        "a: 2024-13-45",
        "a: &x [1]\nb: *x",
        "name: a\nname: b",
        b"\xff",
        "[" * 3000,
        'a: "\\ud800"',
        "- 1",
    ],
    ids=range(10),
)
def test_what_is_no_such_file_is_refused_in_one_line(tmp_path: Path, text: str | bytes) -> None:
    error = read(tmp_path, text)

    assert "\n" not in error.message
    assert str(tmp_path) not in error.message


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_institution(tmp_path)

    assert caught.value.code == "institution.unreadable"
    assert "No such file" in caught.value.message


@pytest.mark.parametrize("logo", ["<svg><script>x</script></svg>", "x" * 60_001])
def test_a_logo_with_a_script_or_too_large_is_refused(tmp_path: Path, logo: str) -> None:
    (tmp_path / "logo.svg").write_text(logo)

    assert "theme.logo" in read(tmp_path, SHIPPED.replace("logo: null", "logo: logo.svg")).message
