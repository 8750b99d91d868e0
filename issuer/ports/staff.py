"""Accounts of those who work at the desk, as the services and the pages see them.

What a person, a browser or a provider handed in is `str`; what the register keeps of a secret is its digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.staff import Role


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works at the desk; its secrets are kept apart.

    Attributes:
        id: What is typed to sign in, e.g. ``camille.durand``; permanent, never given to anybody else.
        name: The person's name as colleagues read it; in no trail.
        roles: What the person is trusted with.
        system_login: The operating system's login of the same person on the server, or None.
        active: Whether the account may be used; a closed one never is again.
        created_at: When it was opened (aware).
        created_by: Whose account opened it.
    """

    id: str
    name: str
    roles: frozenset[Role]
    system_login: str | None
    active: bool
    created_at: datetime
    created_by: str

    def has(self, *roles: Role) -> bool:
        """Say whether the account has at least one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What an account is from an instant on; never changed or removed.

    Attributes:
        account: Whose.
        name: The person's name.
        roles: All roles.
        system_login: The login on the server, or None.
        active: Whether the account may be used.
        at: Since when (aware).
        by: Whose account changed it.
        order: The order by which a second person agreed, or None.
        note: Why, in their words; for the register alone.
    """

    account: str
    name: str
    roles: frozenset[Role]
    system_login: str | None
    active: bool
    at: datetime
    by: str
    order: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class AccountSecrets:
    """What an account signs in with.

    Attributes:
        account: Whose.
        password_hash: Of the password, or None where the institution's own sign-in is used.
        otp_sealed: The secret of the one-time codes, sealed, or None.
        otp_step: The step of the last code that was taken: no earlier one is, nor itself again.
        since: When the account was first used or given a password (aware).
    """

    account: str
    password_hash: str | None = field(repr=False)
    otp_sealed: bytes | None = field(repr=False)
    otp_step: int | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link with which somebody takes an account into use, once.

    Attributes:
        secret_sha256: Of the last part of the link.
        account: Whose.
        otp_sealed: The secret of the one-time codes to be, sealed.
        created_at: When (aware).
        created_by: Who has the link to hand on.
        ends_at: Until when it is good (aware).
        used_at: When it was used or taken back, or None.
        needs_code: Whether it opens with a second person's code alone.
        code_sha256: Of that code, or None before it was asked for.
        code_by: Who has the code to hand on.
        tries: Wrong codes so far.
    """

    secret_sha256: str
    account: str
    otp_sealed: bytes = field(repr=False)
    created_at: datetime
    created_by: str
    ends_at: datetime
    used_at: datetime | None
    needs_code: bool
    code_sha256: str | None
    code_by: str | None
    tries: int


class SignInMethod(StrEnum):
    """How somebody signed in."""

    PASSWORD = "password"  # noqa: S105 - the name of a method
    INSTITUTION = "institution"
    """Through the institution's own provider (OpenID Connect)."""


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session as the register keeps it.

    Attributes:
        secret_sha256: Of what the browser holds.
        id: By which its owner names it; opens nothing.
        account: Whose.
        method: How it was opened.
        opened_at: When (aware).
        confirmed_at: When the second factor was last given (aware).
        seen_at: When it was last used (aware), to a minute.
        ends_at: When it ends at the latest (aware).
        ended_at: When it ended, or None.
    """

    secret_sha256: str
    id: str
    account: str
    method: SignInMethod
    opened_at: datetime
    confirmed_at: datetime
    seen_at: datetime
    ends_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed tries to sign in, by a name that was typed or a known browser.

    Attributes:
        whose: Digest of the name, or of the browser's secret.
        failures: How many in a row.
        last_at: When the last one was (aware).
        wait_until: Before when no further try is looked at, or None.
    """

    whose: str
    failures: int
    last_at: datetime
    wait_until: datetime | None


