"""The sentences about a file or a column map that cannot be read, by code."""

from collections.abc import Mapping

FILE_WORDING: Mapping[str, tuple[str, str, str, str]] = {
    "import.too_large": (
        "Le fichier dépasse {limit} Mo.",
        "The file is larger than {limit} MB.",
        "Coupez-le en plusieurs fichiers, chacun avec la ligne d’en-têtes.",
        "Split it into several files, each with the header row.",
    ),
    "import.too_many_rows": (
        "Le fichier dépasse {limit} lignes.",
        "The file has more than {limit} rows.",
        "Coupez-le en plusieurs fichiers, chacun avec la ligne d’en-têtes.",
        "Split it into several files, each with the header row.",
    ),
    "import.too_many_columns": (
        "La ligne d’en-têtes a {found} colonnes, pour {limit} au plus.",
        "The header row has {found} columns; {limit} are allowed.",
        "Supprimez les colonnes inutiles.",
        "Remove the columns that are not needed.",
    ),
    "import.cell_too_long": (
        "Une cellule dépasse {limit} caractères.",
        "A cell is longer than {limit} characters.",
        "Raccourcissez la cellule, ou cherchez un guillemet qui n’est pas refermé.",
        "Shorten the cell, or look for a quotation mark that is not closed.",
    ),
    "import.empty": (
        "Le fichier est vide.",
        "The file is empty.",
        "Exportez-le de nouveau, avec sa ligne d’en-têtes.",
        "Export it again, with its header row.",
    ),
    "import.utf16": (
        "Le fichier est en UTF-16 ou en UTF-32, qui ne sont pas lus.",
        "The file is in UTF-16 or UTF-32, which are not read.",
        "Enregistrez-le au format « CSV UTF-8 ».",
        "Save it as “CSV UTF-8”.",
    ),
    "import.binary": (
        "Ce n’est pas un fichier de texte (classeur, PDF, image ou archive).",
        "This is not a text file (workbook, PDF, picture or archive).",
        "Ouvrez-le dans un tableur et enregistrez la feuille au format « CSV UTF-8 ».",
        "Open it in a spreadsheet and save the sheet as “CSV UTF-8”.",
    ),
    "import.undecodable": (
        "À la ligne {row}, l’octet {byte} n’appartient ni à UTF-8 ni à Windows-1252.",
        "In row {row}, byte {byte} belongs neither to UTF-8 nor to Windows-1252.",
        "Enregistrez le fichier au format « CSV UTF-8 ».",
        "Save the file as “CSV UTF-8”.",
    ),
    "import.quoting": (
        (
            "Les guillemets ne se lisent pas : l’un n’est pas refermé, ou du texte suit un guillemet fermant"
            " (une cellule démesurée donne la même erreur)."
        ),
        (
            "The quotation marks cannot be read: one is not closed, or text follows a closing one"
            " (an enormous cell gives the same error)."
        ),
        "Corrigez cette ligne ; un guillemet dans une cellule s’écrit deux fois.",
        "Correct this row; a quotation mark inside a cell is written twice.",
    ),
    "import.control_in_header": (
        "La ligne d’en-têtes contient un caractère de commande.",
        "The header row contains a control character.",
        "Récrivez la ligne d’en-têtes.",
        "Write the header row again.",
    ),
    "import.no_header": (
        "La première ligne ne porte aucun nom de colonne connu. Lu : {found}.",
        "The first row holds no known column name. Found: {found}.",
        "Ajoutez la ligne d’en-têtes, ou donnez la correspondance des colonnes (--map).",
        "Add the header row, or give a column map (--map).",
    ),
    "import.delimiter_ambiguous": (
        "Le séparateur ne se déduit pas de la ligne d’en-têtes : {found}.",
        "The delimiter cannot be told from the header row: {found}.",
        "Employez un seul séparateur : point-virgule, virgule ou tabulation.",
        "Use one delimiter: semicolon, comma or tab.",
    ),
    "import.duplicate_header": (
        "Deux colonnes portent le même nom, à la casse et aux accents près : {found}.",
        "Two columns have the same name, case and accents apart: {found}.",
        "Renommez ou supprimez l’une des deux.",
        "Rename or remove one of them.",
    ),
    "import.missing_columns": (
        "Des colonnes obligatoires manquent : {missing}. Colonnes lues : {found}.",
        "Required columns are missing: {missing}. Columns found: {found}.",
        "Ajoutez-les, ou donnez la correspondance des colonnes (--map).",
        "Add them, or give a column map (--map).",
    ),
    "import.kind_ambiguous": (
        "Les en-têtes conviennent à plusieurs sortes de fichier : {found}.",
        "The header fits several kinds of file: {found}.",
        "Donnez la correspondance des colonnes (--map).",
        "Give a column map (--map).",
    ),
    "import.wrong_kind": (
        (
            "La correspondance donnée est faite pour un fichier de sorte « {expected} »,"
            " et celui-ci est de sorte « {found} »."
        ),
        "The column map is for a file of kind “{expected}”, and this one is of kind “{found}”.",
        "Donnez le bon fichier, ou retirez --map.",
        "Give the right file, or leave --map out.",
    ),
    "import.certification_missing": (
        "Rien ne dit de quelle certification sont ces jurys.",
        "Nothing says which certification these jury sessions are for.",
        "Donnez son code (--certification), ou ajoutez une colonne « certification ».",
        "Give its code (--certification), or add a column “certification”.",
    ),
    "map.unreadable": (
        "La correspondance des colonnes n’est pas du YAML lisible.",
        "The column map is not readable YAML.",
        "Partez de l’exemple fourni, enregistré en UTF-8 ; deux-points et dièse veulent des guillemets.",
        "Start from the example supplied, saved in UTF-8; quote a text that holds a colon or a hash sign.",
    ),
    "map.unknown_key": (
        "Clé inconnue : {found}. Clés possibles : {allowed}.",
        "Unknown key: {found}. Possible keys: {allowed}.",
        "Corrigez ou retirez cette clé.",
        "Correct or remove this key.",
    ),
    "map.duplicate_key": (
        "La clé {found} est donnée deux fois.",
        "The key {found} is given twice.",
        "Gardez-en une.",
        "Keep one.",
    ),
    "map.word_taken": (
        "Le mot {found} a déjà un sens, à la casse et aux accents près.",
        "The word {found} has a meaning already, case and accents apart.",
        "Retirez-le de la correspondance.",
        "Remove it from the column map.",
    ),
    "map.bad_value": (
        "La valeur n’est pas celle qui est attendue ici : {allowed}.",
        "The value is not what is expected here: {allowed}.",
        "Corrigez la valeur.",
        "Correct the value.",
    ),
    "map.same_header": (
        "Deux colonnes renvoient au même en-tête, à la casse et aux accents près : {found}.",
        "Two columns lead to the same header, case and accents apart: {found}.",
        "Donnez à chaque colonne son propre en-tête.",
        "Give each column a header of its own.",
    ),
}
"""Code to: sentence in French, in English; remedy in French, in English."""
