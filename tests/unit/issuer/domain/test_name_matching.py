"""A typed name designates the holder or does not; half of it, or more than it, never does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.domain.name_matching import PersonName, designates

HELENE = PersonName("Hélène Marie", ["Marchand-Delvaux"])
OUSMANE = PersonName("Ousmane", ["N'Diaye-Lefort"])
ZOE = PersonName("Zoé", ["Le Guennec", "Le Guennec-Roux"])
SURYANI = PersonName("", ["Suryani"])
ELOI = PersonName("Jean-Baptiste Éloi", ["d’Aubigné-Œuvray"])
DU = PersonName("Anne", ["Du"])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Hélène Marchand-Delvaux", HELENE),
        ("MARCHAND DELVAUX HELENE", HELENE),
        ("Mme Marchand-Delvaux, Hélène Marie", HELENE),
        ("marchand delvaux  hélène", HELENE),
        ("Ousmane N’Diaye Lefort", OUSMANE),
        ("n diaye-lefort ousmane", OUSMANE),
        ("Zoé Le Guennec", ZOE),
        ("Zoe Guennec", ZOE),
        ("Guennec Roux Zoé", ZOE),
        ("Zoé Le Guennec, nom d’usage Le Guennec-Roux", ZOE),
        ("suryani", SURYANI),
        ("Jean Aubigne Oeuvray", ELOI),
        ("Jean-Baptiste d'Aubigné-Œuvray", ELOI),
        ("Anne Du", DU),
    ],
)
def test_the_name_as_people_write_it(typed: str, name: PersonName) -> None:
    assert designates(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", HELENE),
        ("Hélène", HELENE),
        ("Marchand-Delvaux", HELENE),
        ("Hélène Marchand", HELENE),
        ("Hélène Marchand-Delvaux Dupont", HELENE),
        ("Marie Marchand-Delvaux", HELENE),
        ("Helena Marchand-Delvaux", HELENE),
        ("Zoé", ZOE),
        ("Zoé Roux", ZOE),
        ("Zoé Guennec Guennec Guennec", ZOE),
        ("Le", ZOE),
        ("Anne", DU),
        ("Suryani Suryani", SURYANI),
        ("…", HELENE),
        ("*", HELENE),
        ("%", SURYANI),
        ("Ali", PersonName("Ali", ["Durand", "-"])),
    ],
)
def test_what_is_not_the_name(typed: str, name: PersonName) -> None:
    assert not designates(typed, name)


names = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=2, max_size=12).filter(
    lambda text: not unicodedata.decimal(text[0], None)
)


@given(first=names, family=names, shout=st.booleans(), turned=st.booleans())
def test_any_name_is_found_whatever_its_case_and_order(
    first: str, family: str, shout: bool, turned: bool
) -> None:
    typed = f"{family} {first}" if turned else f"{first} {family}"
    assert designates(typed.upper() if shout else typed, PersonName(first, [family]))


@given(typed=st.text(max_size=300))
def test_no_text_designates_a_person_without_a_name(typed: str) -> None:
    assert not designates(typed, PersonName("", [""]))
