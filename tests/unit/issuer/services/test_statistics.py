"""Annual figures: what is published lets nobody be counted out."""

from hypothesis import given
from hypothesis import strategies as st

from issuer.services.statistics import SMALLEST_SHOWN, YearFigures, masked, statistics
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli

FIGURES = st.integers(0, 60).flatmap(
    lambda certified: st.builds(
        YearFigures,
        st.just("RNCP35080"),
        st.just(2025),
        st.just(certified),
        st.integers(0, certified),
        st.integers(0, 200),
    )
)


@given(FIGURES)
def test_no_small_number_is_published_nor_told_by_the_others(figures: YearFigures) -> None:
    shown = masked(figures)
    for value in (shown.certified, shown.by_experience, shown.blocks):
        assert value is None or value == 0 or value >= SMALLEST_SHOWN
    if shown.certified is not None and shown.by_experience is not None:
        others = shown.certified - shown.by_experience
        assert others == 0 or others >= SMALLEST_SHOWN


@given(FIGURES)
def test_what_is_published_is_true(figures: YearFigures) -> None:
    shown = masked(figures)
    assert shown.certified in {None, figures.certified}
    assert shown.by_experience in {None, figures.by_experience}
    assert shown.blocks in {None, figures.blocks}


def test_a_withdrawn_title_counts_no_more(issued: Cli) -> None:
    office = open_desk(issued.folder)
    before = sum(each.certified for each in statistics(office))
    with office.store.reading() as registry:
        title = next(award for award in registry.awards() if award.kind.value == "title")
    issued.good("revoke", title.number, "--reason", "decision-jury-ou-juge")
    assert sum(each.certified for each in statistics(office)) == before - 1


def test_titles_by_experience_are_counted_apart(issued: Cli) -> None:
    figures = statistics(open_desk(issued.folder))
    assert 0 < sum(each.by_experience for each in figures) < sum(each.certified for each in figures)
