"""Writes lines in the form of schema 1.1.2 (``urn:cdc:cpf:pc5:schema:1.0.0``): a draft, marked as one.

A nillable element without a value is present, empty, with ``xsi:nil``; an optional one is absent.

Spec: french-domain.md, section 7; schema 1.1.2 of the feed.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import (
    Comment,
    Element,
    ElementTree,
    QName,
    SubElement,
    indent,
    register_namespace,
)
from zoneinfo import ZoneInfo

from issuer.domain.accrochage import DepositRow
from issuer.domain.institution import CpfSettings

NAMESPACE: Final = "urn:cdc:cpf:pc5:schema:1.0.0"
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_PARIS: Final = ZoneInfo("Europe/Paris")
_DRAFT: Final = (
    " BROUILLON : schema 1.1.2, anterieur au decret du 30 decembre 2024. Ne pas deposer avant d'avoir obtenu "
    "de la Caisse des Depots le kit en vigueur. DRAFT: do not deposit before the current kit was obtained. "
)


class Schema112:
    """The writer of one version (the ``DepositWriter`` port)."""

    version: Final = "1.1.2"

    def write(self, settings: CpfSettings, flux: str, at: datetime, rows: Sequence[DepositRow]) -> bytes:
        """Write a file.

        Args:
            settings: Who sends, under which contract; complete.
            flux: The file's ``idFlux``.
            at: When it is made (aware).
            rows: The lines; at least one.
        """
        register_namespace("cpf", NAMESPACE)
        register_namespace("xsi", _INSTANCE)
        root = Element(_name("flux"))
        root.append(Comment(_DRAFT))
        _said(root, "idFlux", flux)
        # The offset of Paris on that day: one that is written by hand is wrong for half of the year.
        _said(root, "horodatage", at.astimezone(_PARIS).isoformat(timespec="seconds"))
        sender = SubElement(root, _name("emetteur"))
        _said(sender, "idClient", settings.sender or "")
        certifier = SubElement(SubElement(sender, _name("certificateurs")), _name("certificateur"))
        _said(certifier, "idClient", settings.certifier or "")
        _said(certifier, "idContrat", settings.contract or "")
        certifications = SubElement(certifier, _name("certifications"))
        for code in dict.fromkeys(row.certification for row in rows):
            _certification(certifications, code, [row for row in rows if row.certification == code])
        indent(root)
        written = BytesIO()
        ElementTree(root).write(written, encoding="UTF-8", xml_declaration=True)
        return written.getvalue() + b"\n"


def _certification(parent: Element, code: str, rows: Sequence[DepositRow]) -> None:
    certification = SubElement(parent, _name("certification"))
    _said(certification, "type", "RNCP")
    _said(certification, "code", code)
    _said(certification, "natureDeposant", "CERTIFICATEUR")
    passages = SubElement(certification, _name("passageCertifications"))
    for row in rows:
        _passage(passages, row)


def _passage(parent: Element, row: DepositRow) -> None:
    passage = SubElement(parent, _name("passageCertification"))
    _said(passage, "idTechnique", row.technical_id)
    _said(passage, "obtentionCertification", "PAR_ADMISSION")
    _said(passage, "donneeCertifiee", "true")
    _said(passage, "dateDebutValidite", row.obtained_on.isoformat())
    _nil(passage, "dateFinValidite")
    _said(passage, "presenceNiveauLangueEuro", "false")
    _said(passage, "presenceNiveauNumeriqueEuro", "false")
    _nil(passage, "scoring")
    _nil(passage, "mentionValidee")
    _said(SubElement(passage, _name("modalitesInscription")), "modaliteAcces", row.access.value)
    _holder(SubElement(SubElement(passage, _name("identificationTitulaire")), _name("titulaire")), row)


def _holder(holder: Element, row: DepositRow) -> None:
    birth = row.birth
    _said(holder, "nomNaissance", row.birth_name)
    _said_or_nil(holder, "nomUsage", row.usage_name)
    for place, name in enumerate(row.given_names, start=1):
        _said(holder, f"prenom{place}", name)
    _said(holder, "anneeNaissance", f"{birth.year}")
    _said_or_nil(holder, "moisNaissance", None if birth.month is None else f"{birth.month}")
    _said_or_nil(holder, "jourNaissance", None if birth.day is None else f"{birth.day}")
    _said(holder, "sexe", row.sex.value)
    place_code = SubElement(holder, _name("codeCommuneNaissance"))
    if birth.insee is not None:
        _said(SubElement(place_code, _name("codeInseeNaissance")), "codeInsee", birth.insee)
    else:
        _said_or_nil(SubElement(place_code, _name("codePostalNaissance")), "codePostal", birth.postcode)
    for name, value in (
        ("libelleCommuneNaissance", birth.place),
        ("codePaysNaissance", birth.country_code),
        ("libellePaysNaissance", birth.country),
    ):
        if value is not None:
            _said(holder, name, value)


def _said(parent: Element, name: str, value: str) -> None:
    SubElement(parent, _name(name)).text = value


def _nil(parent: Element, name: str) -> None:
    SubElement(parent, _name(name), {QName(_INSTANCE, "nil"): "true"})  # type: ignore[dict-item]  # it writes the prefix


def _said_or_nil(parent: Element, name: str, value: str | None) -> None:
    if value is None:
        _nil(parent, name)
    else:
        _said(parent, name, value)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
