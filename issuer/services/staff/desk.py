"""The door of the registrar's desk (``StaffDesk``): each call is one use case of this package."""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer.domain.staff import Role
from issuer.ports import LimitedAct
from issuer.ports.orders import Order, OrderKind, OrderState
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
from issuer.services import orders
from issuer.services.staff import accounts, enrolment, sessions, sign_in
from issuer.services.staff.founding import is_founding
from issuer.services.staff.tools import Tools, digest_of


@dataclass(frozen=True, slots=True)
class StaffCounter:
    """Knows who is at the desk.

    Attributes:
        tools: What signing in works with.
    """

    tools: Tools

    # The door

    def new_secret(self) -> str:
        """Give a fresh secret for a browser: 256 random bits."""
        return self.tools.new_secret()

    def may_try(self, whence: str, browser: str, name: str) -> bool:
        """Count a try to sign in, and say whether it is looked at; a known browser's is, under its name."""
        if browser:
            with self.tools.office.store.reading() as registry:
                known_for = registry.browser_of(digest_of(browser), self.tools.office.clock.now())
            if known_for is not None and known_for == sign_in.named(name):
                return True
        return self.tools.limits.allow(LimitedAct.STAFF_SIGN_IN, whence)

    def sign_in(
        self, name: str, password: str, code: str, *, browser: str, before: str
    ) -> SignedIn | Refusal:
        """Let somebody in by name, password and code."""
        return sign_in.sign_in(self.tools, name, password, code, browser=browser, before=before)

    @property
    def federated(self) -> bool:
        """Whether the institution's own sign-in is switched on."""
        return self.tools.federation is not None

    def federation_address(self, flow: str, *, anew: bool) -> str | FederationFault:
        """Give the provider's address to lead a browser to."""
        if self.tools.federation is None:
            return FederationFault.REFUSED
        return self.tools.federation.address(flow, sign_in.federation_back(self.tools), anew=anew)

    def sign_in_federated(
        self, flow: str, answer: str, *, before: str
    ) -> SignedIn | FederationFault | Refusal:
        """Let somebody in whom the institution's provider vouches for."""
        return sign_in.sign_in_federated(self.tools, flow, answer, before=before)

    def visit(self, secret: str) -> StaffVisit | None:
        """Give the session of a secret while it is open and its account active, or None; notes its use."""
        return sessions.visit(self.tools, secret)

    def is_fresh(self, visit: StaffVisit) -> bool:
        """Say whether the second factor was given within the last ten minutes."""
        return sessions.is_fresh(self.tools, visit)

    def confirm(self, visit: StaffVisit, code: str) -> StaffVisit | Refusal:
        """Take a one-time code once more; the session goes on under a new secret."""
        return sign_in.confirm(self.tools, visit, code)

    def leave(self, secret: str) -> None:
        """End a session; one that there is not changes nothing."""
        sessions.leave(self.tools, secret)

    # Taking an account into use

    def invitation(
        self, secret: str, arrival_code: str | None = None
    ) -> Arrival | InvitationState | EnrolmentFault:
        """Say what a link shows, without using it; what it needs a code for, with that code alone."""
        return enrolment.arrival(self.tools, secret, arrival_code)

    def enrol(
        self, secret: str, arrival_code: str, passwords: tuple[str, str], code: str
    ) -> Sequence[str] | EnrolmentFault:
        """Take an account into use; gives its recovery codes, which are shown this once."""
        return enrolment.enrol(self.tools, secret, arrival_code, passwords, code)

    # One's own account

    def change_password(
        self, visit: StaffVisit, current: str, passwords: tuple[str, str]
    ) -> StaffVisit | EnrolmentFault:
        """Change one's password; every other session ends, this one goes on under a new secret."""
        return enrolment.change_password(self.tools, visit, current, passwords)

    def new_recovery_codes(self, visit: StaffVisit) -> Sequence[str]:
        """Give new recovery codes; those before are good no more."""
        return enrolment.new_recovery_codes(self.tools, visit)

    def codes_left(self, account: str) -> int:
        """Count the recovery codes that are still good."""
        with self.tools.office.store.reading() as registry:
            return registry.recovery_codes_left(account)

    def sessions(self, account: str) -> Sequence[KeptSession]:
        """Give the open sessions of an account, oldest first."""
        return sessions.open_ones(self.tools, account)

    def end_session(self, account: str, session: str) -> None:
        """End one of an account's own sessions; one that there is not changes nothing."""
        sessions.end_own(self.tools, account, session)

    # Everybody's accounts

    @property
    def founding(self) -> bool:
        """Whether one administrator may still do everything alone: there are fewer than two."""
        with self.tools.office.store.reading() as registry:
            return is_founding(self.tools.office, registry)

    def accounts(self) -> Sequence[Account]:
        """Give all accounts, closed ones included, in order of their ids."""
        with self.tools.office.store.reading() as registry:
            return registry.accounts()

    def account(self, account: str) -> AccountView | None:
        """Give an account with its story, or None."""
        return accounts.account_view(self.tools.office, account)

    def open_account(self, account: str, name: str, note: str, *, actor: str) -> Account:
        """Open an account without any role."""
        return accounts.open_account(self.tools.office, account, name, note, actor=actor)

    def ask_roles(
        self, account: str, roles: frozenset[Role], system_login: str | None, note: str, *, actor: str
    ) -> str | None:
        """Give an account other roles: at once where it only loses some, else by an order; gives its id."""
        return accounts.ask_roles(self.tools.office, account, roles, system_login, note, actor=actor)

    def approve_roles(self, order: str, *, actor: str) -> None:
        """Approve an order on an account, and carry it out."""
        accounts.approve_roles(self.tools.office, order, actor=actor)

    def refuse_roles(self, order: str, note: str, *, actor: str) -> None:
        """Refuse an order on an account, or take back one's own."""
        accounts.refuse_roles(self.tools.office, order, note, actor=actor)

    def asked_roles(self) -> Sequence[Order]:
        """Give the orders on accounts that wait for a decision, oldest first."""
        proposed = orders.orders(self.tools.office, OrderState.PROPOSED)
        return [order for order in proposed if order.kind is OrderKind.ACCOUNT]

    def close_account(self, account: str, note: str, *, actor: str) -> None:
        """Close an account, for good and at once."""
        accounts.close_account(self.tools.office, account, note, actor=actor)

    def invite(self, account: str, *, actor: str) -> str:
        """Make a new link with which an account is taken into use; earlier ones are good no more."""
        return enrolment.invite(self.tools, account, actor=actor)

    def arrival_code(self, account: str, *, actor: str) -> str:
        """Give the code without which the link that is out opens nothing; not to who has the link."""
        return enrolment.arrival_code(self.tools, account, actor=actor)
