"""What the pages of the desk ask of those who know the accounts."""

from collections.abc import Sequence
from typing import Protocol

from issuer.domain.staff import Role
from issuer.ports.orders import Order
from issuer.ports.staff import (
    Account,
    AccountView,
    Arrival,
    EnrolmentFault,
    FederationFault,
    InvitationState,
    KeptSession,
    Refusal,
    SignedIn,
    StaffVisit,
)


class StaffDesk(Protocol):
    """What the desk's own door asks: who signs in, who is there, who leaves; and the accounts."""

    # The door

    def new_secret(self) -> str:
        """Give a fresh secret for a browser: 256 random bits."""
        ...

    def may_try(self, whence: str, browser: str, name: str) -> bool:
        """Count a try to sign in, and say whether it is looked at.

        Args:
            whence: The address that it comes from.
            browser: What the browser keeps to be known again; may be empty.
            name: As typed; empty where none is. Under the name that the browser is known for, it always is.
        """
        ...

    def sign_in(
        self, name: str, password: str, code: str, *, browser: str, before: str
    ) -> SignedIn | Refusal:
        """Let somebody in by name, password and code.

        Args:
            name: As typed.
            password: As typed.
            code: A one-time code, or a recovery code.
            browser: What the browser keeps to be known again; may be empty.
            before: The secret of the session that it had; it ends.
        """
        ...

    @property
    def federated(self) -> bool:
        """Whether the institution's own sign-in is switched on."""
        ...

    def federation_address(self, flow: str, *, anew: bool) -> str | FederationFault:
        """Give the provider's address to lead a browser to."""
        ...

    def sign_in_federated(
        self, flow: str, answer: str, *, before: str
    ) -> SignedIn | FederationFault | Refusal:
        """Let somebody in whom the institution's provider vouches for."""
        ...

    def visit(self, secret: str) -> StaffVisit | None:
        """Give the session of a secret while it is open and its account active, or None; notes its use."""
        ...

    def is_fresh(self, visit: StaffVisit) -> bool:
        """Say whether the second factor was given within the last ten minutes."""
        ...

    def confirm(self, visit: StaffVisit, code: str) -> StaffVisit | Refusal:
        """Take a one-time code once more; the session goes on under a new secret."""
        ...

    def leave(self, secret: str) -> None:
        """End a session; one that there is not changes nothing."""
        ...

    # Taking an account into use

    def invitation(
        self, secret: str, arrival_code: str | None = None
    ) -> Arrival | InvitationState | EnrolmentFault:
        """Say what a link shows, without using it; what it needs a code for, with that code alone."""
        ...

    def enrol(
        self, secret: str, arrival_code: str, passwords: tuple[str, str], code: str
    ) -> Sequence[str] | EnrolmentFault:
        """Take an account into use; gives its recovery codes, which are shown this once."""
        ...

    # One's own account

    def change_password(
        self, visit: StaffVisit, current: str, passwords: tuple[str, str]
    ) -> StaffVisit | EnrolmentFault:
        """Change one's password; every other session ends, this one goes on under a new secret."""
        ...

    def new_recovery_codes(self, visit: StaffVisit) -> Sequence[str]:
        """Give new recovery codes; those before are good no more."""
        ...

    def codes_left(self, account: str) -> int:
        """Count the recovery codes that are still good."""
        ...

    def sessions(self, account: str) -> Sequence[KeptSession]:
        """Give the open sessions of an account, oldest first."""
        ...

    def end_session(self, account: str, session: str) -> None:
        """End one of an account's own sessions; one that there is not changes nothing."""
        ...

    # Everybody's accounts

    @property
    def founding(self) -> bool:
        """Whether one administrator may still do everything alone: there are fewer than two."""
        ...

    def accounts(self) -> Sequence[Account]:
        """Give all accounts, closed ones included, in order of their ids."""
        ...

    def account(self, account: str) -> AccountView | None:
        """Give an account with its story, or None."""
        ...

    def open_account(self, account: str, name: str, note: str, *, actor: str) -> Account:
        """Open an account without any role."""
        ...

    def ask_roles(
        self, account: str, roles: frozenset[Role], system_login: str | None, note: str, *, actor: str
    ) -> str | None:
        """Give an account other roles: at once where it only loses some, else by an order; gives its id."""
        ...

    def approve_roles(self, order: str, *, actor: str) -> None:
        """Approve an order on an account, and carry it out."""
        ...

    def refuse_roles(self, order: str, note: str, *, actor: str) -> None:
        """Refuse an order on an account, or take back one's own."""
        ...

    def asked_roles(self) -> Sequence[Order]:
        """Give the orders on accounts that wait for a decision, oldest first."""
        ...

    def close_account(self, account: str, note: str, *, actor: str) -> None:
        """Close an account, for good and at once."""
        ...

    def invite(self, account: str, *, actor: str) -> str:
        """Make a new link with which an account is taken into use; earlier ones are good no more."""
        ...

    def arrival_code(self, account: str, *, actor: str) -> str:
        """Give the code without which the link that is out opens nothing; not to who has the link."""
        ...
