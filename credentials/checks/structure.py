"""``structure``: VCDM 2.0 and Open Badges 3.0."""

from credentials.json_input import JsonObject
from credentials.messages import answer, sentence
from credentials.report import Check, Sentence
from credentials.structure import Examination, examine_open_badge


def check(document: JsonObject) -> tuple[Check, tuple[Sentence, ...]]:
    """Say whether the document has the form that the standards demand.

    Args:
        document: The parsed document.

    Returns:
        The check, naming the first fault, and the leniencies of the reading.
    """
    found = Examination()
    examine_open_badge(document, found)
    notices = tuple(sentence(code) for code in found.notices)
    if found.first is None:
        return answer("structure.ok"), notices
    params: dict[str, str | Sentence] = dict(found.first.params)
    return answer(found.first.code, where=found.first.where, params=params), notices
