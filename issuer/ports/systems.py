"""Equivalences of blocks, programs of the student system, older awards, as the services see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.equivalence import Equivalence
from issuer.domain.records import EarlierAward


class Scope(StrEnum):
    """What a program may do; none of it approves anything."""

    RECORDS_WRITE = "records:write"
    """Hand in jury records, and propose that their plan be issued."""
    PLANS_READ = "plans:read"
    ORDERS_READ = "orders:read"


@dataclass(frozen=True, slots=True)
class KeptEquivalence:
    """An equivalence as the register keeps it.

    Attributes:
        equivalence: What counts for what.
        proposed_by: Who asked.
        approved_at: When it was approved (aware).
        approved_by: Who approved it.
        ended_at: When it was ended (aware), or None while it counts.
        ended_by: Who ended it, or None.
        end_note: Why, or None.
    """

    equivalence: Equivalence
    proposed_by: str
    approved_at: datetime
    approved_by: str
    ended_at: datetime | None = None
    ended_by: str | None = None
    end_note: str | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """A program that may use the student system's interface.

    Attributes:
        name: Its name; the audit log names it ``program:<name>``.
        digest: SHA-256 (hex) of its token; the token itself is kept nowhere.
        scopes: What it may do.
        made_at: When (aware).
        made_by: Who.
        ended_at: When it was shut out (aware), or None.
        ended_by: Who did it, or None.
    """

    name: str
    digest: str
    scopes: frozenset[Scope]
    made_at: datetime
    made_by: str
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def actor(self) -> str:
        """How the audit log and orders name it."""
        return f"program:{self.name}"


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a program was answered to a request that named a key.

    Attributes:
        request: SHA-256 (hex) of the request.
        status: HTTP status.
        answer: The body.
    """

    request: str
    status: int
    answer: str


class SystemsRegistry(Protocol):
    """The part of a unit of work that keeps them."""

    def certification_document(self, code: str, version: str) -> Mapping[str, object] | None:
        """Give the document of a version of a fiche as it was handed in, or None."""
        ...

    def add_equivalence(self, kept: KeptEquivalence) -> None:
        """Keep an approved equivalence."""
        ...

    def end_equivalence(self, equivalence_id: str, at: datetime, by: str, note: str) -> None:
        """Note that an equivalence counts no longer."""
        ...

    def equivalences(self, to_fiche: str | None = None) -> Sequence[KeptEquivalence]:
        """Give the equivalences towards a fiche, or all of them, oldest first, ended ones included."""
        ...

    def add_program(self, program: Program) -> None:
        """Keep a new program."""
        ...

    def end_program(self, name: str, at: datetime, by: str) -> None:
        """Shut a program out."""
        ...

    def programs(self) -> Sequence[Program]:
        """Give every program by its name, those that were shut out included."""
        ...

    def program_of(self, digest: str) -> Program | None:
        """Give the program whose token has this digest, or None."""
        ...

    def program_answer(self, program: str, key: str) -> KeptAnswer | None:
        """Give what a program was answered under a key, or None."""
        ...

    def keep_program_answer(self, program: str, key: str, answer: KeptAnswer, at: datetime) -> None:
        """Keep what a program was answered under a key."""
        ...

    def add_earlier_awards(self, import_id: str, certification: str, awards: Sequence[EarlierAward]) -> None:
        """Keep awards that were made on paper or by another tool."""
        ...

    def earlier_awards(self, certification: str) -> Sequence[EarlierAward]:
        """Give the older awards of a certification, in the order in which they came."""
        ...
