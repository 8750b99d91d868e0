"""``status``: whether the document still stands, by the issuer's own list and by our own register."""

from datetime import UTC, datetime
from typing import Final

from credentials.json_input import JsonObject
from credentials.materials import Materials, Withdrawal, WithdrawalKind
from credentials.messages import answer, french, long_date, long_instant, sentence
from credentials.policy import Policy
from credentials.report import Check, Outcome, Sentence
from credentials.status.consultation import Consultation, consult
from credentials.status.revocation_list import consult_revocation_list
from credentials.status.shelf import ListShelf
from credentials.structure.status_entry import REVOCATION_LIST, kind_of
from credentials.structure.values import objects_of
from credentials.verdict import worst_of

MAX_ENTRIES: Final = 8
"""Each can cost the opening of a list; a document has one, or one a purpose."""

_CODES: Final = {
    WithdrawalKind.REVOKED: "status.revoked",
    WithdrawalKind.REPLACED: "status.replaced",
    WithdrawalKind.SUSPENDED: "status.suspended",
}


def check(
    document: JsonObject,
    *,
    issuer: str,
    materials: Materials,
    policy: Policy,
    at: datetime,
    lists: ListShelf | None = None,
) -> tuple[Check, tuple[Sentence, ...]]:
    """Say whether the document was withdrawn, replaced or suspended.

    Args:
        document: The parsed document; its form has been examined.
        issuer: The issuer's identifier.
        materials: Status lists, DID documents, and our own register's word.
        policy: How old a list may be, and for which instant the state is asked; the register's word is
            always the present one.
        at: The instant of the check, aware.
        lists: The lists that a verification of several documents has opened; by default, none yet.

    Returns:
        The check: the worst answer of all entries, in whatever order they stand; and notices.

    Spec: VCDM 2.0, section 4.10 (Status); Bitstring Status List 1.0, section 3.2.
    """
    entries = objects_of(document.get("credentialStatus"))
    asked = policy.status_at
    shelf = lists or ListShelf(materials, policy, at)
    consulted = [_consult(entry, document, issuer=issuer, lists=shelf) for entry in entries[:MAX_ENTRIES]]
    notices = [notice for item in consulted for notice in item.notices]
    if entries and asked is not None:
        notices.append(sentence("notice.past_status", {"date": long_instant(asked.astimezone(UTC))}))
    answers = [item.check for item in consulted if item.check is not None]
    if len(entries) > MAX_ENTRIES:
        answers.append(answer("status.too_many_entries", where="/credentialStatus"))
    answers = _with_register(answers, materials.withdrawal, at)
    # The register's word is the present one: of a past state it says nothing.
    knows = materials.in_register and issuer == materials.own_issuer and asked is None
    return _together(answers, register_knows=knows), tuple(dict.fromkeys(notices))


def registered(withdrawal: Withdrawal, at: datetime) -> Check:
    """Give our own register's word against an award, where no list was or could be consulted.

    Args:
        withdrawal: What the register says.
        at: The instant of the check, aware.
    """
    return answer(_CODES[withdrawal.kind], as_of=at, params={"details": _details(withdrawal)})


def _consult(entry: JsonObject, document: JsonObject, *, issuer: str, lists: ListShelf) -> Consultation:
    kind, asked = kind_of(entry), lists.policy.status_at
    if kind is None:
        return Consultation(answer("status.unsupported_type", where="/credentialStatus"))
    if asked is not None and asked > lists.at:
        return Consultation(answer("status.in_the_future"))
    if kind == REVOCATION_LIST:
        return consult_revocation_list(entry, document, issuer=issuer, lists=lists)
    return consult(entry, issuer=issuer, lists=lists)


def _together(answers: list[Check], *, register_knows: bool) -> Check:
    """Give the worst answer; "neither withdrawn nor suspended" is said only where both were looked up."""
    if not answers:
        return answer("status.none_declared")
    found = worst_of(sorted(answers, key=_rank))
    if found.outcome is not Outcome.PASS:
        return found
    oldest = min((item.as_of for item in answers if item.as_of is not None), default=None)
    both = len({item.code for item in answers}) > 1
    return answer("status.in_force", as_of=oldest) if both or register_knows else found


def _rank(check: Check) -> tuple[str, datetime]:
    """Of equal answers the oldest is given, whatever the order of the entries."""
    return check.code, check.as_of or datetime.max.replace(tzinfo=UTC)


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
        lasting = withdrawal.kind is WithdrawalKind.SUSPENDED
        in_french = f", depuis le {day.fr}" if lasting else f", le {day.fr}"
        in_english = f" since {day.en}" if lasting else f" on {day.en}"
    if withdrawal.reason is not None:
        in_french += french(f" (motif : {withdrawal.reason.fr})")
        in_english += f" (reason: {withdrawal.reason.en})"
    return Sentence(fr=in_french, en=in_english)
