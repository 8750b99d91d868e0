"""What the student system may ask: hand in a record, read a plan, propose that it be issued, follow that.

Nothing here approves: an order that a program proposed waits for a person, and for another one than who let
the program in.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from issuer.domain.canary import is_canary
from issuer.domain.plan import Plan
from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports import RateLimits
from issuer.ports.limits import LimitedAct
from issuer.ports.orders import Order, OrderKind
from issuer.ports.systems import KeptAnswer, Program, Scope
from issuer.services.four_eyes import unknown_order
from issuer.services.jury_import import HandedIn, Taken, take_in
from issuer.services.office import Office
from issuer.services.orders import find_order, propose
from issuer.services.planning import make_plan, plan_authors
from issuer.services.programs.tokens import digest_of_token

RecordReader = Callable[[bytes, str, str], HandedIn]
"""Reads a file's bytes under a name, for a certification; ``RefusedError`` for one that cannot be read."""

_KEY = re.compile(r"[!-~]{1,128}", re.ASCII)


class RefusalKind(Enum):
    """Why a program is not heard."""

    UNKNOWN = "token.unknown"
    SCOPE = "token.scope"
    TOO_OFTEN = "token.too_often"


class NotHeardError(Exception):
    """A program that is not heard.

    Attributes:
        kind: Why.
    """

    def __init__(self, kind: RefusalKind) -> None:
        super().__init__(kind.value)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class StudentSystem:
    """Answers programs.

    Attributes:
        office: The service.
        reader: Reads records.
        limits: How often a program may ask.
    """

    office: Office
    reader: RecordReader
    limits: RateLimits

    @property
    def base_url(self) -> str:
        """The service's own address."""
        return self.office.base_url

    def program(self, token: str | None, scope: Scope, origin: str) -> Program:
        """Say which program asks.

        Args:
            token: What it shows, or None.
            scope: What it wants to do.
            origin: Whence, for the limit on those whom nobody knows.

        Raises:
            NotHeardError: It is not known, or not for this, or asks too often.
        """
        known = None
        if token is not None:
            with self.office.store.reading() as registry:
                known = registry.program_of(digest_of_token(token))
        if known is None or known.ended_at is not None:
            allowed = self.limits.allow(LimitedAct.PROGRAM, origin)
            raise NotHeardError(RefusalKind.UNKNOWN if allowed else RefusalKind.TOO_OFTEN)
        if not self.limits.allow(LimitedAct.PROGRAM, known.actor):
            raise NotHeardError(RefusalKind.TOO_OFTEN)
        if scope not in known.scopes:
            raise NotHeardError(RefusalKind.SCOPE)
        return known

    def hand_in(
        self,
        program: Program,
        content: bytes,
        name: str,
        certification: str,
        *,
        accept_valid: bool,
        check: bool,
    ) -> Taken:
        """Take in a record; changes behind awards wait for a person, whatever a program says.

        Args:
            program: Who.
            content: The file's bytes.
            name: Its name.
            certification: Code of the certification.
            accept_valid: Take the good rows, keep the refused ones with their reasons.
            check: Say everything, write nothing.

        Raises:
            NotFoundError: ``certification.unknown``.
            ServiceError: See :func:`issuer.services.jury_import.take_in`, and the reader.
        """
        _require_of_people(certification)
        return take_in(
            self.office,
            self.reader(content, name, certification),
            certification=certification,
            accept_valid=accept_valid,
            accept_changes=False,
            check=check,
            actor=program.actor,
        )

    def plan(self, certification: str, session: str | None) -> Plan:
        """Say what would be issued now.

        Raises:
            NotFoundError: ``certification.unknown`` or ``session.unknown``.
        """
        _require_of_people(certification)
        return make_plan(self.office, certification, session)[1]

    def propose_issue(
        self, program: Program, certification: str, session: str | None, plan_id: str, note: str | None
    ) -> Order:
        """Ask that a plan be issued; a person decides.

        Args:
            program: Who.
            certification: Code of the certification.
            session: The session that the plan was read for, or None.
            plan_id: The plan's digest as it was read.
            note: Why, or None.

        Raises:
            ConflictError: ``order.stale``: the record gives another plan by now.
            RefusedError: ``plan.empty``.
        """
        plan = self.plan(certification, session)
        if plan.digest != plan_id:
            raise ConflictError(
                "order.stale",
                "the record has changed since: what it gives now is not the plan that is named",
                where=plan_id[:12],
                remedy="read the plan again, and propose that one",
            )
        if not plan.awards:
            raise RefusedError(
                "plan.empty",
                "the plan would issue nothing",
                where=plan_id[:12],
                remedy="read why in the plan",
            )
        with self.office.store.reading() as registry:
            authors = plan_authors(registry, plan)
        content = {"certification": certification, "session": session, "plan": plan.digest}
        return propose(
            self.office,
            OrderKind.ISSUE,
            content,
            actor=program.actor,
            note=note,
            # Who let the program in holds, or held, its token.
            authors=frozenset(authors | {program.made_by}),
        )

    def order(self, program: Program, order_id: str) -> Order:
        """Give an order of this program; those of people and other programs are none of its business.

        Raises:
            NotFoundError: ``order.unknown``.
        """
        found = find_order(self.office, order_id)
        if found.asked.proposed_by != program.actor:
            raise unknown_order(order_id)
        return found

    def answered(self, program: Program, key: str | None, request: bytes) -> KeptAnswer | None:
        """Give what was answered to the very same request under the same key, or None.

        Args:
            program: Who.
            key: What the request names itself by, or None.
            request: What it asks, as bytes.

        Raises:
            RefusedError: ``idempotency.key``, or ``idempotency.reused`` for another request.

        Spec: draft-ietf-httpapi-idempotency-key-header, section 2.
        """
        if key is None:
            return None
        if not _KEY.fullmatch(key):
            raise RefusedError(
                "idempotency.key",
                "the key has 1 to 128 visible ASCII characters",
                where="Idempotency-Key",
                remedy="take a UUID",
            )
        with self.office.store.reading() as registry:
            kept = registry.program_answer(program.name, key)
        if kept is not None and kept.request != hashlib.sha256(request).hexdigest():
            raise RefusedError(
                "idempotency.reused",
                "this key was used for another request",
                where="Idempotency-Key",
                remedy="take a new key for each request, and the same one to send the same again",
            )
        return kept

    def keep_answer(
        self, program: Program, key: str | None, request: bytes, status: int, answer: str
    ) -> None:
        """Keep what was answered, for the same request under the same key."""
        if key is None:
            return
        digest = hashlib.sha256(request).hexdigest()
        with self.office.store.writing() as registry:
            if registry.program_answer(program.name, key) is None:
                registry.keep_program_answer(
                    program.name, key, KeptAnswer(digest, status, answer), self.office.clock.now()
                )


def _require_of_people(certification: str) -> None:
    """Refuse the certification of the self-watch: no program has anything to do with it."""
    if is_canary(certification):
        raise NotFoundError(
            "certification.unknown",
            "there is no certification of this code",
            where=certification,
            remedy="name one that people may be awarded",
        )
