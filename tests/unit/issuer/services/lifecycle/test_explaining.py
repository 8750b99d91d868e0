"""What an employer sees is explained from whatever they have in hand, in every state."""

import pytest

from credentials.report import Verdict
from issuer.bootstrap import public_desk
from issuer.domain.award import Award, AwardState, ReplacementReason, StatusPurpose, WithdrawalReason
from issuer.domain.short_code import grouped
from issuer.errors import NotFoundError
from issuer.ports import ClosedLink, ShareState
from issuer.ports.explaining import Explained, Reference
from issuer.ports.sharing import HOLDER, ShareTerm
from issuer.services.explaining import deciding_checks, explain
from issuer.services.office import Office
from issuer.services.space.links import switch_link
from issuer.services.space.shares import close_share, open_share
from issuer.services.withdrawing import reinstate, revoke, suspend
from tests.unit.issuer.services.test_replacing import FORMER, NEW, rename, replace_all

ERROR = WithdrawalReason.MATERIAL_ERROR


def told(office: Office, reference: str) -> Explained:
    return explain(office, public_desk(office), reference)


def test_link_number_and_code_lead_to_the_same(office: Office, block: Award) -> None:
    with office.store.reading() as registry:
        code = registry.short_code(block.number) or ""
    ways = {
        block.number: Reference.NUMBER,
        block.credential_id: Reference.LINK,
        f" {block.credential_id}?lang=en ": Reference.LINK,
        block.token: Reference.LINK,
        code: Reference.CODE,
        grouped(code).lower(): Reference.CODE,
    }
    for reference, kind in ways.items():
        found = told(office, reference)
        (explained,) = found.awards
        assert (found.reference, found.status, explained.award) == (kind, 200, block)
        assert explained.page.report.verdict is Verdict.VALID
        assert deciding_checks(explained.page.report) == []


@pytest.mark.parametrize(
    "reference",
    ["", "2020-000001", "https://example.org/v/" + "A" * 22, "A" * 22, "2222-2222-2222", "x" * 9999],
)
def test_what_is_not_ours_is_said_with_the_page_that_an_employer_gets(office: Office, reference: str) -> None:
    with pytest.raises(NotFoundError, match="404") as caught:
        told(office, reference)
    assert caught.value.code == "explain.nothing"
    # A link opens a page for whoever has it: it is not repeated.
    assert "AAAA" not in str(caught.value.where)


def test_each_state_is_explained_by_the_check_that_makes_it_and_by_what_the_list_says(
    office: Office, block: Award
) -> None:
    suspend(office, block.number, ERROR, "en attente du jury", actor="a")
    (suspended,) = told(office, block.number).awards
    reinstate(office, block.number, ERROR, None, actor="b")
    revoke(office, block.number, WithdrawalReason.JURY_OR_COURT, None, actor="c")
    (revoked,) = told(office, block.number).awards

    assert [check.code for check in deciding_checks(suspended.page.report)] == ["status.suspended"]
    assert [check.code for check in deciding_checks(revoked.page.report)] == ["status.revoked"]
    (before,), (after,) = suspended.lists, revoked.lists
    assert (before.purpose, before.bit, before.named) == (StatusPurpose.REVOCATION, False, True)
    assert (after.bit, after.index) == (True, block.status_index)
    assert [(line.state, line.by, line.note) for line in revoked.history] == [
        (AwardState.SUSPENDED, "a", "en attente du jury"),
        (AwardState.VALID, "b", None),
        (AwardState.REVOKED, "c", None),
    ]
    assert [(key.id, key.state) for key in revoked.keys] == [(f"{office.did}#key-1", "active")]


@pytest.mark.parametrize(
    ("by", "closed"), [(HOLDER, ClosedLink.LINK_OFF), ("scolarite", ClosedLink.LINK_OFF_BY_REGISTRY)]
)
def test_a_link_that_is_off_answers_410_and_says_who_switched_it(
    office: Office, block: Award, by: str, closed: ClosedLink
) -> None:
    switch_link(office, block.number, opened=False, by=by)
    found = told(office, block.credential_id)
    assert (found.status, found.awards[0].document_status, found.awards[0].closed) == (410, 410, closed)
    switch_link(office, block.number, opened=True, by="scolarite")
    assert told(office, block.credential_id).status == 200


def test_both_sides_of_a_replacement_are_known_inside(office: Office, title: Award) -> None:
    rename(office, FORMER, NEW)
    pair = next(each for each in replace_all(office) if each.old.number == title.number)
    (old,), (new,) = told(office, pair.old.number).awards, told(office, pair.new.number).awards
    assert (old.page_status, old.document_status) == (200, 410)
    assert old.replaced_by is not None
    assert (old.replaced_by.new, old.replaced_by.reason) == (pair.new.number, ReplacementReason.CIVIL_STATUS)
    assert new.replaces is not None
    assert new.replaces.old == pair.old.number
    assert [line.state for line in old.history] == [AwardState.REPLACED]


def test_a_share_leads_to_all_that_it_shows_and_says_when_it_is_over(
    office: Office, title: Award, block: Award
) -> None:
    share = open_share(office, "K0001", [title.number, block.number], ShareTerm.MONTH, "Mairie")
    link = f"{office.base_url}/s/{share.token}"
    for reference in (link, link.partition("://")[2], f"{link}?lang=en"):
        found = told(office, reference)
        assert (found.reference, found.status) == (Reference.SHARE, 200)
        assert [each.award.number for each in found.awards] == [title.number, block.number]
        assert found.awards[0].shares == [found.share]
        assert "Mairie" not in str(found.share)

    close_share(office, "K0001", share.id)

    ended = told(office, link)
    assert ended.status == 410
    assert ended.share is not None
    assert ended.share.state is ShareState.CLOSED
