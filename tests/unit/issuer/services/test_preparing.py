"""Signed forms are made once, where the key is, of awards in force alone."""

from dataclasses import replace

import pytest

from credentials.report import Verdict
from issuer.bootstrap import exporter, public_desk
from issuer.domain.award import AwardKind, AwardState, WithdrawalReason
from issuer.errors import ConfigurationError
from issuer.ports import ExportFormat
from issuer.services.exporting import Exporter
from issuer.services.preparing import prepare
from issuer.services.register import find_awards, verify_audit
from issuer.services.securing import InstitutionSigner
from issuer.services.withdrawing import suspend
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli


@pytest.fixture
def maker(issued: Cli) -> Exporter:
    return exporter(open_desk(issued.folder))


def test_every_award_in_force_gets_its_forms_and_each_verifies(maker: Exporter) -> None:
    awards = find_awards(maker.office)
    titles = sum(award.kind is AwardKind.TITLE for award in awards)
    told: list[tuple[int, int]] = []

    done = prepare(maker, actor="scolarite", progress=lambda made, all_: told.append((made, all_)))

    assert (done.made, done.refused) == (len(awards) + titles, [])
    assert told[-1] == (done.made, done.made)
    desk = public_desk(maker.office)
    with maker.office.store.reading() as registry:
        for award in awards:
            kept = registry.prepared(award.number)
            wanted = (
                [ExportFormat.CLR, ExportFormat.JWT] if award.kind is AwardKind.TITLE else [ExportFormat.JWT]
            )
            assert [each.form for each in kept] == wanted
            assert all(desk.check(each.body).verdict is Verdict.VALID for each in kept[:1])
    assert verify_audit(maker.office).faults == []


def test_a_second_run_makes_nothing_and_opens_no_key(maker: Exporter) -> None:
    prepare(maker, actor="scolarite")

    def nobody() -> InstitutionSigner:
        raise ConfigurationError("key.asked", "the key was asked for", where="test", remedy="-")

    again = prepare(replace(maker, office=replace(maker.office, open_signer=nobody)), actor="scolarite")

    assert (again.made, again.refused) == (0, [])


def test_the_key_is_opened_once(maker: Exporter) -> None:
    opened = []

    def counted() -> InstitutionSigner:
        opened.append(1)
        return maker.office.open_signer()

    prepare(replace(maker, office=replace(maker.office, open_signer=counted)), actor="scolarite")

    assert opened == [1]


def test_what_is_not_in_force_is_left_out_and_a_title_over_it_is_refused(maker: Exporter) -> None:
    title = next(award for award in find_awards(maker.office) if award.kind is AwardKind.TITLE)
    block = next(
        award
        for award in find_awards(maker.office, title.candidate_id)
        if award.kind is AwardKind.BLOCK and award.state is AwardState.VALID
    )
    suspend(maker.office, block.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")

    done = prepare(maker, actor="scolarite")

    assert done.refused == [(title.number, ExportFormat.CLR, "export.not_in_force")]
    with maker.office.store.reading() as registry:
        assert registry.prepared(block.number) == []
        assert [each.form for each in registry.prepared(title.number)] == [ExportFormat.JWT]
