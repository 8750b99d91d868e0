"""Changes of signed documents by chance, up to 1 MB, and the documents of every dialect to begin with."""

import base64
import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, TypeAlias

from credentials.baking import png, svg
from credentials.json_input import MAX_BYTES, without
from tests.hostile.judging import made
from tests.hostile.makers.sealing import Hostile, Json, sealed, written
from tests.support.changes import KEYWORDS, OWN_NAMES, TERMS, get, named_form, places, rich_credential, twist

Path: TypeAlias = tuple[str | int, ...]

SEEDS = (
    "json/members-reversed",
    "proofs/set-of-two",
    "proofs/chain",
    "proofs/jcs",
    "proofs/set-rdfc-and-jcs",
    "proofs/legacy",
    "proofs/p256",
    "proofs/p256-jcs",
    "proofs/p384",
    "proofs/sd-extract",
    "keys/web",
    "standing/two-clear",
    "standing/list-2021-clear",
    "tokens/vc",
    "tokens/vc-p256",
    "tokens/payload-with-proof",
    "tokens/badge",
    "tokens/enveloped",
    "tokens/sd-all-shown",
    "tokens/sd-binding",
    "holdings/record",
    "holdings/endorsed",
    "holdings/endorsement",
    "holdings/nested-3",
    "holdings/side-by-side-5",
    "holdings/presentation",
    "holdings/presentation-of-a-token",
    "holdings/related-match",
    "files/png",
    "files/svg",
)
"""Inputs that are accepted: at least one of each dialect."""

WORDS = (
    *("policy", "skip", "skipChecks", "verified", "valid", "trusted", "checks", "options", "allow", "strict"),
    *(
        "noVerify",
        "status",
        "revoked",
        "validUntil",
        "expires",
        "exp",
        "alg",
        "kid",
        "jwk",
        "crit",
        "typ",
        "iss",
    ),
    *("proof", "credentialStatus", "credentialSchema", "termsOfUse", "refreshService", "evidence", "holder"),
    *("verificationMethod", "proofPurpose", "cryptosuite", "previousProof", "domain", "challenge", "nonce"),
    *("relatedResource", "digestSRI", "endorsement", "verifiableCredential", "endorsementJwt", "__proto__"),
)
"""Names by which an input might hope to be asked less."""

_VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**53,
        1.5,
        "",
        "x",
        "none",
        "true",
        "0",
        "accept",
        "*",
        [],
        {},
        [[]],
        [{}],
    ),
    *(
        ["a", "a"],
        {"@vocab": "urn:x:"},
        {"@value": "x"},
        {"id": "urn:x:1"},
        {"type": "X"},
        "did:key:z6Mk#z6Mk",
    ),
    *("https://evil.example/", "2099-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "eddsa-rdfc-2022", "bbs-2023"),
    *(
        "BitstringStatusListEntry",
        "https://www.w3.org/ns/credentials/v2",
        "\u202e",
        "\ud800",
        "\x00",
        "é" * 100,
    ),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One input of the fuzzing.

    Attributes:
        hostile: The seed, for what its verification rests on.
        data: The changed bytes.
        same: Whether it may still be accepted: it means what the seed means, or was signed anew.
    """

    hostile: Hostile
    data: bytes
    same: Callable[[], bool]


@cache
def seed(name: str) -> Hostile:
    """Give a seed, made once."""
    return _rich() if name == "rich" else made(name)


def _rich() -> Hostile:
    return Hostile(written(sealed(rich_credential())))


def trial(chance: Random) -> Trial:
    """Make one input.

    Args:
        chance: Decides everything: the same one makes the same input.
    """
    hostile = seed(chance.choice(("rich", *SEEDS)))
    kind = chance.random()
    if kind < 0.15:
        return _bytes_changed(hostile, chance)
    document = _document_in(hostile.data)
    if document is None:
        return _token_changed(hostile, chance)
    changed = copy.deepcopy(document)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        chance.choice(_CHANGES)(changed, chance)
    if kind > 0.75:
        for _ in range(chance.choice((1, 2, 3))):
            _grow(changed, chance)
    if kind > 0.6 and hostile.data.startswith(b"{"):
        signed = _signed_anew(changed, chance)
        if signed is not None:
            return Trial(hostile, written(signed)[:MAX_BYTES], lambda: True)
    data = _in_the_place_of(document, changed, hostile.data, chance)[:MAX_BYTES]
    return Trial(hostile, data, lambda: same_meaning(document, changed))


def _document_in(data: bytes) -> Json | None:
    """Read the document of a seed that is JSON, or a picture of it."""
    text = (
        png.unbake(data)
        if data.startswith(png.SIGNATURE)
        else svg.unbake(data)
        if data.startswith(b"<")
        else None
    )
    raw = data if text is None else text.encode()
    if not raw.lstrip().startswith(b"{"):
        return None
    found: Json = json.loads(raw)
    return found


def _in_the_place_of(document: Json, changed: Json, data: bytes, chance: Random) -> bytes:
    """Write a changed document, now and then as JSON that is written otherwise or broken."""
    text = written(changed)
    if data.startswith(b"{"):
        return _spelled(text, chance)
    try:
        baked = text.decode("utf-8")
        return (
            png.bake(_PIXEL, baked) if data.startswith(png.SIGNATURE) else svg.bake(b"<svg><g/></svg>", baked)
        )
    except (UnicodeDecodeError, ValueError, Exception):  # noqa: BLE001 - what cannot be baked is tried bare
        return text


_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _spelled(text: bytes, chance: Random) -> bytes:
    if chance.random() < 0.9:
        return text
    return chance.choice(
        (text + b"\n", b" " + text, text.replace(b'"id"', b'"\\u0069d"'), text[:-1] + b',"id":1}')
    )


def same_meaning(document: Json, changed: Json) -> bool:
    """Say whether two documents are equal: under JSON-LD, or as JSON where the text is signed.

    Each proof that nothing follows secures the whole document: without one of several it says the same.

    Args:
        document: A document that is accepted.
        changed: What became of it.
    """
    if "EnvelopedVerifiableCredential" in str(document.get("type")):
        # What an envelope says is what its token says.
        return bool(document["id"] == changed.get("id"))
    if "proof" not in document:
        return document == changed
    try:
        if "jcs" in json.dumps(_proofs(changed)) and without(document, "proof") != without(changed, "proof"):
            return False
        kept = [named_form({"proof": proof}) for proof in _proofs(changed)]
        made = [named_form({"proof": proof}) for proof in _proofs(document)]
        same = named_form({**document, "proof": None}) == named_form({**changed, "proof": None})
        return same and bool(kept) and set(kept) <= set(made)
    except (TypeError, AttributeError, RecursionError):
        return False


def _proofs(document: Json) -> list[Any]:
    found = document.get("proof")
    return found if isinstance(found, list) else [found]


def _signed_anew(document: Json, chance: Random) -> Json | None:
    """Sign a changed document with the issuer's key, as far as it can be."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    try:
        return sealed(bare, suite=chance.choice(("eddsa-rdfc-2022", "eddsa-jcs-2022")))
    except Exception:  # noqa: BLE001 - what has no canonical form cannot be signed
        return None


# --- Bytes and tokens ---------------------------------------------------------------------------------------


def _bytes_changed(hostile: Hostile, chance: Random) -> Trial:
    data = bytearray(hostile.data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        place = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + chance.choice((1, 4, 100))]
            case 2:
                data[place:place] = data[place : place + chance.choice((1, 10, 1000))]
            case 3:
                data[place:place] = chance.choice(
                    (b"\x00", b"\xff", b'"', b"}", b".", b"~", b"=", b"\n", b"<!--")
                )
            case _:
                data[place:place] = bytes([chance.randrange(256)]) * chance.choice((1, 100, 500_000))
        if not data:
            break
    changed = bytes(data[:MAX_BYTES])
    return Trial(hostile, changed, lambda: _same_bytes(hostile.data, changed))


def _same_bytes(one: bytes, other: bytes) -> bool:
    before, after = _document_or_none(one), _document_or_none(other)
    return one.strip() == other.strip() or (
        before is not None and after is not None and same_meaning(before, after)
    )


def _document_or_none(data: bytes) -> Json | None:
    try:
        return _document_in(data)
    except Exception:  # noqa: BLE001 - it is not one any more
        return None


def _token_changed(hostile: Hostile, chance: Random) -> Trial:
    """Change header, payload, signature or disclosures of a token."""
    text = hostile.data.decode()
    head, *shown = text.split("~")
    parts = head.split(".")
    if shown and chance.random() < 0.5:
        chance.shuffle(shown)
        shown = shown[: chance.randrange(len(shown) + 1)] + shown[:1] * chance.randrange(3)
    else:
        index = chance.randrange(len(parts))
        parts[index] = _part_changed(parts[index], chance, structured=index < 2)
    changed = "~".join([".".join(parts), *shown]).encode()[:MAX_BYTES]
    return Trial(hostile, changed, lambda: changed.strip() == hostile.data.strip())


def _part_changed(part: str, chance: Random, *, structured: bool) -> str:
    if not structured or chance.random() < 0.3:
        place = chance.randrange(len(part) + 1)
        return (
            part[:place]
            + chance.choice(("", "A", "=", "-", ".", " ", "A" * 300_000))
            + part[place + chance.randrange(3) :]
        )
    content = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    chance.choice(_CHANGES)(content, chance)
    if chance.random() < 0.2:
        _grow(content, chance)
    return base64.urlsafe_b64encode(written(content)).rstrip(b"=").decode()


# --- Changes of a document ----------------------------------------------------------------------------------


def _add(document: Json, chance: Random) -> None:
    holder: Any = get(document, chance.choice(_paths(document, dict)))
    holder[_name(chance)] = copy.deepcopy(_value(document, chance))


def _remove(document: Json, chance: Random) -> None:
    path = _any_path(document, chance)
    if path:
        del get(document, path[:-1])[path[-1]]


def _replace(document: Json, chance: Random) -> None:
    path = _any_path(document, chance)
    if path:
        get(document, path[:-1])[path[-1]] = copy.deepcopy(_value(document, chance))


def _twisted(document: Json, chance: Random) -> None:
    path = _any_path(document, chance)
    if path:
        holder = get(document, path[:-1])
        holder[path[-1]] = copy.deepcopy(chance.choice(twist(holder[path[-1]])))


def _rename(document: Json, chance: Random) -> None:
    holder: Any = get(document, chance.choice(_paths(document, dict)))
    if holder:
        holder[_name(chance)] = holder.pop(chance.choice(sorted(holder)))


def _move(document: Json, chance: Random) -> None:
    path = _any_path(document, chance)
    if not path:
        return
    value = get(document, path[:-1]).pop(path[-1])
    target: Any = get(document, chance.choice(_paths(document, dict)))
    target[path[-1] if isinstance(path[-1], str) else _name(chance)] = value


def _duplicate(document: Json, chance: Random) -> None:
    holder: Any = get(document, chance.choice(_paths(document, list) or [()]))
    if isinstance(holder, list) and holder:
        holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(chance.choice(holder)))


