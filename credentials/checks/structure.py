"""``structure``: VCDM 2.0, and Open Badges 3.0 or CLR 2.0 where the document claims to follow them."""

from credentials.json_input import JsonObject
from credentials.messages import answer, sentence
from credentials.report import Check, Sentence
from credentials.structure import Examination, claimed_forms, examine_document, examine_presentation

_GENERAL = "structure.ok_general"


def check(document: JsonObject) -> tuple[Check, tuple[Sentence, ...]]:
    """Say whether a credential has the form that the standards demand.

    Args:
        document: The parsed document.

    Returns:
        The check, naming the first fault, and the leniencies of the reading.
    """
    found = Examination()
    examine_document(document, found)
    forms = claimed_forms(document)
    if "ClrCredential" in forms:
        return _report(found, "structure.ok_clr")
    return _report(found, "structure.ok" if forms else _GENERAL)


def check_presentation(document: JsonObject) -> tuple[Check, tuple[Sentence, ...]]:
    """Say whether a presentation, and each credential in it, has the form that the standards demand.

    Args:
        document: The parsed document.

    Returns:
        The check, naming the first fault, and the leniencies of the reading.
    """
    found = Examination()
    examine_presentation(document, found)
    return _report(found, _GENERAL)


def _report(found: Examination, passed: str) -> tuple[Check, tuple[Sentence, ...]]:
    notices = tuple(sentence(code) for code in found.notices)
    if found.first is None:
        return answer(passed), notices
    params: dict[str, str | Sentence] = dict(found.first.params)
    return answer(found.first.code, where=found.first.where, params=params), notices
