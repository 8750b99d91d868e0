"""Files of every kind that is taken in, and how chance spoils them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import TypeAlias

from issuer.samples import sample_files

Spoiler: TypeAlias = Callable[[Random, bytes], bytes]

TABLES = 0.4
"""How often it is a table: the pages take more of them, and there are fewer kinds."""

MOST_BYTES = 1_200_000
"""A little more than the pages take."""

_INPUTS = Path(__file__).parents[1] / "inputs"
_FRAGMENTS = (
    *(b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\x80", b"\xc3\x28", b"\xed\xa0\x80", b"\r", b"\n", b"\r\n\r\n", b"\t"),
    *(b'"', b"'", b'""', b";", b",", b"|", b"{", b"}", b"[", b"]", b"<", b">", b"&", b"%", b"\\", b"/", b"#", b"@"),
    *(b"null", b"NaN", b"1e999", b"-1", b"99999999999999999999999999", b"0x10", b"True", b"!!python/object:os.system"),
    *(b"&a [*a]", b"<<: *a", b"{{7*7}}", b"${x}", b"%s%n", b"=1+1", b"../../etc/passwd", b"\\ud800", b'"\\ud800"'),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml version='1.0' encoding='utf-7'?>", b"]]>", b"<![CDATA["),
    *("é".encode(), "\u202e".encode(), "\u2028".encode(), "٣".encode(), "\U0001f600".encode(), "ﬁ".encode()),
    *(b"2026-02-30", b"0000-00-00", b"31/12/9999", b"1" * 400, b"(" * 2_000, b"[" * 3_000),
)  # fmt: skip
_XML = (
    b"<?xml version='1.0' encoding='UTF-8'?><FICHES><VERSION_FLUX>3.0</VERSION_FLUX><FICHE><ID_FICHE>1</ID_FICHE>"
    b"<NUMERO_FICHE>RNCP35080</NUMERO_FICHE><INTITULE>Manager</INTITULE><ETAT_FICHE>Publi\xc3\xa9e</ETAT_FICHE>"
    b"<BLOCS_COMPETENCES><BLOC_COMPETENCES><CODE>RNCP35080BC01</CODE><LIBELLE>x</LIBELLE></BLOC_COMPETENCES>"
    b"</BLOCS_COMPETENCES></FICHE></FICHES>"
)


def seeds() -> Mapping[str, bytes]:
    """Give a good file of every kind, by name."""
    found = dict(sample_files())
    found["fiche.yaml"] = (Path(__file__).parents[2] / "data" / "three-blocks.yaml").read_bytes()
    found["fiches.xml"] = _XML
    found["map.yaml"] = b"fichier: resultats\ncolonnes:\n  session: Session\n  id_candidat: Numero\n"
    found["did.json"] = b'{"id": "did:web:a.example", "verificationMethod": [], "assertionMethod": []}'
    for folder in ("files", "json", "tokens", "holdings", "pdf"):
        for file in sorted((_INPUTS / folder).iterdir())[:12]:
            if file.is_file() and file.stat().st_size < MOST_BYTES // 2:
                found[f"{folder}-{file.name}"] = file.read_bytes()
    return found


def spoiled(chance: Random, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Give one of the files, changed in a few places; now and then as it was."""
    kind = ".csv" if chance.random() < TABLES else ""
    name = chance.choice(sorted(name for name in files if name.endswith(kind)))
    data = files[name]
    for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
        data = chance.choice(_SPOILERS)(chance, data)[:MOST_BYTES]
    if chance.random() < _OTHER_KIND:
        other = files[chance.choice(sorted(files))]
        data = data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]
    return name, data[:MOST_BYTES]


def fragment(chance: Random) -> bytes:
    """Give some bytes that programs stumble over."""
    return chance.choice(_FRAGMENTS)


_OTHER_KIND = 0.1


def _flip(chance: Random, data: bytes) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _insert(chance: Random, data: bytes) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + fragment(chance) + data[place:]


def _replace(chance: Random, data: bytes) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + fragment(chance) + data[place + chance.randint(1, 40) :]


def _cut(chance: Random, data: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def _drop(chance: Random, data: bytes) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + data[place + chance.randint(1, 200) :]


def _again(chance: Random, data: bytes) -> bytes:
    first, last = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    return data[:last] + data[first:last] * chance.choice((1, 2, 30)) + data[last:]


def _grow(chance: Random, data: bytes) -> bytes:
    return data + data[-200:] * chance.choice((10, 500, 3_000))


def _lines(chance: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _recode(chance: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-be", "utf-32", "cp1252", "latin-1", "utf-7")), "replace"
    )


def _cells(chance: Random, data: bytes) -> bytes:
    separator = chance.choice((b",", b";", b"\t"))
    cells = data.split(separator)
    cells[chance.randrange(len(cells))] = fragment(chance)
    return separator.join(cells)


_SPOILERS: tuple[Spoiler, ...] = (
    _flip, _insert, _insert, _replace, _replace, _cut, _drop, _again, _grow, _lines, _recode, _cells,
)  # fmt: skip
