"""Judge what was handed in, one by one, within what one request may cost."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from credentials.presentations import AUTHENTICATION, PresentationReport
from credentials.report import CheckId, Outcome, VerificationReport
from credentials.securing.proof_options import Expectation
from issuer.ports import PublicDesk
from issuer.ports.receipts import JudgedReceipt
from issuer.web.handed_in import HandedIn

PROCESSOR_SECONDS: Final = 3.0
"""For all files of one request; twenty honest ones take less than one (``docs/verify.md``)."""

WAITING_SECONDS: Final = 20.0
"""By the clock: other institutions' sites may take their time."""

MAX_LINES: Final = 40
"""Documents after which no further file is begun: a presentation may hold many."""

_PRESENTATION: Final = "VerifiablePresentation"

Examined = VerificationReport | PresentationReport


class Refusal(StrEnum):
    """Why a file was not looked at: the codes that programs read."""

    TOO_LARGE = "file.too_large"
    NOT_EXAMINED = "file.not_examined"


@dataclass(frozen=True, slots=True)
class Judged:
    """One document that was handed in, or the file that was not looked at.

    Attributes:
        name: The file's own name.
        report: What a verification says of it; None where it was not looked at.
        refusal: Why not; None where it was.
        where: JSON pointer to it in the presentation that holds it, else None.
        envelope: The report on that presentation, else None.
        same_as: The name of an earlier file with the same bytes, else None.
        receipt: What the receipt is worth that was handed in instead of a document, else None.
    """

    name: str
    report: VerificationReport | None = None
    refusal: Refusal | None = None
    where: str | None = None
    envelope: PresentationReport | None = None
    same_as: str | None = None
    receipt: JudgedReceipt | None = None


class Budget:
    """What one request may cost, from the moment at which it is made."""

    __slots__ = ("_clock", "_processor", "_since")

    def __init__(
        self, processor: Callable[[], float] = time.thread_time, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start the count.

        Args:
            processor: Gives the processor time used so far, in seconds.
            clock: Gives the time passed so far, in seconds.
        """
        self._processor, self._clock = processor, clock
        self._since = (processor(), clock())

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be begun."""
        worked, passed = self._processor() - self._since[0], self._clock() - self._since[1]
        return worked >= PROCESSOR_SECONDS or passed >= WAITING_SECONDS


def examine(desk: PublicDesk, data: bytes) -> Examined:
    """Judge bytes, as a document or, where they say to be one, as a presentation.

    Without a question of ours to answer, nothing that a presentation says proves who presents it.

    Args:
        desk: The service.
        data: What was handed in: hostile.
    """
    report = desk.check(data)
    if report.credential is None or _PRESENTATION not in report.credential.types:
        return report
    if report.check(CheckId.STRUCTURE).outcome is not Outcome.FAIL:
        return report
    presentation = desk.check_presentation(data, Expectation(AUTHENTICATION))
    return presentation if presentation.credentials else report


def judge(
    files: Sequence[HandedIn], examined: Callable[[bytes], Examined], budget: Budget
) -> Sequence[Judged]:
    """Judge files one by one; what the budget does not allow is said not to have been looked at.

    Args:
        files: The files, in their order.
        examined: Judges the bytes of one.
        budget: What all may cost.
    """
    lines: list[Judged] = []
    known: dict[bytes, tuple[str, Examined]] = {}
    for file in files:
        if file.data is None:
            lines.append(Judged(file.name, refusal=Refusal.TOO_LARGE))
        elif file.data in known:
            first, answer = known[file.data]
            lines.extend(told(file.name, answer, same_as=first))
        elif budget.is_spent or len(lines) >= MAX_LINES:
            lines.append(Judged(file.name, refusal=Refusal.NOT_EXAMINED))
        else:
            answer = examined(file.data)
            known[file.data] = (file.name, answer)
            lines.extend(told(file.name, answer))
    return tuple(lines)


def told(name: str, answer: Examined, *, same_as: str | None = None) -> Sequence[Judged]:
    """Give a document its line, and each credential of a presentation its own.

    Args:
        name: The name of what was handed in.
        answer: The report on it.
        same_as: The name of an earlier file with the same bytes, else None.
    """
    if isinstance(answer, VerificationReport):
        return (Judged(name, answer, same_as=same_as),)
    return tuple(
        Judged(name, item.report, where=item.where, envelope=answer, same_as=same_as)
        for item in answer.credentials
    )
