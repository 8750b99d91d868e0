"""What one verification may spend on the credentials in a document and on the lists that they name."""

from dataclasses import dataclass

from credentials.canonical.embedded import MAX_EMBEDDED
from credentials.canonical.rdfc import MAX_WORK
from credentials.document import Document, ReadProblem
from credentials.json_input import MAX_VALUES, size_of


@dataclass(slots=True)
class Budget:
    """What may still be spent.

    Attributes:
        left: How many embedded credentials may still be judged.
        values: Values in them, once for each proof over them.
        work: Steps of :mod:`credentials.canonical.rdfc`: those of the outer document, of the credentials in
            it and of the status lists of all of them. A step is some ten microseconds.
    """

    left: int = MAX_EMBEDDED
    values: int = MAX_VALUES
    work: int = 2 * MAX_WORK

    def admit(self, received: Document | ReadProblem) -> Document | ReadProblem:
        """Count a credential, and give it, or the reason why it is not examined."""
        self.left -= 1
        if isinstance(received, Document):
            # Each proof is over the whole of it.
            proofs = received.content.get("proof")
            times = len(proofs) if isinstance(proofs, list) and proofs else 1
            self.values -= times * size_of(received.content)
            if self.values < 0 or self.work <= 0:
                return ReadProblem("parse.not_examined", received.source)
        return received

    def spend(self, steps: int) -> None:
        """Count work that was done; whether more may be done is asked before the next."""
        self.work -= steps
