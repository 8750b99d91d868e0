"""Accounts of those who work at the desk, in the register (the ``StaffRegistry`` port)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from issuer.adapters.db.codec import instant, instant_text
from issuer.adapters.db.tables import staff as tables
from issuer.domain.staff import Role
from issuer.ports.staff import (
    Account,
    AccountChange,
    AccountSecrets,
    Invitation,
    KeptSession,
    SignInMethod,
    Tries,
)


class SqlStaffRegistry:
    """The part of a transaction that keeps them."""

    _connection: Connection

    def account(self, account_id: str) -> Account | None:
        """Give an account, or None."""
        return next((found for found in self.accounts() if found.id == account_id), None)

    def accounts(self) -> Sequence[Account]:
        """Give all accounts, closed ones included, in order of their ids."""
        opened, changed = tables.staff_accounts.c, tables.staff_changes.c
        newest = select(func.max(changed.id)).group_by(changed.account)
        query = (
            select(opened.created_at, opened.created_by, *tables.staff_changes.c)
            .join(tables.staff_changes, changed.account == opened.id)
            .where(changed.id.in_(newest))
            .order_by(opened.id)
        )
        return [
            Account(
                id=row.account,
                name=row.name,
                roles=_roles(row.roles),
                system_login=row.system_login,
                active=bool(row.active),
                created_at=instant(row.created_at),
                created_by=row.created_by,
            )
            for row in self._connection.execute(query)
        ]

    def account_of_system_login(self, login: str) -> Account | None:
        """Give the active account that is linked to a login of the operating system, or None."""
        found = [each for each in self.accounts() if each.active and each.system_login == login]
        return found[0] if len(found) == 1 else None

    def add_account(self, account_id: str, at: datetime, by: str) -> None:
        """Keep that an id is taken, for good; its first change follows."""
        self._connection.execute(
            insert(tables.staff_accounts).values(id=account_id, created_at=instant_text(at), created_by=by)
        )

    def change_account(self, change: AccountChange) -> None:
        """Append what an account is from now on."""
        self._connection.execute(
            insert(tables.staff_changes).values(
                account=change.account,
                name=change.name,
                roles=" ".join(role.value for role in Role if role in change.roles),
                system_login=change.system_login,
                active=int(change.active),
                at=instant_text(change.at),
                by=change.by,
                order=change.order,
                note=change.note,
            )
        )

    def account_changes(self, account_id: str) -> Sequence[AccountChange]:
        """Give an account's story, oldest first."""
        kept = tables.staff_changes.c
        query = select(tables.staff_changes).where(kept.account == account_id).order_by(kept.id)
        return [
            AccountChange(
                account=row.account,
                name=row.name,
                roles=_roles(row.roles),
                system_login=row.system_login,
                active=bool(row.active),
                at=instant(row.at),
                by=row.by,
                order=row.order,
                note=row.note,
            )
            for row in self._connection.execute(query)
        ]

    def account_secrets(self, account_id: str) -> AccountSecrets | None:
        """Give what an account signs in with; None before it was taken into use."""
        row = self._one(tables.staff_secrets, "account", account_id)
        if row is None:
            return None
        return AccountSecrets(
            row.account, row.password_hash, row.otp_sealed, row.otp_step, instant(row.since)
        )

    def keep_account_secrets(self, secrets: AccountSecrets) -> None:
        """Keep what an account signs in with, in the place of what was."""
        values = {
            "account": secrets.account,
            "password_hash": secrets.password_hash,
            "otp_sealed": secrets.otp_sealed,
            "otp_step": secrets.otp_step,
            "since": instant_text(secrets.since),
        }
        self._replace(tables.staff_secrets, "account", values)

    def keep_recovery_codes(self, account_id: str, digests: Sequence[str]) -> None:
        """Keep an account's recovery codes, in the place of those before."""
        kept = tables.staff_recovery_codes
        self._connection.execute(delete(kept).where(kept.c.account == account_id))
        for digest in digests:
            self._connection.execute(insert(kept).values(code_sha256=digest, account=account_id))

    def use_recovery_code(self, account_id: str, digest: str) -> bool:
        """Use a recovery code up; False where it is not one of the account's."""
        kept = tables.staff_recovery_codes
        done = self._connection.execute(
            delete(kept).where(kept.c.account == account_id, kept.c.code_sha256 == digest)
        )
        return done.rowcount == 1

    def recovery_codes_left(self, account_id: str) -> int:
        """Count an account's recovery codes."""
        kept = tables.staff_recovery_codes
        query = select(func.count()).select_from(kept).where(kept.c.account == account_id)
        return self._connection.execute(query).scalar_one()

    def keep_invitation(self, invitation: Invitation) -> None:
        """Keep an invitation, new or in the place of what it was."""
        values = {
            "secret_sha256": invitation.secret_sha256,
            "account": invitation.account,
            "otp_sealed": invitation.otp_sealed,
            "created_at": instant_text(invitation.created_at),
            "created_by": invitation.created_by,
            "ends_at": instant_text(invitation.ends_at),
            "used_at": _text(invitation.used_at),
            "needs_code": int(invitation.needs_code),
            "code_sha256": invitation.code_sha256,
            "code_by": invitation.code_by,
            "tries": invitation.tries,
        }
        self._replace(tables.staff_invitations, "secret_sha256", values)

    def invitation(self, secret_sha256: str) -> Invitation | None:
        """Give an invitation, or None."""
        row = self._one(tables.staff_invitations, "secret_sha256", secret_sha256)
        return None if row is None else _invitation(row)

    def invitation_of(self, account_id: str) -> Invitation | None:
        """Give an account's newest invitation that was not used or taken back, or None."""
        kept = tables.staff_invitations.c
        query = select(tables.staff_invitations).where(kept.account == account_id, kept.used_at.is_(None))
        row = self._connection.execute(query.order_by(kept.created_at.desc()).limit(1)).one_or_none()
        return None if row is None else _invitation(row)

    def end_invitations(self, account_id: str, at: datetime) -> None:
        """Take back every invitation of an account."""
        kept = tables.staff_invitations
        self._connection.execute(
            update(kept)
            .where(kept.c.account == account_id, kept.c.used_at.is_(None))
            .values(used_at=instant_text(at))
        )

    def keep_staff_session(self, session: KeptSession) -> None:
        """Keep a session, new or in the place of what it was."""
        values = {
            "secret_sha256": session.secret_sha256,
            "id": session.id,
            "account": session.account,
            "method": session.method.value,
            "opened_at": instant_text(session.opened_at),
            "confirmed_at": instant_text(session.confirmed_at),
            "seen_at": instant_text(session.seen_at),
            "ends_at": instant_text(session.ends_at),
            "ended_at": _text(session.ended_at),
        }
        self._replace(tables.staff_sessions, "secret_sha256", values)

    def staff_session(self, secret_sha256: str) -> KeptSession | None:
        """Give a session, or None."""
        row = self._one(tables.staff_sessions, "secret_sha256", secret_sha256)
        return None if row is None else _session(row)

    def staff_sessions(self, account_id: str) -> Sequence[KeptSession]:
        """Give an account's sessions that did not end, oldest first."""
        kept = tables.staff_sessions.c
        query = select(tables.staff_sessions).where(kept.account == account_id, kept.ended_at.is_(None))
        return [_session(row) for row in self._connection.execute(query.order_by(kept.opened_at, kept.id))]

    def end_staff_sessions(self, account_id: str, at: datetime) -> None:
        """End every session of an account."""
        kept = tables.staff_sessions
        self._connection.execute(
            update(kept)
            .where(kept.c.account == account_id, kept.c.ended_at.is_(None))
            .values(ended_at=instant_text(at))
        )

    def keep_browser(self, secret_sha256: str, account_id: str, at: datetime, ends_at: datetime) -> None:
        """Keep a browser that an account was used in."""
        values = {
            "secret_sha256": secret_sha256,
            "account": account_id,
            "created_at": instant_text(at),
            "ends_at": instant_text(ends_at),
        }
        self._replace(tables.staff_browsers, "secret_sha256", values)

    def browser_of(self, secret_sha256: str, at: datetime) -> str | None:
        """Give the account that a browser is known for at an instant, or None."""
        row = self._one(tables.staff_browsers, "secret_sha256", secret_sha256)
        return str(row.account) if row is not None and at < instant(row.ends_at) else None

    def forget_browsers(self, account_id: str) -> None:
        """Remove the browsers that an account is known by."""
        kept = tables.staff_browsers
        self._connection.execute(delete(kept).where(kept.c.account == account_id))

    def tries(self, whose: str) -> Tries | None:
        """Give the failed tries in a row, or None."""
        row = self._one(tables.staff_tries, "whose", whose)
        if row is None:
            return None
        return Tries(row.whose, row.failures, instant(row.last_at), _instant(row.wait_until))

    def keep_tries(self, tries: Tries) -> None:
        """Keep failed tries, in the place of those before."""
        values = {
            "whose": tries.whose,
            "failures": tries.failures,
            "last_at": instant_text(tries.last_at),
            "wait_until": _text(tries.wait_until),
        }
        self._replace(tables.staff_tries, "whose", values)

    def forget_tries(self, whose: str) -> None:
        """Remove failed tries: somebody was let in."""
        kept = tables.staff_tries
        self._connection.execute(delete(kept).where(kept.c.whose == whose))

    def forget_staff_traces(self, before: datetime) -> None:
        """Remove sessions, browsers and tries that ended before an instant (aware)."""
        text = instant_text(before)
        for table, column in (
            (tables.staff_sessions, tables.staff_sessions.c.ends_at),
            (tables.staff_browsers, tables.staff_browsers.c.ends_at),
            (tables.staff_tries, tables.staff_tries.c.last_at),
        ):
            self._connection.execute(delete(table).where(column < text))

    def _one(self, table: Table, column: str, value: str) -> Row[tuple[object, ...]] | None:
        return self._connection.execute(select(table).where(table.c[column] == value)).one_or_none()

    def _replace(self, table: Table, column: str, values: Mapping[str, object]) -> None:
        self._connection.execute(delete(table).where(table.c[column] == values[column]))
        self._connection.execute(insert(table).values(**values))


def _roles(text: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in text.split())


def _invitation(row: Row[tuple[object, ...]]) -> Invitation:
    return Invitation(
        secret_sha256=row.secret_sha256,
        account=row.account,
        otp_sealed=row.otp_sealed,
        created_at=instant(row.created_at),
        created_by=row.created_by,
        ends_at=instant(row.ends_at),
        used_at=_instant(row.used_at),
        needs_code=bool(row.needs_code),
        code_sha256=row.code_sha256,
        code_by=row.code_by,
        tries=row.tries,
    )


def _session(row: Row[tuple[object, ...]]) -> KeptSession:
    return KeptSession(
        secret_sha256=row.secret_sha256,
        id=row.id,
        account=row.account,
        method=SignInMethod(row.method),
        opened_at=instant(row.opened_at),
        confirmed_at=instant(row.confirmed_at),
        seen_at=instant(row.seen_at),
        ends_at=instant(row.ends_at),
        ended_at=_instant(row.ended_at),
    )


def _text(value: datetime | None) -> str | None:
    return None if value is None else instant_text(value)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant(text)
