"""How an account is taken into use: a link that works once, and a second person's code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.domain.staff import Role
from issuer.errors import ConflictError, RefusedError
from issuer.ports.staff import Arrival, EnrolmentFault, InvitationState, SignedIn
from issuer.services.staff.passwords import fault_of
from tests.support.staff import Crew, code_of
from tests.support.staff_values import ACCOUNT

A, B, C = "adele.un", "berthe.deux", "camille.trois"
NEW = ("un cheval bleu court loin",) * 2


def _invited(crew: Crew, *administrators: str) -> str:
    for login in administrators:
        crew.add(login, {Role.ADMINISTRATION})
    crew.counter.open_account(C, "Camille Trois", "x", actor="x")
    return crew.counter.invite(C, actor=A).rpartition("/")[2]


def _code(crew: Crew, secret: str, arrival_code: str | None = None) -> str:
    arrival = crew.counter.invitation(secret, arrival_code)
    assert isinstance(arrival, Arrival)
    assert arrival.otp_secret is not None
    return code_of_text(arrival.otp_secret, crew)


def code_of_text(text: str, crew: Crew) -> str:
    """Give the code of a secret as it is shown."""
    from base64 import b32decode  # noqa: PLC0415 - here alone

    bare = text.replace(" ", "")
    return code_of(b32decode(bare + "=" * (-len(bare) % 8)), crew.clock.now())


def test_a_link_takes_an_account_into_use_once(crew: Crew) -> None:
    secret = _invited(crew)
    codes = crew.counter.enrol(secret, "", NEW, _code(crew, secret))
    assert not isinstance(codes, EnrolmentFault)
    assert len(codes) == 10
    assert crew.counter.invitation(secret) is InvitationState.ENDED
    assert crew.counter.enrol(secret, "", NEW, "000000") is EnrolmentFault.ENDED
    found = crew.counter.sign_in(C, NEW[0], codes[0], browser="", before="")
    assert isinstance(found, SignedIn)


def test_under_four_eyes_a_link_opens_with_another_persons_code_alone(crew: Crew) -> None:
    secret = _invited(crew, A, B)
    assert crew.counter.invitation(secret) is InvitationState.NO_CODE_YET
    for actor in (A, C):
        with pytest.raises(RefusedError, match="may not approve"):
            crew.counter.arrival_code(C, actor=actor)
    arrival_code = crew.counter.arrival_code(C, actor=B)
    code = _code(crew, secret, arrival_code)
    assert crew.counter.enrol(secret, "", NEW, code) is EnrolmentFault.ARRIVAL_CODE
    assert not isinstance(crew.counter.enrol(secret, arrival_code.lower(), NEW, code), EnrolmentFault)


def test_the_secret_of_the_codes_is_shown_to_who_has_both_halves_alone(crew: Crew) -> None:
    secret = _invited(crew, A, B)
    arrival_code = crew.counter.arrival_code(C, actor=B)
    alone = crew.counter.invitation(secret)
    assert isinstance(alone, Arrival)
    assert (alone.needs_code, alone.otp_secret, alone.otp_picture) == (True, None, None)
    for wrong in ("", "X" * 12, "é", arrival_code[:-1]):
        assert crew.counter.invitation(secret, wrong) is EnrolmentFault.ARRIVAL_CODE
    both = crew.counter.invitation(secret, arrival_code)
    assert isinstance(both, Arrival)
    assert both.otp_secret
    assert both.otp_picture
    assert crew.counter.invitation(secret, "") is EnrolmentFault.ARRIVAL_CODE
    assert crew.counter.invitation(secret, arrival_code) is InvitationState.ENDED


def test_a_code_tried_five_times_ends_the_link(crew: Crew) -> None:
    secret = _invited(crew, A, B)
    arrival_code = crew.counter.arrival_code(C, actor=B)
    for _ in range(5):
        assert crew.counter.enrol(secret, "X" * 12, NEW, "000000") is EnrolmentFault.ARRIVAL_CODE
    assert crew.counter.enrol(secret, arrival_code, NEW, "000000") is EnrolmentFault.ENDED
    with pytest.raises(ConflictError):
        crew.counter.arrival_code(C, actor=B)


def test_a_link_is_good_for_three_days(crew: Crew) -> None:
    secret = _invited(crew)
    crew.clock.pass_by(hours=72, seconds=-1)
    assert isinstance(crew.counter.invitation(secret), Arrival)
    crew.clock.pass_by(seconds=1)
    assert crew.counter.invitation(secret) is InvitationState.ENDED


def test_a_new_link_ends_the_one_before(crew: Crew) -> None:
    first = _invited(crew)
    crew.counter.invite(C, actor=A)
    assert crew.counter.invitation(first) is InvitationState.ENDED


def test_a_closed_account_is_not_taken_into_use(crew: Crew) -> None:
    secret = _invited(crew)
    crew.counter.close_account(C, "x", actor=A)
    assert crew.counter.invitation(secret) is InvitationState.ENDED
    assert crew.counter.enrol(secret, "", NEW, "000000") is EnrolmentFault.ENDED


def test_a_second_invitation_ends_what_was_before(crew: Crew) -> None:
    crew.add(C)
    session = crew.secret(C)
    secret = crew.counter.invite(C, actor=A).rpartition("/")[2]
    assert crew.counter.visit(session) is not None
    crew.counter.enrol(secret, "", NEW, _code(crew, secret))
    assert crew.counter.visit(session) is None


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("onze lettre", EnrolmentFault.SHORT), ("douze lettr", EnrolmentFault.SHORT),
        ("x y " * 32 + "z", EnrolmentFault.LONG), ("Azertyuiop123!", EnrolmentFault.COMMON),
        ("PASSWORD1234", EnrolmentFault.COMMON), ("motdepasse2026", EnrolmentFault.COMMON),
        ("abababababab", EnrolmentFault.COMMON), ("aaaaaaaaaaaaa", EnrolmentFault.COMMON),
        ("Camille Durand", EnrolmentFault.COMMON), ("camille.durand2026!", EnrolmentFault.COMMON),
        ("un cheval bleu", None), ("éléphant à pois", None), ("🐘🐘 à petits pois 🐘", None),
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_no_password(typed: str, fault: EnrolmentFault | None) -> None:
    assert fault_of((typed, typed), ACCOUNT) is fault


def test_a_password_is_typed_twice() -> None:
    assert fault_of(("un cheval bleu", "un cheval vert"), ACCOUNT) is EnrolmentFault.DIFFERENT


@given(st.text(max_size=140))
def test_any_text_is_a_password_or_is_refused_with_a_reason(text: str) -> None:
    assert fault_of((text, text), ACCOUNT) in {None, *EnrolmentFault}
