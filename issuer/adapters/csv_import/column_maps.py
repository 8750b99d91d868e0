"""Reading a column map from YAML: the shipped ones and the operator's own (``--map``)."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

import yaml

from issuer.adapters.csv_import.columns import COLUMNS, VOCABULARIES, ColumnMap, Word, folded, word_key
from issuer.adapters.csv_import.limits import MAX_MAP_BYTES
from issuer.adapters.csv_import.result import DateForm, FileKind
from issuer.adapters.csv_import.wording import listed, map_error

_KINDS = {
    "candidats": FileKind.CANDIDATES,
    "jurys": FileKind.SESSIONS,
    "resultats": FileKind.RESULTS,
    "annulations": FileKind.ANNULMENTS,
    "anterieurs": FileKind.EARLIER,
}
_DATE_FORMS = {form.value: form for form in DateForm}
_YES_NO = {"oui": True, "non": False}
_KEYS = ("nom", "fichier", "dates", "noms_en_capitales", "colonnes", "mots")
_SIDES = ("bloc", "titre")

_T = TypeVar("_T")


def load_map(data: bytes, name: str) -> ColumnMap:
    """Read a column map.

    Every plain value is taken as the text that it is: ``non`` is a word here, never a boolean.

    Args:
        data: The YAML, in UTF-8; its keys are those of ``issuer/samples/correspondance.yaml``.
        name: The file's name, for an error's place.

    Returns:
        The map.

    Raises:
        ColumnMapError: Not YAML, an unknown key or word, a missing kind, one header for two columns.

    Spec: samples/README.md (headers, words and dates of the student system's export).
    """
    entries = _entries(_document(data, name), name, _KEYS)
    kind = _choice(entries.get("fichier"), f"{name}:fichier", _KINDS)
    columns = _columns(entries.get("colonnes"), f"{name}:colonnes", kind)
    capitals, dates = entries.get("noms_en_capitales"), entries.get("dates")
    return ColumnMap(
        name=_scalar(entries["nom"], f"{name}:nom") if "nom" in entries else name,
        kind=kind,
        columns=columns,
        words=_words(entries.get("mots"), f"{name}:mots"),
        date_form=None if dates is None else _choice(dates, f"{name}:dates", _DATE_FORMS),
        names_in_capitals=capitals is not None and _choice(capitals, f"{name}:noms_en_capitales", _YES_NO),
    )


@cache
def shipped_maps() -> Sequence[ColumnMap]:
    """Give the maps that are tried on every file: the student system's export.

    Returns:
        The maps, in the order of their file names.
    """
    folder = files(__package__).joinpath("maps")
    sources = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    return tuple(load_map(file.read_bytes(), file.name) for file in sources)


def _document(data: bytes, name: str) -> yaml.Node | None:
    if len(data) > MAX_MAP_BYTES:
        raise map_error("map.unreadable", name)
    try:
        # Only the tree of nodes is made: no tag is obeyed, and a scalar stays the text that was written.
        return yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        # The parser quotes the text in its own message; ours does not.
        raise map_error("map.unreadable", name) from None


def _entries(node: yaml.Node | None, where: str, allowed: Sequence[str] | None) -> Mapping[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise map_error("map.bad_value", where, allowed="clé: valeur")
    entries: dict[str, yaml.Node] = {}
    for key_node, value in node.value:
        key = _scalar(key_node, where)
        if key in entries or (allowed is not None and key not in allowed):
            code = "map.duplicate_key" if key in entries else "map.unknown_key"
            raise map_error(code, where, found=listed([key]), allowed=listed(list(allowed or ())))
        entries[key] = value
    return entries


def _scalar(node: yaml.Node, where: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise map_error("map.bad_value", where, allowed="texte / text")
    return str(node.value).strip()


def _choice(node: yaml.Node | None, where: str, choices: Mapping[str, _T]) -> _T:
    word = "" if node is None else _scalar(node, where)
    if word not in choices:
        raise map_error("map.bad_value", where, allowed=listed(list(choices)))
    return choices[word]


def _columns(node: yaml.Node | None, where: str, kind: FileKind) -> Mapping[str, str]:
    if node is None:
        return {}
    entries = _entries(node, where, COLUMNS[kind].all)
    columns = {column: _scalar(value, f"{where}.{column}") for column, value in entries.items()}
    seen: set[str] = set()
    for header in columns.values():
        if folded(header) in seen or not folded(header):
            raise map_error("map.same_header", where, found=listed([header]))
        seen.add(folded(header))
    return columns


def _words(node: yaml.Node | None, where: str) -> Mapping[str, Sequence[Word]]:
    if node is None:
        return {}
    vocabularies = _entries(node, where, tuple(VOCABULARIES))
    return {
        vocabulary: _vocabulary(words, f"{where}.{vocabulary}", vocabulary)
        for vocabulary, words in vocabularies.items()
    }


def _vocabulary(node: yaml.Node, where: str, vocabulary: str) -> Sequence[Word]:
    taken = {word_key(vocabulary, word.written) for word in VOCABULARIES[vocabulary]}
    words = []
    for written, meaning in _entries(node, where, None).items():
        key = word_key(vocabulary, written)
        if key in taken or not key:
            raise map_error("map.word_taken", where, found=listed([written]))
        taken.add(key)
        words.append(_word(written, meaning, f"{where}.{written}", vocabulary))
    return tuple(words)


def _word(written: str, node: yaml.Node, where: str, vocabulary: str) -> Word:
    meanings = {word.written: word.block for word in VOCABULARIES[vocabulary]}
    if vocabulary == "decision" and isinstance(node, yaml.MappingNode):
        sides = _entries(node, where, _SIDES)
        block, title = (_choice(sides.get(side), f"{where}.{side}", meanings) for side in _SIDES)
        return Word(written, block, title)
    meaning = _choice(node, where, meanings)
    return Word(written, meaning, meaning)