_CHANGES: tuple[Callable[[Json, Random], None], ...] = (
    _add,
    _add,
    _remove,
    _replace,
    _twisted,
    _twisted,
    _rename,
    _move,
    _duplicate,
)


def _name(chance: Random) -> str:
    return chance.choice(chance.choice((OWN_NAMES, TERMS, KEYWORDS, WORDS)))


def _value(document: Json, chance: Random) -> Any:
    if chance.random() < 0.5:
        return chance.choice(_VALUES)
    path = _any_path(document, chance)
    return get(document, path) if path and chance.random() < 0.7 else chance.choice(TERMS)


def _any_path(document: Json, chance: Random) -> Path:
    found = list(places(document))
    return chance.choice(found) if found else ()


def _paths(document: Json, kind: type) -> list[Path]:
    return [path for path in [(), *places(document)] if isinstance(get(document, path), kind)]


# --- Growth ---------------------------------------------------------------------------------------------------


def _grow(document: Json, chance: Random) -> None:
    chance.choice((_many_items, _many_items, _deep, _long, _wide, _many_nested))(document, chance)


def _many_items(document: Json, chance: Random) -> None:
    """Repeat an item of an array, each with an identifier of its own, or all alike."""
    holder: Any = get(document, chance.choice(_paths(document, list) or [()]))
    if not isinstance(holder, list) or not holder:
        return
    item, alike = chance.choice(holder), chance.random() < 0.3
    fitting = MAX_BYTES // len(json.dumps(item))
    for number in range(min(chance.choice((5, 30, 150, 480)), fitting)):
        holder.append(_again(item, number, alike=alike))


def _again(item: Any, number: int, *, alike: bool) -> Any:
    if isinstance(item, dict):
        copied = copy.deepcopy(item)
        return copied if alike else {**copied, "id": f"urn:x:{number}"}
    return item if alike else f"{item}{number}"


def _many_nested(document: Json, chance: Random) -> None:
    """Put copies of an object into itself, over some levels."""
    path = chance.choice(_paths(document, dict))
    holder: Any = get(document, path)
    names = [name for name, value in holder.items() if isinstance(value, dict | list)]
    if not names:
        return
    name, width = chance.choice(names), chance.choice((1, 2, 5))
    level = copy.deepcopy(holder)
    for depth in range(chance.choice((3, 8, 20))):
        if len(json.dumps(level)) * width > MAX_BYTES // 2:
            break
        level = {
            **copy.deepcopy(holder),
            name: [{**copy.deepcopy(level), "id": f"urn:n:{depth}-{n}"} for n in range(width)],
        }
    holder.update(level)


def _deep(document: Json, chance: Random) -> None:
    value: Any = _value(document, chance)
    name = _name(chance)
    for _ in range(chance.choice((10, 50, 70, 150))):
        value = {name: value} if chance.random() < 0.9 else [value]
    document[_name(chance)] = value


def _long(document: Json, chance: Random) -> None:
    path = _any_path(document, chance)
    if path:
        piece = chance.choice(
            ("a", "é", "\U0001f600", "https://x.example/", "a:", "{", "-", "0", " ", "\n", "%00", "&")
        )
        get(document, path[:-1])[path[-1]] = piece * (chance.choice((1000, 100_000, 500_000)) // len(piece))


def _wide(document: Json, chance: Random) -> None:
    holder: Any = get(document, chance.choice(_paths(document, dict)))
    names: Mapping[int, Callable[[int], str]] = {
        0: str,
        1: lambda n: "n" * 400 + str(n),
        2: lambda n: TERMS[n % len(TERMS)],
    }
    make = names[chance.randrange(3)]
    value = _value(document, chance)
    for number in range(chance.choice((10, 100, 480))):
        holder[make(number)] = copy.deepcopy(value) if len(str(value)) < 2000 else number
