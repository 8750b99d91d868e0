"""Small CSV files for the tests: one good row per kind, with any cell replaced."""

import csv
import io
from collections.abc import Mapping, Sequence

CANDIDATE = {
    "id_candidat": "C001",
    "nom_naissance": "Marchand-Delvaux",
    "nom_usage": "",
    "prenoms": "Hélène",
    "date_naissance": "1984-03-09",
    "voie": "formation_continue",
    "date_entree": "2022-09-19",
    "courriel": "helene@example.org",
}
SESSION = {
    "session": "S2024-06",
    "date_jury": "2024-06-20",
    "voies": "formation_continue|vae",
    "internes": "2",
    "represente_ag": "oui",
    "exterieurs": "2",
    "president": "oui",
    "pv_signe": "oui",
    "signataire": "A. Lemaire",
    "lies_au_candidat": "",
    "lieu": "Paris",
}
RESULT = {
    "session": "S2024-06",
    "date_decision": "2024-06-20",
    "id_candidat": "C001",
    "nom": "Marchand-Delvaux",
    "prenoms": "Hélène",
    "composant": "RNCP35080BC01",
    "decision": "validé",
    "reference_pv": "PV-2024-06-20",
}
ANNULMENT = {
    "id_candidat": "C001",
    "date_annulation": "2024-09-12",
    "composants": "RNCP35080BC04",
    "auteur": "jury",
    "motif": "erreur matérielle",
    "reference": "PV-2024-09-12",
}


def csv_text(rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> str:
    """Write rows as a CSV text whose header is the first row's keys."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return out.getvalue()


def csv_bytes(*rows: Mapping[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Write rows as the bytes of a CSV file."""
    return csv_text(rows, delimiter).encode(encoding)
