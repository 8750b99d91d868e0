"""The words that stand beside a report's codes in the folded details."""

from credentials.report import CheckId, Outcome, Verdict
from issuer.web.language import gettext, mark

_OUTCOMES = {
    Outcome.PASS: mark("Réussi"),
    Outcome.FAIL: mark("Échec"),
    Outcome.UNKNOWN: mark("Non vérifié"),
    Outcome.NOT_APPLICABLE: mark("Sans objet"),
}
_CHECKS = {
    CheckId.PARSE: mark("Lecture"),
    CheckId.STRUCTURE: mark("Format"),
    CheckId.CONTEXTS: mark("Vocabulaire"),
    CheckId.PROOF: mark("Signature"),
    CheckId.KEY: mark("Clé"),
    CheckId.ISSUER: mark("Émetteur"),
    CheckId.PERIOD: mark("Période"),
    CheckId.STATUS: mark("État"),
    CheckId.RELATED: mark("Documents cités"),
    CheckId.HOLDER: mark("Titulaire"),
}
_VERDICTS = {
    Verdict.MALFORMED: mark("illisible"),
    Verdict.MODIFIED: mark("modifié"),
    Verdict.UNKNOWN_ISSUER: mark("émetteur inconnu"),
    Verdict.REVOKED: mark("retiré"),
    Verdict.REPLACED: mark("remplacé"),
    Verdict.SUSPENDED: mark("suspendu"),
    Verdict.NOT_YET_VALID: mark("pas encore en vigueur"),
    Verdict.EXPIRED: mark("arrivé à son terme"),
    Verdict.INCOMPLETE: mark("incomplet"),
    Verdict.VALID: mark("tous les contrôles nécessaires ont réussi"),
}


def outcome_word(outcome: Outcome) -> str:
    """Give an outcome in words, in the reader's language."""
    return gettext(_OUTCOMES[outcome])


def check_word(check: CheckId) -> str:
    """Give a check's name in words, in the reader's language."""
    return gettext(_CHECKS[check])


def verdict_word(verdict: Verdict) -> str:
    """Give a verdict in words, in the reader's language."""
    return gettext(_VERDICTS[verdict])
