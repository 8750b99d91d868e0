"""What judging an input costs: processor time and memory, in a process of its own.

The time is that of the processor, not of the clock, so that what else the machine does is not counted. The memory
is the highest resident size of the process less that at its start (Linux keeps it as ``VmHWM`` and resets it on
request), so that the size of the program and of the contexts it has read is not counted. What the process held before
is kept from the garbage collector, which would walk all of a long test run's objects and charge the input with it.
"""

import contextlib
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SECONDS: Final = 2.0
MEGABYTES: Final = 200.0
LINUX: Final = sys.platform == "linux"

_STATUS: Final = Path("/proc/self/status")
_CLEAR: Final = Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost.

    Attributes:
        seconds: Of the processor.
        megabytes: Of memory above that at the start.
        failure: What was raised, or None.
    """

    seconds: float
    megabytes: float
    failure: str | None = None

    @property
    def bearable(self) -> bool:
        """Whether it is within both limits, and nothing was raised."""
        return self.failure is None and self.seconds < SECONDS and self.megabytes < MEGABYTES


def cost_of(action: Callable[[], object]) -> Cost:
    """Measure an action in this process."""
    _CLEAR.write_text("5", encoding="ascii")
    before, start, failure = _memory("VmRSS"), time.process_time(), None
    try:
        action()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        failure = repr(error)[:500]
    return Cost(time.process_time() - start, (_memory("VmHWM") - before) / 1024, failure)


def cost_apart(action: Callable[[], object]) -> Cost:
    """Measure an action in a fork of this process, which no earlier one has filled."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            gc.freeze()
            found = cost_of(action)
            os.write(writing, json.dumps([found.seconds, found.megabytes, found.failure]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    return Cost(*json.loads(data)) if data else Cost(0.0, 0.0, "the process ended")


def least_cost_apart(action: Callable[[], object], tries: int = 3) -> Cost:
    """Measure an action again while it seems too dear: a busy neighbour only ever adds, never takes away."""
    cost = cost_apart(action)
    while tries > 1 and cost.failure is None and not cost.bearable:
        again, tries = cost_apart(action), tries - 1
        cost = Cost(min(cost.seconds, again.seconds), min(cost.megabytes, again.megabytes), again.failure)
    return cost


def _memory(name: str) -> int:
    for line in _STATUS.read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)
