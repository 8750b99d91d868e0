"""What a fiche of the feed says, put where a fiche's document (``rncp-fiche/1``) has it.

Only what the feed states is put down; what it lacks stays away, for the service to complete and to say so.
Neither the order of the tags nor their presence is relied on.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from issuer.adapters.rncp_xml.parsing import Element, RncpXmlError
from issuer.domain.normalisation import clean_text

_TEXTS = (
    "OBJECTIFS_CONTEXTE",
    "ACTIVITES_VISEES",
    "CAPACITES_ATTESTEES",
    "SECTEURS_ACTIVITE",
    "TYPE_EMPLOI_ACCESSIBLES",
    "REGLEMENTATIONS_ACTIVITES",
    "PREREQUIS_ENTREE_FORMATION",
    "PREREQUIS_VALIDATION_CERTIFICATION",
    "LIEN_URL_DESCRIPTION",
)
_DAYS = {
    "DATE_FIN_ENREGISTREMENT": "expiry_date",
    "DATE_DECISION": "decision_date",
    "DATE_LIMITE_DELIVRANCE": "delivery_deadline",
    "DATE_EFFET": "effective_date",
}
_ROUTES = (
    ("SI_JURY_FI", "student", "Après un parcours de formation sous statut d’élève ou d’étudiant",
     "FORMATION_INITIALE_HORS_APPRENTISSAGE"),
    ("SI_JURY_CA", "apprenticeship", "En contrat d’apprentissage", "FORMATION_INITIALE_APPRENTISSAGE"),
    ("SI_JURY_FC", "continuing_education", "Après un parcours de formation continue",
     "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION"),
    ("SI_JURY_CQ", "professionalisation_contract", "En contrat de professionnalisation",
     "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION"),
    ("SI_JURY_CL", "individual_application", "Par candidature individuelle", "CANDIDAT_LIBRE"),
    ("SI_JURY_VAE", "vae", "Par expérience", "VAE"),
)  # fmt: skip
_TERRITORIES = (
    ("ACCESSIBLE_NOUVELLE_CALEDONIE", "new_caledonia", "Inscrite au cadre de la Nouvelle Calédonie"),
    ("ACCESSIBLE_POLYNESIE_FRANCAISE", "french_polynesia", "Inscrite au cadre de la Polynésie française"),
)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_CODE = re.compile(r"[A-Z]{2,8}\d{1,8}", re.ASCII)
_LEVEL = re.compile(r"NIV([1-8])", re.ASCII)
_BREAK = re.compile(r"<br\s*/?>|</p>|</li>|\r\n?", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_BULLET = re.compile(r"^(?:[-–—•*·]|\d{1,2}[.)])\s+")
_YES = {"oui": True, "true": True, "1": True, "non": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class FeedFiche:
    """What the feed says of one fiche.

    Attributes:
        code: Its code.
        document: Values of the document, those alone that the feed gives.
        feed_version: The version that the feed names, or empty.
        state: ``ETAT_FICHE`` as written, or None.
        active: ``ACTIF``, or None.
        certifiers: SIRET, or else name, of every certifier; the document has the first one that has a SIRET.
    """

    code: str
    document: Mapping[str, object]
    feed_version: str
    state: str | None
    active: bool | None
    certifiers: Sequence[str]


def fiche_from(element: Element, feed_version: str) -> FeedFiche:
    """Read a FICHE element.

    Args:
        element: The element.
        feed_version: What ``VERSION_FLUX`` says.

    Raises:
        RncpXmlError: No code, or a day or a yes that is none.

    Spec: french-domain.md, section 8.
    """
    code = element.line("NUMERO_FICHE") or ""
    if not _CODE.fullmatch(code):
        raise RncpXmlError("a FICHE has no NUMERO_FICHE such as RNCP12345")
    certifiers = _inner(element, "CERTIFICATEURS", "CERTIFICATEUR")
    document: dict[str, object] = {
        "schema": "rncp-fiche/1",
        "code": code,
        "title": _clean(element.line("INTITULE")),
        "level": _level(element),
        "nsf": _coded(element, "CODES_NSF", "NSF"),
        "rome": _coded(element, "CODES_ROME", "ROME"),
        "formacodes": _coded(element, "FORMACODES", "FORMACODE"),
        "registration": _registration(element, code),
        "certifier": _certifier(certifiers),
        "blocks": _blocks(element, code),
        "access_routes": _routes(element),
        "territories": _territories(element),
        "statistics": _statistics(element),
        "predecessors": _relatives(element, "ANCIENNE", code),
        "successors": _relatives(element, "NOUVELLE", code),
        "acquisition": _acquisition(element),
        "feed": _feed(element, feed_version),
    }
    return FeedFiche(
        code=code,
        document={key: value for key, value in document.items() if value not in (None, [], {})},
        feed_version=feed_version,
        state=element.line("ETAT_FICHE"),
        active=_yes(element, "ACTIF"),
        certifiers=[
            each.line("SIRET_CERTIFICATEUR") or each.line("NOM_CERTIFICATEUR") or "" for each in certifiers
        ],
    )


def _inner(element: Element, outer: str, *inner: str) -> list[Element]:
    holder = element.first(outer)
    return [child for child in holder.children if child.name in inner] if holder else []


def _clean(text: str | None) -> str | None:
    return (clean_text(html.unescape(_TAG.sub(" ", text)))[0] or None) if text else None


def _lines(element: Element | None) -> list[str]:
    """Give a text's lines, without what marks a list: the document has lists."""
    if element is None:
        return []
    pieces = _BREAK.sub("\n", element.text).split("\n")
    cleaned = (_BULLET.sub("", _clean(piece) or "") for piece in pieces)
    return [line for line in cleaned if line]


