"""Changes that a forger would try on a signed credential; each must be refused by every verifier."""

from collections.abc import Callable, Mapping
from typing import Any

from credentials.json_input import JsonObject, parse_object, to_bytes

# Any: a forger knows no types.
Forgery = Callable[[Any], object]


def _holder(document: Any) -> None:
    document["credentialSubject"]["identifier"][0]["identityHash"] += " bis"


def _achievement(document: Any) -> None:
    document["credentialSubject"]["achievement"]["name"] = "Docteur en médecine"


def _achievement_type(document: Any) -> None:
    document["credentialSubject"]["achievement"]["achievementType"] = "DoctoralDegree"


def _decision_date(document: Any) -> None:
    document["awardedDate"] = "2001-01-01T00:00:00+01:00"


def _status_index(document: Any) -> None:
    other = (int(document["credentialStatus"]["statusListIndex"]) + 1) % 131_072
    document["credentialStatus"]["statusListIndex"] = str(other)


def _no_status(document: Any) -> None:
    del document["credentialStatus"]


def _no_evidence(document: Any) -> None:
    del document["evidence"]


def _issuer_name(document: Any) -> None:
    document["issuer"]["name"] = "Université de Nulle-Part"


def _undefined_member(document: Any) -> None:
    document["mentionTresBien"] = "oui"


def _alignment_moved(document: Any) -> None:
    alignments = document["credentialSubject"]["achievement"]["alignment"]
    alignments[0]["targetName"], alignments[1]["targetName"] = (
        alignments[1]["targetName"],
        alignments[0]["targetName"],
    )


def _proof_date(document: Any) -> None:
    document["proof"][0]["created"] = "2001-01-01T00:00:00Z"


def _proof_purpose(document: Any) -> None:
    document["proof"][0]["proofPurpose"] = "authentication"


def _signature(document: Any) -> None:
    value = document["proof"][0]["proofValue"]
    document["proof"][0]["proofValue"] = value[:-1] + ("2" if value[-1] != "2" else "3")


FORGERIES: Mapping[str, Forgery] = {
    "holder": _holder,
    "achievement": _achievement,
    "achievement type": _achievement_type,
    "decision date": _decision_date,
    "status index": _status_index,
    "no status": _no_status,
    "no evidence": _no_evidence,
    "issuer name": _issuer_name,
    "undefined member": _undefined_member,
    "alignments exchanged": _alignment_moved,
    "proof date": _proof_date,
    "proof purpose": _proof_purpose,
    "signature": _signature,
}


def forged(document: JsonObject, name: str) -> JsonObject:
    """Give a copy with one change."""
    copy = parse_object(to_bytes(document))
    FORGERIES[name](copy)
    assert copy != document
    return copy
