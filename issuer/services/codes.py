"""The short code on paper: what is told to who says the code and whose it is, and to nobody else."""

from issuer.domain.award import Award, AwardKind, AwardState
from issuer.domain.certification import Certification
from issuer.domain.name_matching import PersonName, designates
from issuer.domain.short_code import read_short_code
from issuer.ports import CodeAnswer, Registry
from issuer.services.catalog import kept_version
from issuer.services.office import Office

_NOBODY = PersonName("", ("",))


class Codes:
    """Answers by short code and name (``CodeDesk``); reads the register, writes nothing."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def answer(self, code: str, name: str) -> CodeAnswer | None:
        """Say what the award of a code is, to who can say whose it is; None in every other case alike."""
        with self._office.store.reading() as registry:
            award = registry.award_by_short_code(read_short_code(code) or "")
            # The same is asked in every case, so that hardly any answer comes sooner than another.
            named = designates(name, _name_of(registry, award))
            opened = registry.link_is_open(award.number if award else "")
            if award is None or not named or not opened:
                return None
            certification = kept_version(registry, award.certification, award.certification_version)
        replaced = award.state is AwardState.REPLACED
        return CodeAnswer(
            number=None if replaced else award.number,
            kind=award.kind,
            name=None if replaced else _title(certification, award),
            component=award.component,
            decided_on=None if replaced else award.decided_on,
            state=award.state,
            since=award.state_since,
            reason=award.reason,
            at=self._office.clock.now(),
        )


def _name_of(registry: Registry, award: Award | None) -> PersonName:
    """Give the name that the award’s document bears: for a replaced one a former name, never the new one."""
    entries = registry.revisions_of(award.candidate_id if award else "")
    if award is None:
        return _NOBODY
    entry = next((item for item in reversed(entries) if item.display_name == award.holder), None)
    if entry is None:
        # A name that no entry gives in parts: it has to be said whole.
        return PersonName("", (award.holder,))
    used = [entry.usage_name] if entry.usage_name else []
    return PersonName(entry.given_names, [entry.birth_name, *used])


def _title(certification: Certification, award: Award) -> str:
    block = certification.block(award.component) if award.kind is AwardKind.BLOCK else None
    return certification.title if block is None else block.title
