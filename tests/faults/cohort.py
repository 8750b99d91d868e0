"""A jury record of any size, made by rule: fictitious people, every one of them complete."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import islice, product

CODE = "RNCP35080"
BLOCKS = tuple(f"{CODE}BC0{number}" for number in range(1, 5))
COMPONENTS = (*BLOCKS, CODE)
"""What each complete candidate gets: four blocks and the title."""

SESSION = "S2025-06"
DAY = "2025-06-19"

_GIVEN = ("Adèle", "Bérénice", "Côme", "Delphine", "Éloi", "Fanny", "Ghislain", "Hortense", "Inès", "Joël")
_FAMILY = (
    "Brémond",
    "Carlier",
    "Dufresne",
    "Évrard",
    "Faucheux",
    "Garance",
    "Hébert",
    "Lacroix",
    "Noël",
    "Ôzenne",
)
_SECOND = ("Lefort", "Marchand", "Petit", "Royer", "Vasseur")


def people(count: int) -> Sequence[tuple[str, str, str]]:
    """Give (identifier, family name, given name) for `count` different people."""
    names = islice(product(_FAMILY, _SECOND, _GIVEN), count)
    return [
        (f"K{number:04d}", f"{first}-{second}", given)
        for number, (first, second, given) in enumerate(names, 1)
    ]


def cohort(count: int) -> dict[str, bytes]:
    """Give the record of `count` people as files, in the order in which they are to be handed in."""
    session = (
        SESSION, DAY, "formation_continue", "2", "oui", "2", "oui", "oui",
        "A. Lemaire, directrice déléguée (fictive)", "", "Paris",
    )  # fmt: skip
    return {
        "candidats.csv": _csv(
            "id_candidat nom_naissance nom_usage prenoms date_naissance voie date_entree courriel",
            [
                (who, family, "", given, f"19{70 + number % 29}-03-{number % 28 + 1:02d}", "formation_continue",
                 "2022-09-19", f"{who.lower()}@example.org")
                for number, (who, family, given) in enumerate(people(count))
            ],
        ),
        "jurys.csv": _csv(
            "session date_jury voies internes represente_ag exterieurs president pv_signe signataire "
            "lies_au_candidat lieu",
            [session],
        ),
        "pv.csv": _csv(
            "session date_decision id_candidat nom prenoms composant decision reference_pv",
            [
                (SESSION, DAY, who, family, given, component, "attribué" if component == CODE else "validé", f"PV-{DAY}")
                for who, family, given in people(count)
                for component in COMPONENTS
            ],
        ),
    }  # fmt: skip


def _csv(header: str, rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(rows)
    return text.getvalue().encode()
