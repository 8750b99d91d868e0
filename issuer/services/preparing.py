"""Make beforehand the forms that take the institution's key: the graduates' space hands them out without it.

What is kept is what ``export`` would have written: of an award in force, accepted by our own verifier, with
its line in the audit log. A form that is kept is not made again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from issuer.domain.award import Award, AwardKind, AwardState
from issuer.errors import ConflictError
from issuer.ports import ExportFormat, PreparedExport, Registry
from issuer.services.exporting import Exporter

Progress = Callable[[int, int], None]
"""Called with the number of forms done and the number in all."""

_FORMS: Final = {
    AwardKind.BLOCK: (ExportFormat.JWT,),
    AwardKind.TITLE: (ExportFormat.JWT, ExportFormat.CLR),
}


@dataclass(slots=True)
class Prepared:
    """What one run did.

    Attributes:
        made: How many forms were made now.
        refused: Awards of which a form cannot be made, and the refusal's code.
    """

    made: int = 0
    refused: list[tuple[str, ExportFormat, str]] = field(default_factory=list)


def prepare(exporter: Exporter, *, actor: str, progress: Progress = lambda _done, _all: None) -> Prepared:
    """Make every form that is wanting of the awards in force.

    Args:
        exporter: Makes them, one by one.
        actor: Who runs it.
        progress: Told after each form.

    Returns:
        What was done; running it again does nothing more.

    Raises:
        ServiceError: The key or the register is not usable.
    """
    office, result = exporter.office, Prepared()
    with office.store.reading() as registry:
        due = _due(registry)
    if not due:
        return result
    signer = office.open_signer()
    opened = replace(exporter, office=replace(office, open_signer=lambda: signer))
    for done, (award, form) in enumerate(due, start=1):
        try:
            body = opened.export(award, form, actor=actor)
        except ConflictError as refusal:
            # A title in force whose block is not has no record; the next one may have.
            result.refused.append((award.number, form, refusal.code))
        else:
            with office.store.writing() as registry:
                registry.keep_prepared(PreparedExport(award.number, form, body, office.clock.now()))
            result.made += 1
        progress(done, len(due))
    return result


def _due(registry: Registry) -> Sequence[tuple[Award, ExportFormat]]:
    kept = registry.prepared_forms()
    return [
        (award, form)
        for award in registry.awards()
        if award.state is AwardState.VALID
        for form in _FORMS[award.kind]
        if (award.number, form) not in kept
    ]