def _without_empty(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}


def _day(element: Element, tag: str) -> str | None:
    text = element.line(tag)
    if text is None:
        return None
    found = _DAY.fullmatch(text)
    try:
        return (
            date(int(found[3]), int(found[2]), int(found[1])).isoformat()
            if found
            else _bad(tag, "JJ/MM/AAAA")
        )
    except ValueError as error:
        raise RncpXmlError(f"{tag} is not a day written JJ/MM/AAAA") from error


def _bad(tag: str, expected: str) -> str:
    raise RncpXmlError(f"{tag} is not written {expected}")


def _yes(element: Element, tag: str) -> bool | None:
    text = element.line(tag)
    if text is None:
        return None
    if text.casefold() not in _YES:
        raise RncpXmlError(f"{tag} is neither Oui nor Non")
    return _YES[text.casefold()]


def _level(element: Element) -> Mapping[str, object] | None:
    nomenclature = element.first("NOMENCLATURE_EUROPE")
    found = _LEVEL.fullmatch(nomenclature.line("NIVEAU") or "") if nomenclature else None
    if nomenclature is None or found is None:
        return None
    number = int(found[1])
    return {
        "label": _clean(nomenclature.line("LIBELLE", "INTITULE")) or f"Niveau {number}",
        "national": number,
        "eqf": number,
        "eqf_uri": f"http://data.europa.eu/snb/eqf/{number}",
        "open_data_value": found[0],
    }


def _coded(element: Element, outer: str, inner: str) -> list[Mapping[str, object]]:
    found = [
        {"code": each.line("CODE"), "label": _clean(each.line("LIBELLE", "INTITULE"))}
        for each in _inner(element, outer, inner)
    ]
    return [item for item in found if item["code"]]


def _registration(element: Element, code: str) -> Mapping[str, object]:
    register = code.rstrip("0123456789")
    number = code.removeprefix(register)
    years = element.line("DUREE_ENREGISTREMENT")
    return _without_empty(
        {
            "register": register,
            **{key: _day(element, tag) for tag, key in _DAYS.items()},
            "registration_type": _clean(element.line("TYPE_ENREGISTREMENT")),
            "duration_years": int(years) if years and years.isascii() and years.isdigit() else None,
            "last_jo": _day(element, "DATE_DERNIER_JO"),
            "fiche_url": f"https://www.francecompetences.fr/recherche/{register.lower()}/{number}/",
        }
    )


def _certifier(certifiers: Iterable[Element]) -> Mapping[str, object] | None:
    with_siret = [each for each in certifiers if each.line("SIRET_CERTIFICATEUR")]
    if not with_siret:
        return None
    first = with_siret[0]
    return _without_empty(
        {
            "legal_name": _clean(first.line("NOM_CERTIFICATEUR")),
            "siret": (first.line("SIRET_CERTIFICATEUR") or "").replace(" ", ""),
            "trade_name": _clean(first.line("NOM_COMMERCIAL")),
            "website": first.line("SITE_INTERNET"),
        }
    )


