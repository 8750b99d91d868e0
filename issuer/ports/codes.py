"""What a caller with a short code and a name may learn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from issuer.domain.award import AwardKind, AwardState, WithdrawalReason


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """Code and name belong together; nothing here opens the document itself.

    Attributes:
        number: The award's number, as the paper prints it.
        kind: Block or title.
        name: What was awarded, as the fiche writes it; None once it was replaced.
        component: Its code.
        decided_on: Day of the jury's decision; None once it was replaced.
        state: Where the award stands.
        since: When that state began, for any other than ``valid`` (aware).
        reason: The public reason of a withdrawal or a suspension.
        at: The instant for which all this holds (aware).
    """

    number: str | None
    kind: AwardKind
    name: str | None
    component: str
    decided_on: date | None
    state: AwardState
    since: datetime | None
    reason: WithdrawalReason | None
    at: datetime


class CodeDesk(Protocol):
    """Answers who read a code from a paper, or heard it on the telephone."""

    def answer(self, code: str, name: str) -> CodeAnswer | None:
        """Say what the award of a code is, to who can say whose it is.

        Args:
            code: As typed.
            name: The holder's name, as typed.

        Returns:
            The answer, or None in every other case alike: a mistyped or unknown code, another name, a link
            that its holder switched off.
        """
        ...
