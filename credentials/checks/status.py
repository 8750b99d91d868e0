"""``status``: whether the document still stands, by the issuer's own list and by our own register."""

from datetime import datetime
from typing import Final

from credentials.json_input import JsonObject
from credentials.materials import Materials, Withdrawal, WithdrawalKind
from credentials.messages import answer, french, long_date, sentence
from credentials.policy import Policy
from credentials.report import Check, Sentence
from credentials.status.consultation import PURPOSES, consult
from credentials.structure.values import objects_of, types_of
from credentials.structure.vcdm import STATUS_ENTRY
from credentials.verdict import worst_of

_CODES: Final = {
    WithdrawalKind.REVOKED: "status.revoked",
    WithdrawalKind.REPLACED: "status.replaced",
    WithdrawalKind.SUSPENDED: "status.suspended",
}


def check(
    document: JsonObject, *, issuer: str, materials: Materials, policy: Policy, at: datetime
) -> tuple[Check, tuple[Sentence, ...]]:
    """Say whether the document was withdrawn, replaced or suspended.

    Args:
        document: The parsed document; its form has been examined.
        issuer: The issuer's identifier.
        materials: Status lists, DID documents, and our own register's word.
        policy: How old a list may be.
        at: The instant of the check, aware.

    Returns:
        The check, and notices on entries that were not consulted.

    Spec: VCDM 2.0, section 4.10 (Status); Bitstring Status List 1.0, section 3.2.
    """
    answers: list[Check] = []
    notices: dict[str, Sentence] = {}
    for entry in objects_of(document.get("credentialStatus")):
        if STATUS_ENTRY not in types_of(entry):
            answers.append(answer("status.unsupported_type", where="/credentialStatus"))
        elif entry.get("statusPurpose") in PURPOSES:
            answers.append(consult(entry, issuer=issuer, materials=materials, policy=policy, at=at))
        else:
            notices["notice.other_purpose"] = sentence("notice.other_purpose")
    answers = _with_register(answers, materials.withdrawal, at)
    found = worst_of(answers) if answers else answer("status.none_declared")
    return found, tuple(notices.values())


def registered(withdrawal: Withdrawal, at: datetime) -> Check:
    """Give our own register's word against an award, where no list was or could be consulted.

    Args:
        withdrawal: What the register says.
        at: The instant of the check, aware.
    """
    return answer(_CODES[withdrawal.kind], as_of=at, params={"details": _details(withdrawal)})


def _with_register(answers: list[Check], withdrawal: Withdrawal | None, at: datetime) -> list[Check]:
    """Add our own register's word: it explains a set bit, and is ahead of a list not yet published."""
    if withdrawal is None:
        return answers
    own = registered(withdrawal, at)
    explained = withdrawal.kind is not WithdrawalKind.SUSPENDED
    rest = [item for item in answers if not (explained and item.code == "status.revoked")]
    return [own, *rest]


def _details(withdrawal: Withdrawal) -> Sentence:
    in_french, in_english = "", ""
    if withdrawal.on is not None:
        day = long_date(withdrawal.on)
        in_french, in_english = f", le {day.fr}", f" on {day.en}"
    if withdrawal.reason is not None:
        in_french += french(f" (motif : {withdrawal.reason.fr})")
        in_english += f" (reason: {withdrawal.reason.en})"
    return Sentence(fr=in_french, en=in_english)
