"""Strict reading of a document, place by place, that notes every fault instead of stopping at the first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from credentials.report import Sentence
from issuer.domain.errors import Fault
from issuer.domain.normalisation import clean_text

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHOWN = 60

Choice = TypeVar("Choice", bound=StrEnum)


def shown(value: object) -> str:
    """Give a value short enough for a sentence."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class Node:
    """One place of a document: its value, its path, and the list where its faults go."""

    value: object
    path: str
    faults: list[Fault]

    def fault(self, code: str, message: Sentence, remedy: Sentence, key: str = "") -> None:
        """Note a fault here, or at a key below."""
        where = f"{self.path}.{key}" if self.path and key else self.path or key
        self.faults.append(Fault(f"certification.{code}", where, message, remedy))

    def wrong(self, french: str, english: str) -> None:
        """Note that the value here is not what is expected."""
        got = shown(self.value)
        self.fault(
            "wrong-value",
            Sentence(f"Valeur inattendue\u202f: {got}.", f"Unexpected value: {got}."),
            Sentence(f"Écrire {french}.", f"Write {english}."),
        )

    def get(self, key: str) -> "Node | None":
        """Give the value under a key, or None (absent, null, or no mapping here)."""
        if not isinstance(self.value, Mapping) or self.value.get(key) is None:
            return None
        return Node(self.value[key], f"{self.path}.{key}" if self.path else key, self.faults)

    def need(self, key: str) -> "Node | None":
        """Give the value under a key, noting a fault where it is absent."""
        if not isinstance(self.value, Mapping):
            self.wrong("un ensemble de clés et de valeurs", "a mapping of keys to values")
            return None
        found = self.get(key)
        if found is None:
            self.fault(
                "missing",
                Sentence("Valeur obligatoire absente.", "A mandatory value is missing."),
                Sentence(f"Ajouter la clé «\u202f{key}\u202f».", f"Add the key “{key}”."),
                key,
            )
        return found

    def items(self, key: str, *, required: bool = True) -> list["Node"]:
        """Give the items of a list under a key; an empty list where it is optional and absent."""
        found = self.need(key) if required else self.get(key)
        if found is None:
            return []
        if not isinstance(found.value, Sequence) or isinstance(found.value, str):
            found.wrong("une liste", "a list")
            return []
        if required and not found.value:
            found.wrong("une liste non vide", "a list that is not empty")
        return [Node(item, f"{found.path}[{index}]", self.faults) for index, item in enumerate(found.value)]

    def as_text(self) -> str:
        """Give this value as a clean text, noting a fault where it is none."""
        if not isinstance(self.value, str):
            self.wrong("un texte entre guillemets", "a quoted text")
            return ""
        text, _ = clean_text(self.value)
        if not text or _CONTROL.search(text):
            self.wrong("un texte sans caractère de contrôle", "a text without control characters")
        return text

    def text(self, key: str) -> str:
        """Give the text under a key."""
        found = self.need(key)
        return found.as_text() if found else ""

    def optional_text(self, key: str) -> str | None:
        """Give the text under a key, or None."""
        found = self.get(key)
        return found.as_text() if found else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts of a list under a key."""
        return tuple(item.as_text() for item in self.items(key))

    def integer(self, key: str, low: int, high: int) -> int:
        """Give the whole number under a key, between two bounds, both included."""
        found = self.need(key)
        if found is None:
            return low
        if type(found.value) is int and low <= found.value <= high:
            return found.value
        found.wrong(f"un nombre entier de {low} à {high}", f"a whole number from {low} to {high}")
        return low

    def boolean(self, key: str) -> bool:
        """Give the boolean under a key."""
        found = self.need(key)
        if found is None:
            return False
        if not isinstance(found.value, bool):
            found.wrong("true ou false", "true or false")
        return found.value is True

    def optional_day(self, key: str) -> date | None:
        """Give the day under a key, or None."""
        found = self.get(key)
        return found.as_day() if found else None

    def day(self, key: str) -> date:
        """Give the day under a key."""
        found = self.need(key)
        return (found.as_day() if found else None) or date.min

    def as_day(self) -> date | None:
        """Give this value as a day: a date, or a text ``YYYY-MM-DD``."""
        if isinstance(self.value, date) and not isinstance(self.value, datetime):
            return self.value
        if isinstance(self.value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.value, re.ASCII):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                pass
        self.wrong("un jour existant, sous la forme AAAA-MM-JJ", "an existing day, as YYYY-MM-DD")
        return None

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        """Give the member of a closed set under a key, or its default where absent."""
        found = self.get(key)
        if found is None:
            return default
        for member in kind:
            if member.value == found.value:
                return member
        words = ", ".join(member.value for member in kind)
        found.wrong(f"l’un de\u202f: {words}", f"one of: {words}")
        return default

    def matching(self, key: str, pattern: str, french: str, english: str) -> str:
        """Give the text under a key, which must match a pattern whole."""
        found = self.need(key)
        if found is None:
            return ""
        if not isinstance(found.value, str) or not re.fullmatch(pattern, found.value, re.ASCII):
            found.wrong(french, english)
            return ""
        return found.value

    def optional_matching(self, key: str, pattern: str, french: str, english: str) -> str | None:
        """Give the text under a key, which must match a pattern whole, or None where absent."""
        return self.matching(key, pattern, french, english) if self.get(key) else None