def _blocks(element: Element, code: str) -> list[Mapping[str, object]]:
    found = _inner(element, "BLOCS_COMPETENCES", "BLOC_COMPETENCES", "BLOC")
    return [_block(each, code) for each in found]


def _block(element: Element, code: str) -> Mapping[str, object]:
    written = element.line("CODE") or ""
    # A block's code is not unique by itself: some sheets write its number alone.
    whole = f"{code}BC{written.zfill(2)}" if written.isascii() and written.isdigit() else written
    number = re.search(r"(\d+)$", whole, re.ASCII)
    short = whole.removeprefix(code)
    return {
        "code": whole,
        "number": int(number[1][:9]) if number else 0,
        "title": _clean(element.line("LIBELLE", "INTITULE")),
        "competences": [
            {"id": f"{short}.{index}", "text": text}
            for index, text in enumerate(_lines(element.first("LISTE_COMPETENCES")), start=1)
        ],
        "evaluation_modalities": _lines(element.first("MODALITES_EVALUATION")),
    }


def _routes(element: Element) -> list[Mapping[str, object]]:
    return [
        _route(found, tag, key, label, cpf)
        for tag, key, label, cpf in _ROUTES
        if (found := element.first(tag)) is not None
    ]


def _route(element: Element, tag: str, key: str, label: str, cpf: str) -> Mapping[str, object]:
    # Before version 4 of the feed the tag held the bare word.
    holder = Element(tag, children=[element]) if not element.children else element
    is_open = _yes(holder, tag) if not element.children else _yes(element, "ACTIF")
    return {
        "key": key,
        "label": label,
        "open_data_tag": tag,
        "cpf_modalite_acces": cpf,
        "open": is_open is True,
        "jury_composition_as_written": _lines(element.first("COMPOSITION")) or "-",
    }


def _territories(element: Element) -> list[Mapping[str, object]]:
    values = [(tag, key, label, _yes(element, tag)) for tag, key, label in _TERRITORIES]
    return [
        {"key": key, "label": label, "open_data_tag": tag, "value": value}
        for tag, key, label, value in values
        if value is not None
    ]


def _statistics(element: Element) -> Mapping[str, object] | None:
    columns = {
        "ANNEE": "year",
        "NOMBRE_CERTIFIES": "certified",
        "NOMBRE_CERTIFIES_VAE": "certified_vae",
        "TAUX_INSERTION_GLOBAL_6MOIS": "insertion_global_6m",
        "TAUX_INSERTION_METIER_6MOIS": "insertion_target_job_6m",
        "TAUX_INSERTION_METIER_2ANS": "insertion_target_job_2y",
    }
    rows = [
        {
            key: int(text)
            for tag, key in columns.items()
            if (text := each.line(tag) or "").isascii() and text.isdigit() and len(text) < 8  # noqa: PLR2004
        }
        for each in _inner(
            element, "STATISTIQUES_PROMOTIONS", "STATISTIQUES_PROMOTION", "STATISTIQUE_PROMOTION"
        )
    ]
    return {"rows": rows} if rows else None


def _relatives(element: Element, word: str, own: str) -> list[Mapping[str, object]]:
    tag = f"{word}_CERTIFICATION"
    codes = [each.line(f"ID_FICHE_{tag}") for each in _inner(element, f"{word}S_CERTIFICATIONS", tag)]
    return [{"code": code} for code in dict.fromkeys(codes) if code and code != own and _CODE.fullmatch(code)]


def _acquisition(element: Element) -> Mapping[str, object] | None:
    found = [
        {
            "blocks": [code.text.strip() for code in _codes(each.first("SOURCE"))],
            "fiche": destination.line("NUMERO_FICHE"),
            "counts_for": [code.text.strip() for code in _codes(destination)],
        }
        for each in _inner(element, "CORRESPONDANCES", "CORRESPONDANCE")
        if (destination := each.first("DESTINATION")) is not None
    ]
    return {"by_correspondence_with_other_certifications": found} if found else None


def _codes(element: Element | None) -> list[Element]:
    """Give the codes in a correspondence: there BLOC_COMPETENCES holds a code alone, and is no block."""
    holder = element.first("BLOC_COMPETENCES") if element else None
    return holder.all("CODE") if holder else []


def _feed(element: Element, version: str) -> Mapping[str, object]:
    texts = {tag: _lines(element.first(tag)) for tag in _TEXTS}
    return {"version": version or None, "texts": {tag: lines for tag, lines in texts.items() if lines}}
