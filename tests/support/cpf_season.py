"""A season made for the CPF feed: people for whom the schema has a trap each, all of them fictitious."""

from collections.abc import Mapping

LONG_NAME = "Saint-Amand de la Tour-Fondue et de Monteclair-Villebrune-lès-Étangs"
"""Longer than the 60 characters of the schema."""

_SIGNER = '"A. Lemaire, directrice déléguée (fictive)"'
_BLOCKS = [f"RNCP35080BC0{number}" for number in range(1, 5)]

PEOPLE: Mapping[str, tuple[str, str, str, str, str]] = {
    # birth name, used name, given names, birth date, route
    "A001": ("Ndoye-Marsac", "", "Awa", "1988-02-14", "formation_continue"),
    "A002": ("Suryaningrat", "", "", "1990-05-01", "formation_continue"),
    "A003": ("Belhadj-Lorien", "", "Samir", "", "formation_continue"),
    "A004": (LONG_NAME, "", "Irène", "1979-09-09", "formation_continue"),
    "A005": ("Kerval-Ostin", "Kerval-Duhamel", "Maud", "1971-12-31", "vae"),
    "A006": ("Tissot-Varenne", "", "Élie", "2000-02-29", "apprentissage"),
    "A007": ("Oumarou-Delage", "", "Nadia", "1985-07-07", "formation_continue"),
    "A008": ("Vasseur-Lindt", "", "Anne Sophie", "1993-01-20", "formation_continue"),
}
"""Born abroad, single name, no birth date, long name, VAE with a used name, apprenticeship, retaken, two names."""

CIVIL_HEADER = (
    "id_candidat;sexe;prenom1;prenom2;prenom3;annee_naissance;mois_naissance;jour_naissance;"
    "code_insee_naissance;code_postal_naissance;commune_naissance;code_pays_naissance;pays_naissance"
)
CIVIL_ROWS: Mapping[str, str] = {
    "A001": "A001;F;;;;;;;;;Dakar;SEN;Sénégal",
    "A002": "A002;M;;;;;;;99231;;Surakarta;IDN;Indonésie",
    "A003": "A003;M;;;;1982;;;;;;DZA;Algérie",
    "A004": "A004;F;;;;;;;75105;;Paris;;",
    "A005": "A005;F;;;;;;;;56100;Lorient;;",
    "A006": "A006;M;;;;;;;2A004;;Ajaccio;;",
    "A007": "A007;F;;;;;;;13055;;Marseille;;",
    "A008": "A008;F;Anne;Sophie;;;;;59350;;Lille;;",
}


def season_files() -> Mapping[str, bytes]:
    """Give the season's files by name, in the order in which they are handed in."""
    candidates = ["id_candidat,nom_naissance,nom_usage,prenoms,date_naissance,voie,date_entree,courriel"]
    candidates += [
        f"{who},{birth},{used},{given},{day},{route},2022-09-19,{who.lower()}@example.org"
        for who, (birth, used, given, day, route) in PEOPLE.items()
    ]
    sessions = [
        (
            "session,date_jury,voies,internes,represente_ag,exterieurs,president,pv_signe,signataire,"
            "lies_au_candidat,lieu"
        ),
        f"T2024-06,2024-06-20,formation_continue|apprentissage,2,oui,2,oui,oui,{_SIGNER},,Paris",
        f"T2024-07,2024-07-04,vae,6,oui,2,oui,oui,{_SIGNER},,Paris",
        f"T2025-01,2025-01-16,formation_continue,2,oui,2,oui,oui,{_SIGNER},,Paris",
    ]
    lines: dict[str, tuple[str, list[str]]] = {
        "T2024-06": ("2024-06-20", []),
        "T2024-07": ("2024-07-04", []),
        "T2025-01": ("2025-01-16", []),
    }
    for who in PEOPLE:
        session = "T2024-07" if who == "A005" else "T2024-06"
        failed = {"RNCP35080BC02"} if who == "A007" else set()
        for block in _BLOCKS:
            word = "non validé" if block in failed else "validé"
            lines[session][1].append(_line(session, lines[session][0], who, block, word))
        for block in failed:
            lines["T2025-01"][1].append(_line("T2025-01", "2025-01-16", who, block, "validé"))
    header = "session,date_decision,id_candidat,nom,prenoms,composant,decision,reference_pv"
    records = {
        f"pv-{session}.csv": "\n".join([header, *of_session, ""]).encode()
        for session, (_day, of_session) in lines.items()
    }
    return {
        "candidats.csv": "\n".join([*candidates, ""]).encode(),
        "jurys.csv": "\n".join([*sessions, ""]).encode(),
        **records,
    }


def civil_file(*people: str, **changed: str) -> bytes:
    """Give a file of civil data.

    Args:
        people: Whose; everybody's where none is named.
        **changed: A whole row in the place of a person's own.
    """
    rows = [changed.get(who, CIVIL_ROWS[who]) for who in people or CIVIL_ROWS]
    return "\n".join([CIVIL_HEADER, *rows, ""]).encode()


def _line(session: str, day: str, who: str, block: str, word: str) -> str:
    birth, _used, given, _born, _route = PEOPLE[who]
    return f"{session},{day},{who},{birth},{given},{block},{word},PV-{session}"
