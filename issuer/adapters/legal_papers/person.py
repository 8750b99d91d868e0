"""A person's data as an archive: JSON for a program, one readable page, and the signed documents."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from issuer.adapters.legal_papers.sheet import both, framed
from issuer.ports.legal_papers import PersonFile

_SECTIONS: Final = {
    "made_at": ("Établi le", "Made on"),
    "controller": ("Responsable du traitement", "Controller"),
    "person": ("Identité", "Identity"),
    "address": ("Adresse électronique", "Mail address"),
    "jury": ("Décisions de jury", "Decisions of juries"),
    "awards": ("Attestations", "Awards"),
    "shares": ("Partages", "Shares"),
    "mails": ("Messages", "Mails"),
    "links_asked_for": ("Liens d’entrée demandés", "Links asked for"),
    "visits": ("Visites de l’espace", "Visits to the space"),
    "civil_data": ("État civil (export CPF)", "Civil data (CPF feed)"),
    "cpf": ("Transmissions au système d’information du CPF", "What was sent to the CPF feed"),
    "orders": ("Actes demandés", "Acts that were asked for"),
    "trail": ("Journal des actes", "Trail of acts"),
    "notes": ("Notes de la scolarité", "Notes of the registry"),
    "erased": ("Effacement", "Erasure"),
}
_NOTHING: Final = both("rien", "nothing")
_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""Of the archive's entries: the same data make the same bytes."""


def person_page(file: PersonFile) -> bytes:
    """Give a person's data as one HTML page.

    Args:
        file: The data.
    """
    parts = [
        f"<h2>{both(*words)}</h2>{_value(file.data[name])}"
        for name, words in _SECTIONS.items()
        if name in file.data
    ]
    body = (
        f"<h1>{both('Vos données', 'Your data')}</h1>"
        "<p>Voici toutes les données que le registre détient sur vous. Vous pouvez demander leur "
        "rectification\u202f; l’effacement a des limites, que la scolarité vous explique. "
        '<span class="en" lang="en">This is all that the register holds about you. You may ask to have it '
        "corrected; erasure has limits, which the registry explains.</span></p>"
        f"<p>{escape(file.institution)}, {escape(file.contact)}</p>{''.join(parts)}"
    )
    return framed("Vos données", body)


def person_archive(file: PersonFile) -> bytes:
    """Give a person's data as a ZIP archive.

    Args:
        file: The data.
    """
    data = json.dumps(file.data, ensure_ascii=False, indent=2, default=str).encode()
    entries = [
        ("vos-donnees.html", person_page(file)),
        ("vos-donnees.json", data),
        *((f"attestations/{name}", content) for name, content in file.documents),
    ]
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(ZipInfo(name, _DATE), content, ZIP_DEFLATED)
    return made.getvalue()


def _value(value: object) -> str:
    if value is None or value in ([], {}, "", ()):
        return f"<p>{_NOTHING}</p>"
    if isinstance(value, Mapping):
        lines = "".join(
            f"<dt>{escape(str(name))}</dt><dd>{_value(item)}</dd>" for name, item in value.items()
        )
        return f"<dl>{lines}</dl>"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"<ol>{''.join(f'<li>{_value(item)}</li>' for item in value)}</ol>"
    if isinstance(value, bool):
        return both("oui", "yes") if value else both("non", "no")
    return escape(str(value))