@dataclass(frozen=True, slots=True)
class StaffVisit:
    """An open session at the desk, as the browser that holds its secret has it.

    Attributes:
        account: Whose.
        secret: What the browser holds; the register holds its digest alone.
        opened_at: When the person signed in (aware).
        ends_at: When it ends at the latest (aware).
        confirmed_at: When the second factor was last given (aware).
        id: By which its owner names it.
        method: How it was opened.
    """

    account: Account
    secret: str = field(repr=False)
    opened_at: datetime
    ends_at: datetime
    confirmed_at: datetime
    id: str = ""
    method: SignInMethod = SignInMethod.PASSWORD


class Refusal(StrEnum):
    """Why nobody was let in; a stranger learns no more than this."""

    WRONG = "wrong"
    """Name, password and code do not belong together; or there is no such account."""
    WAIT = "wait"
    """Too many tries of late."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who was let in.

    Attributes:
        visit: The session.
        browser: What the browser keeps to be known again, or None where it is known.
    """

    visit: StaffVisit
    browser: str | None = field(repr=False)


class InvitationState(StrEnum):
    """What a link with which an account is taken into use is worth."""

    GOOD = "good"
    NO_CODE_YET = "no-code-yet"
    """Nobody asked for its code so far."""
    ENDED = "ended"
    """Used, taken back, too old, tried too often; or there never was one."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What somebody who takes an account into use is shown.

    Attributes:
        account: The account.
        otp_secret: The secret of the one-time codes, to be typed; None before the code was given.
        otp_picture: The same as a QR code (SVG), or None.
        needs_code: Whether a second person's code is asked for.
    """

    account: Account
    otp_secret: str | None = field(repr=False)
    otp_picture: bytes | None = field(repr=False)
    needs_code: bool


class EnrolmentFault(StrEnum):
    """Why an account was not taken into use, or a password not changed."""

    ENDED = "ended"
    ARRIVAL_CODE = "arrival-code"
    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    """One of the commonest passwords, or made of the person's own name."""
    DIFFERENT = "different"
    """Typed twice, not the same."""
    CODE = "code"
    """The one-time code is not right."""
    PASSWORD = "password"  # noqa: S105 - the name of a fault
    """The password of now is not right."""
    WAIT = "wait"
    """Too many tries of late."""


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as an administrator sees it.

    Attributes:
        account: The account.
        usable: Whether it was taken into use.
        invitation: The link that is out, or None.
        changes: Its story, oldest first.
    """

    account: Account
    usable: bool
    invitation: Invitation | None
    changes: Sequence[AccountChange]


class Passwords(Protocol):
    """Hashes and compares passwords, slowly."""

    def hash(self, password: str) -> str:
        """Give what is kept of a password."""
        ...

    def fits(self, kept: str | None, password: str) -> bool:
        """Say whether a password is the one; False, after the same work, where none is kept."""
        ...


class OneTimeCodes(Protocol):
    """Codes that change every half minute (RFC 6238)."""

    def secret_text(self, secret: bytes) -> str:
        """Write a secret as people type it: base32."""
        ...

    def picture(self, secret: bytes, account: str, issuer: str) -> bytes:
        """Draw what an authenticator reads, as SVG."""
        ...

    def step_of(self, secret: bytes, code: str, at: datetime) -> int | None:
        """Give the step of which a code is: the one at an instant or a neighbour; None where of none."""
        ...


class Vault(Protocol):
    """Seals small secrets under a key that does not lie in the register."""

    def seal(self, whose: str, secret: bytes) -> bytes:
        """Seal a secret; it opens under the same name alone."""
        ...

    def open(self, whose: str, sealed: bytes) -> bytes | None:
        """Give a secret back; None where the seal is broken or the key is another."""
        ...


class FederationFault(StrEnum):
    """Why the institution's own sign-in let nobody in."""

    OUT_OF_REACH = "out-of-reach"
    REFUSED = "refused"
    """The provider said no, or the person stopped."""
    NOT_BELIEVED = "not-believed"
    """What came back is not what was asked for: signature, audience, nonce, time."""
    TOO_WEAK = "too-weak"
    """Signed in without the strength that this service demands."""


@dataclass(frozen=True, slots=True)
class Federated:
    """Whom the provider vouches for.

    Attributes:
        name: The value of the claim that names the account.
        signed_in_at: When the person showed who they are, as the provider says; None where it does not.
    """

    name: str
    signed_in_at: datetime | None


