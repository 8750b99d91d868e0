"""Whatever bytes somebody hands in at the desk: a page that says what to do, never a fault of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.quick_keys import quick_keys
from tests.support.season import ENTERS, Browser, draft_of, open_season, with_people

__all__ = ["quick_keys"]

HEADER = b"session;date_decision;id_candidat;nom;prenoms;composant;decision;reference_pv\n"
CONTENT = st.one_of(
    st.binary(min_size=1, max_size=300),
    st.binary(max_size=200).map(lambda tail: HEADER + tail),
    st.lists(st.text(max_size=15), min_size=8, max_size=8).map(
        lambda cells: HEADER + ";".join(cells).encode("utf-8", "replace")
    ),
)
NAME = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\'), min_size=1, max_size=20
)


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory, quick_keys: None) -> Browser:
    return with_people(open_season(tmp_path_factory.mktemp("hostile"))).browser(ENTERS)


@given(content=CONTENT, name=NAME)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_get_a_page(entry: Browser, content: bytes, name: str) -> None:
    answer = entry.upload(name, content)
    assert answer.status_code in {200, 400, 413}
    assert answer.mimetype == "text/html"
    if answer.status_code == 200:
        assert entry.get(f"/registre/saisie/{draft_of(answer)}/erreurs.csv").status_code == 200


@given(fields=st.dictionaries(st.from_regex(r"c-[0-9]{1,8}-[0-9]{1,5}\Z"), st.text(max_size=10), max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_of_corrections_gets_a_page(entry: Browser, fields: dict[str, str]) -> None:
    answer = entry.upload("f.csv", HEADER + b"S2024-06;2024-06-20;C001;a;b;RNCP35080BC01;V;PV\n")
    corrected = entry.post(f"/registre/saisie/{draft_of(answer)}/corrections", seen="0", **fields)
    assert corrected.status_code in {200, 400, 409}
    assert corrected.mimetype == "text/html"
