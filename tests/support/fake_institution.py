"""An institution, its theme and one certification, for pages under test; people and figures are fictitious."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from credentials.report import IssuerIdentity, Sentence
from issuer.domain.certification import (
    Block,
    Certification,
    Certifier,
    Level,
    Nomenclature,
    Registration,
)
from issuer.ports import Theme

BASE = "https://diplomes.exemple.fr"
NOW = datetime(2026, 11, 24, 7, 14, 5, tzinfo=UTC)
LISTED_AT = NOW - timedelta(minutes=12)
ISSUER = IssuerIdentity(
    "did:web:diplomes.exemple.fr", "Conservatoire national des arts et métiers", "https://cnam.fr"
)
RECORD_DIGEST = hashlib.sha256(b"record").hexdigest()
HOLDER = "Hélène MARCHAND-DELVAUX"

THEME = Theme(
    institution="Conservatoire national des arts et métiers",
    short_name="Le Cnam",
    home_url="https://cnam.fr",
    contact="Service de la scolarité\n292, rue Saint-Martin, 75003 Paris\n01 99 00 00 00",
    accent="#7a1631",
    accent_dark="#f0b3bf",
    logo_svg=(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44">'
        '<circle cx="22" cy="22" r="21" fill="#7a1631"/>'
        '<path d="M22 7v30M7 22h30" stroke="#fff" stroke-width="3"/></svg>'
    ),
    demonstration=True,
)

TITLE = "Manager d'organismes à vocation sociale et culturelle en économie sociale et solidaire"
_BLOCKS = (
    (
        "Pilotage stratégique d’un organisme à vocation sociale ou culturelle en ESS",
        (
            "Construire et développer le projet de l’organisme en cohérence avec l’objet social de l’organisme",
            "Promouvoir et garantir l'expression des usagers/adhérents et l'exercice de leurs droits",
            "Animer les relations avec les instances dirigeantes en tenant compte des niveaux de responsabilité respectifs",
            "Valoriser l’utilité sociale de l’organisme et des actions portées par l’organisme",
            "Mettre en œuvre une dimension éthique aux différents niveaux de responsabilité",
        ),
        (
            "Présentations orales à partir d’une expérience professionnelle vécue",
            "Présentations et analyses de cas pratiques",
        ),
    ),
    (
        "Gestion administrative, comptable et financière d’un organisme à vocation sociale ou culturelle",
        ("Construire et suivre le budget de l’organisme", "Gérer l’activité d’un service ou d’un organisme"),
        ("Présentation des outils de suivi et des bilans financiers",),
    ),
    (
        "Coordination de l’activité d’une équipe RH (salariés + bénévoles + adhérents) dans un organisme à vocation sociale et culturelle",
        ("Animer une équipe",),
        ("Présentation orale d’un exemple de contenu de réunions organisées",),
    ),
    (
        "Construction de l’innovation sociale et de la conduite de projet en ESS",
        ("Monter un dossier financier", "Conduire, accompagner et évaluer le projet"),
        ("Réalisation d’enquête dans un cadre professionnel ayant une dimension participative",),
    ),
)

CERTIFICATION = Certification(
    code="RNCP35080",
    version="1",
    digest=hashlib.sha256(b"fiche").hexdigest(),
    language="fr",
    title=TITLE,
    level=Level("Niveau 7", 7, 7, "http://data.europa.eu/snb/eqf/7"),
    nsf=(Nomenclature("332n", "Expertise sociale et projets sociaux"),),
    formacodes=(Nomenclature("32135", "Conduite projet"), Nomenclature("32142", "Management participatif")),
    rome=(
        Nomenclature("K1206", "Intervention socioculturelle"),
        Nomenclature("K1802", "Développement local"),
    ),
    registration=Registration(
        "RNCP", date(2025, 11, 18), None, None, "https://www.francecompetences.fr/recherche/rncp/35080/"
    ),
    certifier=Certifier(
        "CONSERVATOIRE NATIONAL DES ARTS ET METIERS",
        "19753471200017",
        "Le Cnam",
        "https://cnam.fr",
        None,
        None,
    ),
    blocks=tuple(
        Block(f"RNCP35080BC0{number}", number, title, competences, modalities)
        for number, (title, competences, modalities) in enumerate(_BLOCKS, start=1)
    ),
    required_blocks=tuple(f"RNCP35080BC0{number}" for number in range(1, 5)),
    acquisition="Pour acquérir la certification, il convient d’avoir validé les quatre blocs de compétences.",
    evaluation=("Présentation et analyse de cas pratiques", "Rédaction d’un mémoire professionnel"),
    access_routes=(),
    other_fiches=(),
)
REGISTRATION = Sentence(
    "Certification enregistrée au RNCP sous le code RNCP35080 à la date d’obtention. L’enregistrement a pris fin "
    "le 18 novembre 2025\u202f; la certification obtenue reste acquise.",
    "Certification registered in the RNCP under the code RNCP35080 when it was obtained. The registration ended on "
    "18 November 2025; the certification obtained is kept for good.",
)
