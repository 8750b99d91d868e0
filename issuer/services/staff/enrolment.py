"""How an account is taken into use: by a link that works once, and under four eyes a second person's code.

Whoever makes a link could use it, and be two people from then on. So under four eyes the link alone opens
nothing: its code is given to another administrator, and the newcomer is handed both.

Spec: OWASP ASVS 4.0.3, sections 2.1, 2.3, 2.5 and 2.8.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from issuer.errors import ConflictError, RefusedError
from issuer.ports import Registry
from issuer.ports.staff import (
    Account,
    AccountSecrets,
    Arrival,
    EnrolmentFault,
    Invitation,
    InvitationState,
    StaffVisit,
)
from issuer.services import audit
from issuer.services.four_eyes import same_person
from issuer.services.staff import sessions, waiting
from issuer.services.staff.founding import is_founding
from issuer.services.staff.passwords import LONGEST, fault_of, normal
from issuer.services.staff.tools import (
    RECOVERY_CODES,
    Tools,
    digest_of,
    digest_of_code,
    found_account,
)

INVITATION_LIFE: Final = timedelta(hours=72)
_MOST_TRIES: Final = 5
_ARRIVAL_CODE_LENGTH: Final = 12
_OTP_BYTES: Final = 20
"""What RFC 4226 asks for (section 4, R6)."""


def invite(tools: Tools, account_id: str, *, actor: str) -> str:
    """Make a new link with which an account is taken into use; earlier ones are good no more.

    Args:
        tools: What signing in works with.
        account_id: Whose.
        actor: Who has the link, to hand it on.

    Returns:
        The link.

    Raises:
        NotFoundError: ``account.unknown``.
        ConflictError: ``account.closed``.
    """
    now, secret = tools.office.clock.now(), tools.new_secret()
    with tools.office.store.reading() as registry:
        require_open(found_account(registry, account_id))
    otp = tools.vault.seal(_sealed_for(account_id), tools.office.ids.secret()[:_OTP_BYTES])
    with tools.office.store.writing() as registry:
        account = found_account(registry, account_id)
        require_open(account)
        needs_code = not is_founding(tools.office, registry)
        registry.end_invitations(account_id, now)
        registry.keep_invitation(
            Invitation(
                secret_sha256=digest_of(secret),
                account=account_id,
                otp_sealed=otp,
                created_at=now,
                created_by=actor,
                ends_at=now + INVITATION_LIFE,
                used_at=None,
                needs_code=needs_code,
                code_sha256=None,
                code_by=None,
                tries=0,
            )
        )
        audit.record(registry, now, actor, "account.invited", account_id, {"needs_code": needs_code})
    return f"{tools.office.base_url}/registre/arrivee/{secret}"


def arrival_code(tools: Tools, account_id: str, *, actor: str) -> str:
    """Give the code without which the link that is out opens nothing.

    Args:
        tools: What signing in works with.
        account_id: Whose.
        actor: Who has the code, to hand it on: another than who has the link.

    Raises:
        NotFoundError: ``account.unknown``.
        ConflictError: ``account.no_invitation``.
        RefusedError: ``four_eyes.same_person``.
    """
    now, code = tools.office.clock.now(), tools.spoken_code(_ARRIVAL_CODE_LENGTH)
    with tools.office.store.writing() as registry:
        found_account(registry, account_id)
        invitation = registry.invitation_of(account_id)
        if invitation is None or not invitation.needs_code or now >= invitation.ends_at:
            raise ConflictError(
                "account.no_invitation",
                "no link that waits for a code is out for this account",
                where=account_id,
                remedy=f"make one with: parchemin staff invite {account_id}",
            )
        if actor in {invitation.created_by, account_id}:
            raise same_person(account_id)
        registry.keep_invitation(
            replace(invitation, code_sha256=digest_of_code(code), code_by=actor, tries=0)
        )
        audit.record(registry, now, actor, "account.arrival_code", account_id, {})
    return code


def arrival(
    tools: Tools, secret: str, arrival_code_typed: str | None = None
) -> Arrival | InvitationState | EnrolmentFault:
    """Say what a link shows, without using it.

    Who made the link has it as well: where it needs a code, it shows the secret of the one-time codes to
    nobody who has not given that code.

    Args:
        tools: What signing in works with.
        secret: The last part of the link.
        arrival_code_typed: The code that the second person handed over; None before it was asked for.
    """
    now, store = tools.office.clock.now(), tools.office.store
    with store.reading() if arrival_code_typed is None else store.writing() as registry:
        invitation = registry.invitation(digest_of(secret))
        state = _state(invitation, now)
        if invitation is None or state is not InvitationState.GOOD:
            return state
        account = found_account(registry, invitation.account)
        if not account.active:
            return InvitationState.ENDED
        if invitation.needs_code and arrival_code_typed is None:
            return Arrival(account=account, otp_secret=None, otp_picture=None, needs_code=True)
        if not _code_fits(registry, invitation, arrival_code_typed or "", now):
            return EnrolmentFault.ARRIVAL_CODE
    otp = tools.vault.open(_sealed_for(account.id), invitation.otp_sealed)
    if otp is None:
        return InvitationState.ENDED
    issuer = f"{tools.office.institution.short_name} registre"
    return Arrival(
        account=account,
        otp_secret=tools.codes.secret_text(otp),
        otp_picture=tools.codes.picture(otp, account.id, issuer),
        needs_code=invitation.needs_code,
    )


def enrol(
    tools: Tools, secret: str, arrival_code_typed: str, passwords: tuple[str, str], code: str
) -> Sequence[str] | EnrolmentFault:
    """Take an account into use.

    Args:
        tools: What signing in works with.
        secret: The last part of the link.
        arrival_code_typed: The code that the second person handed over; empty where none is needed.
        passwords: The new password, typed twice.
        code: A one-time code, to show that the authenticator works.

    Returns:
        The recovery codes, which are shown this once; or why it was not done.
    """
    now, store = tools.office.clock.now(), tools.office.store
    with store.writing() as registry:
        invitation = registry.invitation(digest_of(secret))
        if invitation is None or _state(invitation, now) is not InvitationState.GOOD:
            return EnrolmentFault.ENDED
        account = found_account(registry, invitation.account)
        if not _code_fits(registry, invitation, arrival_code_typed, now):
            return EnrolmentFault.ARRIVAL_CODE
    fault = fault_of(passwords, account)
    otp = tools.vault.open(_sealed_for(account.id), invitation.otp_sealed)
    step = tools.codes.step_of(otp, code, now) if otp is not None else None
    if fault is not None or otp is None or step is None or not account.active:
        return fault or EnrolmentFault.CODE
    hashed, sealed = tools.passwords.hash(normal(passwords[0])), tools.vault.seal(account.id, otp)
    with store.writing() as registry:
        kept = registry.invitation(invitation.secret_sha256)
        if _state(kept, now) is not InvitationState.GOOD or not found_account(registry, account.id).active:
            return EnrolmentFault.ENDED
        registry.end_invitations(account.id, now)
        registry.keep_account_secrets(AccountSecrets(account.id, hashed, sealed, step, now))
        forget_ways_in(registry, account.id, now)
        registry.forget_tries(waiting.typed_name(account.id))
        audit.record(registry, now, account.id, "account.taken_into_use", account.id, {})
        return _new_codes(tools, registry, account.id)


def change_password(
    tools: Tools, visit: StaffVisit, current: str, passwords: tuple[str, str]
) -> StaffVisit | EnrolmentFault:
    """Change one's own password; every other session ends, and this one goes on under a new secret.

    Args:
        tools: What signing in works with.
        visit: The session.
        current: The password of now.
        passwords: The new one, typed twice.
    """
    now, store, account = tools.office.clock.now(), tools.office.store, visit.account
    with store.writing() as registry:
        if not waiting.may_try(tools, registry, waiting.confirming(account.id), account.id):
            return EnrolmentFault.WAIT
        secrets = registry.account_secrets(account.id)
    kept = secrets.password_hash if secrets else None
    if secrets is None or not tools.passwords.fits(kept, normal(current)[: LONGEST + 1]):
        return EnrolmentFault.PASSWORD
    fault = fault_of(passwords, account)
    if fault is not None:
        return fault
    hashed = tools.passwords.hash(normal(passwords[0]))
    with store.writing() as registry:
        latest = registry.account_secrets(account.id)
        if latest is None or latest.password_hash != kept:
            return EnrolmentFault.PASSWORD
        registry.keep_account_secrets(replace(latest, password_hash=hashed, since=now))
        registry.forget_tries(waiting.confirming(account.id))
        forget_ways_in(registry, account.id, now)
        audit.record(registry, now, account.id, "account.password_changed", account.id, {})
        return sessions.renewed(tools, registry, visit, visit.confirmed_at)


def new_recovery_codes(tools: Tools, visit: StaffVisit) -> Sequence[str]:
    """Give an account new recovery codes; those before are good no more."""
    now, account = tools.office.clock.now(), visit.account.id
    with tools.office.store.writing() as registry:
        audit.record(registry, now, account, "account.recovery_codes_made", account, {})
        return _new_codes(tools, registry, account)


def forget_ways_in(registry: Registry, account: str, at: datetime) -> None:
    """End every session of an account, and have no browser known for it any more."""
    registry.end_staff_sessions(account, at)
    registry.forget_browsers(account)


def require_open(account: Account) -> None:
    """Refuse an act on a closed account.

    Raises:
        ConflictError: ``account.closed``.
    """
    if not account.active:
        raise ConflictError(
            "account.closed",
            "this account is closed, for good",
            where=account.id,
            remedy="open another one under another name",
        )


def require_note(note: str, where: str) -> str:
    """Refuse a change that nobody gave a reason for.

    Raises:
        RefusedError: ``account.no_reason``.
    """
    text = note.strip()
    if not text:
        raise RefusedError(
            "account.no_reason",
            "a change of an account needs a reason",
            where=where,
            remedy="say in a few words why",
        )
    return text


def _new_codes(tools: Tools, registry: Registry, account: str) -> Sequence[str]:
    codes = [tools.spoken_code() for _ in range(RECOVERY_CODES)]
    registry.keep_recovery_codes(account, [digest_of_code(code) for code in codes])
    return codes


def _code_fits(registry: Registry, invitation: Invitation, typed: str, now: datetime) -> bool:
    """Compare the second person's code; a link on which it was wrong five times is good no more."""
    if not invitation.needs_code or digest_of_code(typed) == invitation.code_sha256:
        return True
    tries = invitation.tries + 1
    used_at = now if tries >= _MOST_TRIES else None
    registry.keep_invitation(replace(invitation, tries=tries, used_at=used_at))
    return False


def _state(invitation: Invitation | None, now: datetime) -> InvitationState:
    if invitation is None or invitation.used_at is not None:
        return InvitationState.ENDED
    if not invitation.created_at <= now < invitation.ends_at:
        return InvitationState.ENDED
    waits = invitation.needs_code and invitation.code_sha256 is None
    return InvitationState.NO_CODE_YET if waits else InvitationState.GOOD


def _sealed_for(account: str) -> str:
    return f"invitation of {account}"
