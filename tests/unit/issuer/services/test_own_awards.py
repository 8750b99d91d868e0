"""Which documents the register speaks of: those that bear an award's own link, spelled as we sign it."""

from collections.abc import Callable

import pytest

from credentials.json_input import parse_object, to_bytes
from credentials.report import CheckId, Verdict, VerificationReport
from issuer.bootstrap import public_desk
from issuer.domain.award import Award, WithdrawalReason
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.services.verification import award_named
from issuer.services.withdrawing import suspend
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli

SPELLINGS: dict[str, Callable[[Award], str]] = {
    "the token alone": lambda award: award.token,
    "without its scheme": lambda award: award.credential_id.partition("://")[2],
    "another scheme": lambda award: award.credential_id.replace("http:", "https:"),
    "scheme in capitals": lambda award: award.credential_id.replace("http:", "HTTP:"),
    "host in capitals": lambda award: award.credential_id.replace("localhost", "LOCALHOST"),
    "a slash more": lambda award: award.credential_id + "/",
    "a fragment": lambda award: award.credential_id + "#",
    "a query": lambda award: award.credential_id + "?format=json",
    "the address twice": lambda award: award.credential_id.replace(award.token, "") + award.credential_id,
    "the number": lambda award: award.number,
}


@pytest.fixture
def office(issued: Cli) -> Office:
    return open_desk(issued.folder)


def named(office: Office, identifier: str) -> Award | None:
    with office.store.reading() as registry:
        return award_named(registry, office, identifier)


def test_an_award_is_named_by_its_link(office: Office) -> None:
    for award in find_awards(office):
        assert named(office, award.credential_id) == award


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_other_spelling_of_a_link_names_an_award(office: Office, spelling: str) -> None:
    award = find_awards(office)[0]
    identifier = SPELLINGS[spelling](award)

    assert identifier != award.credential_id
    assert named(office, identifier) is None


def judged(office: Office, award: Award, identifier: str) -> VerificationReport:
    with office.store.reading() as registry:
        stored = registry.credential(award.number)
    assert stored is not None
    return public_desk(office).check(to_bytes({**parse_object(stored), "id": identifier}))


def test_the_register_says_nothing_of_a_document_whose_id_is_spelled_otherwise(office: Office) -> None:
    award = find_awards(office)[0]
    suspend(office, award.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")

    # No list tells of a suspension here: who says it is the register.
    own = judged(office, award, award.credential_id)
    assert (own.verdict, own.check(CheckId.STATUS).code) == (Verdict.SUSPENDED, "status.suspended")
    for spelling, spelled in SPELLINGS.items():
        other = judged(office, award, spelled(award))
        assert other.verdict in {Verdict.MODIFIED, Verdict.MALFORMED}, spelling
        assert other.check(CheckId.STATUS).code == "status.not_run", spelling
