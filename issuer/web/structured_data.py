"""What a program reads in an award's page, in the words of schema.org; never whose award it is."""

import json

from markupsafe import Markup

from credentials.reader import EQF
from issuer.web.documents import Document
from issuer.web.language import gettext, mark

_CATEGORY_TITLE = mark("Certification professionnelle")
_CATEGORY_BLOCK = mark("Bloc de compétences d’une certification professionnelle")
_COUNTRY = "FR"
"""Where the national register's certifications are in force."""

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""A text inside must end neither the element nor a line of it."""


def educational_credential(document: Document) -> Markup | None:
    """Describe an award of ours that is in force; nothing is said of any other.

    The page's own address is the holder's secret and is left out: so is the name, the number and the day.

    Args:
        document: What the page shows.

    Returns:
        JSON-LD that may stand inside an element of HTML, or None.

    Spec: schema.org, EducationalOccupationalCredential; HTML, script element (data block).
    """
    said = document.said
    if said is None or not (document.ours and document.vouched and document.in_force):
        return None
    members: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "name": said.name,
        "identifier": said.code,
        "inLanguage": "fr",
        "credentialCategory": gettext(_CATEGORY_TITLE if document.is_title else _CATEGORY_BLOCK),
        "recognizedBy": {"@type": "EducationalOrganization", "name": document.issuer_name},
    }
    if document.is_title:
        members["educationalLevel"] = _levels(document)
    elif said.part_of:
        members["isPartOf"] = {
            "@type": "EducationalOccupationalCredential",
            "name": said.part_of.name,
            "identifier": said.part_of.code,
        }
    if document.fiche:
        members["validIn"] = {"@type": "Country", "name": _COUNTRY}
        members["sameAs"] = document.fiche.url
    text = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    for mark_, escaped in _UNSAFE.items():
        text = text.replace(mark_, escaped)
    return Markup(text)  # noqa: S704  # escaped for its place just above


def _levels(document: Document) -> list[dict[str, object]]:
    return [
        {**_term(entry.name, entry.code), "inDefinedTermSet": EQF}
        for framework in document.frameworks
        for entry in framework.entries
        if entry.framework == EQF
    ]


def _term(name: str, code: str | None) -> dict[str, object]:
    return {"@type": "DefinedTerm", "name": name, "termCode": code}