class Federation(Protocol):
    """The institution's own sign-in (OpenID Connect, code flow with PKCE)."""

    def address(self, flow: str, back: str, *, anew: bool) -> str | FederationFault:
        """Give the provider's address to lead a browser to.

        Args:
            flow: A fresh secret that this browser holds; state, nonce and PKCE come of it.
            back: Our address that the provider answers to.
            anew: Whether the person must show again who they are.
        """
        ...

    def identity(self, flow: str, back: str, answer: str, at: datetime) -> Federated | FederationFault:
        """Judge what came back.

        Args:
            flow: The secret that this browser holds.
            back: Our address, as it was given.
            answer: The query that came back, as it stands.
            at: The present instant (aware).
        """
        ...


class StaffRegistry(Protocol):
    """The part of a unit of work that keeps them."""

    def account(self, account_id: str) -> Account | None:
        """Give an account, or None."""
        ...

    def accounts(self) -> Sequence[Account]:
        """Give all accounts, closed ones included, in order of their ids."""
        ...

    def account_of_system_login(self, login: str) -> Account | None:
        """Give the active account that is linked to a login of the operating system, or None."""
        ...

    def add_account(self, account_id: str, at: datetime, by: str) -> None:
        """Keep that an id is taken, for good; its first change follows."""
        ...

    def change_account(self, change: AccountChange) -> None:
        """Append what an account is from now on."""
        ...

    def account_changes(self, account_id: str) -> Sequence[AccountChange]:
        """Give an account's story, oldest first."""
        ...

    def account_secrets(self, account_id: str) -> AccountSecrets | None:
        """Give what an account signs in with; None before it was taken into use."""
        ...

    def keep_account_secrets(self, secrets: AccountSecrets) -> None:
        """Keep what an account signs in with, in the place of what was."""
        ...

    def keep_recovery_codes(self, account_id: str, digests: Sequence[str]) -> None:
        """Keep an account's recovery codes, in the place of those before."""
        ...

    def use_recovery_code(self, account_id: str, digest: str) -> bool:
        """Use a recovery code up; False where it is not one of the account's."""
        ...

    def recovery_codes_left(self, account_id: str) -> int:
        """Count an account's recovery codes."""
        ...

    def keep_invitation(self, invitation: Invitation) -> None:
        """Keep an invitation, new or in the place of what it was."""
        ...

    def invitation(self, secret_sha256: str) -> Invitation | None:
        """Give an invitation, or None."""
        ...

    def invitation_of(self, account_id: str) -> Invitation | None:
        """Give an account's newest invitation that was not used or taken back, or None."""
        ...

    def end_invitations(self, account_id: str, at: datetime) -> None:
        """Take back every invitation of an account."""
        ...

    def keep_staff_session(self, session: KeptSession) -> None:
        """Keep a session, new or in the place of what it was."""
        ...

    def staff_session(self, secret_sha256: str) -> KeptSession | None:
        """Give a session, or None."""
        ...

    def staff_sessions(self, account_id: str) -> Sequence[KeptSession]:
        """Give an account's sessions that did not end, oldest first."""
        ...

    def end_staff_sessions(self, account_id: str, at: datetime) -> None:
        """End every session of an account."""
        ...

    def keep_browser(self, secret_sha256: str, account_id: str, at: datetime, ends_at: datetime) -> None:
        """Keep a browser that an account was used in."""
        ...

    def browser_of(self, secret_sha256: str, at: datetime) -> str | None:
        """Give the account that a browser is known for at an instant, or None."""
        ...

    def forget_browsers(self, account_id: str) -> None:
        """Remove the browsers that an account is known by."""
        ...

    def tries(self, whose: str) -> Tries | None:
        """Give the failed tries in a row, or None."""
        ...

    def keep_tries(self, tries: Tries) -> None:
        """Keep failed tries, in the place of those before."""
        ...

    def forget_tries(self, whose: str) -> None:
        """Remove failed tries: somebody was let in."""
        ...

    def forget_staff_traces(self, before: datetime) -> None:
        """Remove sessions, browsers and tries that ended before an instant (aware)."""
        ...
