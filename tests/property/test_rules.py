"""The rules for any record: the order never matters, twice is once, and nothing comes out of what was stopped."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from issuer.domain.award import AwardState
from issuer.domain.certification import Certification, IssueWhen, TitlePolicy
from issuer.domain.eligibility import Evaluation, TitleState, check_rows, evaluate
from issuer.domain.plan import ExistingAward, build_plan
from issuer.domain.records import Annulment, Candidate, JuryRecord, JurySession, ResultRow, Side, Tie
from tests.unit.issuer.domain.case_records import SIGNATORY, TODAY, rncp35080, sample_record, three_blocks
from tests.unit.issuer.domain.scenario import PERSON
from tests.unit.issuer.domain.test_sample_files import SAMPLES

WORDS = ["validé", "non validé", "absent", "attribué", "non attribué", "validé sous réserve", "??"]
IDS = ["C1", "C2", "C3"]
DAYS = st.dates(date(2020, 6, 1), date(2027, 12, 31)) | st.sampled_from(
    [date(2025, 11, 18), date(2025, 11, 19)]
)


@st.composite
def certifications(draw: st.DrawFn) -> Certification:
    fiche = draw(st.sampled_from([rncp35080(), three_blocks()]))
    return replace(
        fiche,
        issue_when=draw(st.sampled_from(list(IssueWhen))),
        title_policy=draw(st.sampled_from(list(TitlePolicy))),
    )


def _whole(fiche: Certification, person: Candidate, session: JurySession, first: int) -> list[ResultRow]:
    """Give every block of the fiche and its title in one session, without which few titles would be granted."""
    words = [*((block.code, "validé") for block in fiche.blocks), (fiche.code, "attribué")]
    return [
        ResultRow(
            source="c.csv",
            number=first + index,
            session=session.id,
            decision_date=session.on,
            decision_date_text=session.on.isoformat(),
            candidate_id=person.id,
            family_name=person.birth_name,
            given_names=person.given_names,
            component=component,
            decision=word,
        )
        for index, (component, word) in enumerate(words)
    ]


@st.composite
def records(draw: st.DrawFn, fiche: Certification) -> JuryRecord:
    routes = [route.key for route in fiche.access_routes]
    components = [*(block.code for block in fiche.blocks), fiche.code, "RNCP28720BC01", f"{fiche.code}BC77"]
    candidates = [
        Candidate(
            id=identifier,
            birth_name=draw(st.sampled_from(["Rivière", "Nguyễn"])),
            usage_name=None,
            given_names="Thomas",
            birth_date=draw(st.sampled_from([None, date(1988, 5, 2), date(1980 + number, 1, 1)])),
            route=draw(st.sampled_from(routes)),
            entry_date=draw(st.none() | DAYS),
            reentry_date=draw(st.none() | DAYS),
            deceased_on=draw(st.none() | st.none() | DAYS),
        )
        for number, identifier in enumerate(IDS)
    ]
    sessions = [
        JurySession(
            id=f"S{number}",
            certification=fiche.code,
            on=draw(DAYS),
            routes=draw(st.lists(st.sampled_from(routes), min_size=1, max_size=2, unique=True)),
            internal=draw(st.sampled_from([2, 6])),
            external=draw(st.sampled_from([1, 2, 3])),
            represents_head=True,
            president=draw(st.sampled_from([True, True, False])),
            signed=draw(st.sampled_from([True, True, False])),
            signatory=draw(st.sampled_from([SIGNATORY, SIGNATORY, "?"])),
            ties=draw(
                st.lists(
                    st.builds(Tie, st.sampled_from(IDS), st.sampled_from(list(Side)), recused=st.booleans()),
                    max_size=1,
                )
            ),
        )
        for number in range(3)
    ]
    rows = [
        ResultRow(
            source=draw(st.sampled_from(["a.csv", "b.csv"])),
            number=number,
            session=session.id,
            decision_date=session.on,
            decision_date_text=session.on.isoformat(),
            candidate_id=draw(st.sampled_from([*IDS, "", "C9"])),
            family_name=draw(st.sampled_from(["Rivière", "Nguyễn", "Nguy?n"])),
            given_names="Thomas",
            component=draw(st.sampled_from(components)),
            decision=draw(st.sampled_from(WORDS)),
            normalised=draw(st.lists(st.just("nom"), max_size=1)),
        )
        for number in range(draw(st.integers(0, 14)))
        for session in [draw(st.sampled_from(sessions))]
    ]
    for whole in draw(
        st.lists(st.tuples(st.sampled_from(candidates), st.sampled_from(sessions)), max_size=2)
    ):
        rows += _whole(fiche, *whole, first=len(rows) + 100)
    annulments = [
        Annulment(
            candidate_id=draw(st.sampled_from(IDS)),
            on=draw(DAYS),
            scope=draw(st.lists(st.sampled_from(components), min_size=1, max_size=3)),
            by=draw(st.sampled_from(["jury", "juge", "administration"])),
            ground="motif",
            reference=f"acte {number}",
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    return JuryRecord(candidates, sessions, rows, annulments)


def _evaluated(fiche: Certification, record: JuryRecord) -> Evaluation:
    return evaluate(fiche, record, today=TODAY, signatories=[SIGNATORY], issued={})


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_the_order_of_rows_people_sessions_and_acts_never_matters(data: st.DataObject) -> None:
    fiche = data.draw(certifications())
    record = data.draw(records(fiche))
    shuffled = JuryRecord(
        data.draw(st.permutations(record.candidates)),
        data.draw(st.permutations(record.sessions)),
        data.draw(st.permutations(record.rows)),
        data.draw(st.permutations(record.annulments)),
    )

    first, second = _evaluated(fiche, record), _evaluated(fiche, shuffled)
    assert first == second
    assert build_plan(fiche, first, []).digest == build_plan(fiche, second, []).digest
    assert check_rows(fiche, record, today=TODAY) == check_rows(fiche, shuffled, today=TODAY)


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_handing_in_everything_twice_changes_nothing(data: st.DataObject) -> None:
    fiche = data.draw(certifications())
    record = data.draw(records(fiche))
    twice = JuryRecord(
        [*record.candidates, *record.candidates],
        [*record.sessions, *record.sessions],
        [*record.rows, *record.rows],
        record.annulments,
    )

    assert _evaluated(fiche, twice) == _evaluated(fiche, record)


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_the_same_rows_under_another_file_name_give_the_same_rights_and_codes(data: st.DataObject) -> None:
    fiche = data.draw(certifications())
    record = data.draw(records(fiche))
    again = [replace(row, source=f"again-{row.source}") for row in record.rows]
    once, twice = _evaluated(fiche, record), _evaluated(fiche, replace(record, rows=[*record.rows, *again]))

    for one, two in zip(once.candidates, twice.candidates, strict=True):
        assert (one.title, one.title_date, [item.component for item in one.acquired]) == (
            two.title,
            two.title_date,
            [item.component for item in two.acquired],
        )
        assert [item.code for item in one.refusals] == [item.code for item in two.refusals]
        assert [item.code for item in one.warnings] == [item.code for item in two.warnings]
    assert len(build_plan(fiche, once, []).awards) == len(build_plan(fiche, twice, []).awards)


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_plan_holds_rights_only_once_each_and_none_after_it_is_issued(data: st.DataObject) -> None:
    fiche = data.draw(certifications())
    evaluation = _evaluated(fiche, data.draw(records(fiche)))
    plan = build_plan(fiche, evaluation, [])
    keys = [(award.candidate_id, award.component) for award in plan.awards]
    issued = [
        ExistingAward(
            number=f"2026-{number:06}",
            candidate_id=award.candidate_id,
            certification=fiche.code,
            kind=award.kind,
            component=award.component,
            decided_on=award.decided_on,
            session=award.session,
            state=data.draw(st.sampled_from(list(AwardState))),
        )
        for number, award in enumerate(plan.awards)
    ]

    assert len(keys) == len(set(keys))
    assert all(
        part.title is TitleState.GRANTED or fiche.code not in {award.component for award in planned.awards}
        for part, planned in zip(evaluation.candidates, plan.candidates, strict=True)
    )
    assert not build_plan(fiche, evaluation, issued).awards


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_title_is_granted_only_with_every_block_of_the_fiche(data: st.DataObject) -> None:
    fiche = data.draw(certifications())

    for part in _evaluated(fiche, data.draw(records(fiche))).candidates:
        acquired = {item.component for item in part.acquired}
        assert (part.title is TitleState.GRANTED) is (part.title_date is not None)
        if part.title in {TitleState.GRANTED, TitleState.PENDING_TITLE_DECISION}:
            assert acquired == set(fiche.required_blocks)


@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_the_sample_files_give_one_plan_in_any_order(data: st.DataObject) -> None:
    fiche = rncp35080()
    record = sample_record(SAMPLES, fiche)
    rows = data.draw(st.permutations(record.rows))

    def digest(of: JuryRecord) -> str:
        return build_plan(fiche, _evaluated(fiche, of), []).digest

    assert digest(replace(record, rows=rows)) == digest(record)


@given(on=DAYS, entry=DAYS)
@settings(deadline=None)
def test_entry_after_the_end_never_gives_anything_obtained_after_it(on: date, entry: date) -> None:
    fiche = rncp35080()
    expiry = fiche.registration.expiry_date
    person = replace(PERSON, entry_date=max(entry, expiry + timedelta(days=1)))
    session = JurySession(
        id="S",
        certification=fiche.code,
        on=max(on, expiry + timedelta(days=1)),
        routes=(person.route,),
        internal=2,
        external=2,
        represents_head=True,
        president=True,
        signed=True,
        signatory=SIGNATORY,
    )
    row = ResultRow(
        "pv", 2, "S", session.on, str(session.on), "C1", "Rivière", "Thomas", fiche.blocks[0].code, "validé"
    )

    [part] = _evaluated(fiche, JuryRecord([person], [session], [row])).candidates
    assert not part.acquired
    assert part.refusals


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_two_entries_of_one_name_and_birth_date_never_both_get_something(data: st.DataObject) -> None:
    fiche = data.draw(certifications())
    record = data.draw(records(fiche))
    session = record.sessions[0]
    first, second, _ = record.candidates
    twin = replace(first, id=second.id, birth_date=date(1988, 5, 2))
    people = [replace(first, birth_date=date(1988, 5, 2)), twin]
    rows = [*_whole(fiche, people[0], session, first=500), *_whole(fiche, twin, session, first=600)]
    doubled = replace(record, candidates=people, rows=[*record.rows, *rows])
    confirmed = replace(doubled, candidates=[people[0], replace(twin, not_same_as=(first.id,))])

    parts = _evaluated(fiche, doubled).candidates
    assert [(part.acquired, part.title) for part in parts] == [((), TitleState.HELD)] * 2
    assert not build_plan(fiche, _evaluated(fiche, doubled), []).awards
    assert "E-POSSIBLE-SAME-PERSON" not in {
        finding.code.id for part in _evaluated(fiche, confirmed).candidates for finding in part.refusals
    }


@given(data=st.data(), on=DAYS, days=st.integers(-900, 900).filter(bool), dated=st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_other_date_of_its_session_brings_an_annulled_decision_back(
    data: st.DataObject, on: date, days: int, dated: bool
) -> None:
    fiche = data.draw(certifications())
    session = replace(data.draw(records(fiche)).sessions[0], on=on)
    person = replace(PERSON, entry_date=None)
    moved = replace(session, on=on + timedelta(days=days))
    rows = _whole(fiche, person, session, first=2)
    again = _whole(fiche, person, moved, first=102)
    act = Annulment(
        candidate_id=person.id,
        on=on + timedelta(days=10),
        scope=[row.component for row in rows],
        by="juge",
        ground="motif",
        reference="acte",
        session_date=on if dated else None,
    )
    before = _evaluated(fiche, JuryRecord([person], [session], rows))
    after = _evaluated(fiche, JuryRecord([person], [moved], [*rows, *again], [act]))
    withdrawn = [
        ExistingAward(
            number=f"2026-{number:06}",
            candidate_id=award.candidate_id,
            certification=fiche.code,
            kind=award.kind,
            component=award.component,
            decided_on=award.decided_on,
            session=award.session,
            state=AwardState.REVOKED,
        )
        for number, award in enumerate(build_plan(fiche, before, []).awards)
    ]

    if act.on <= TODAY:
        assert not after.candidates[0].acquired
        assert after.candidates[0].title is not TitleState.GRANTED
    if withdrawn:
        unannulled = _evaluated(fiche, JuryRecord([person], [moved], [*rows, *again]))
        assert not {(item.component) for item in withdrawn} & {
            award.component for award in build_plan(fiche, unannulled, withdrawn).awards
        }
