"""The sentences about one row, by code; a code that begins with ``W-`` does not refuse the row."""

from collections.abc import Mapping

ROW_WORDING: Mapping[str, tuple[str, str, str, str]] = {
    "E-CELL-COUNT": (
        "la ligne a {found} cellules au lieu de {expected}.",
        "the row has {found} cells instead of {expected}.",
        "Vérifiez les séparateurs et les guillemets de cette ligne.",
        "Check the delimiters and quotation marks of this row.",
    ),
    "E-CONTROL-CHARACTER": (
        "la cellule contient un caractère de commande ou un saut de ligne ({found}).",
        "the cell contains a control character or a line break ({found}).",
        "Effacez ce caractère ; si c’est un saut de ligne, cherchez un guillemet non refermé.",
        "Delete this character; if it is a line break, look for a quotation mark that is not closed.",
    ),
    "E-EMPTY-CELL": (
        "la cellule est vide et ne doit pas l’être.",
        "the cell is empty and must not be.",
        "Complétez la cellule.",
        "Fill in the cell.",
    ),
    "E-PLACEHOLDER-NAME": (
        "ce n’est pas un nom, mais ce qu’un logiciel écrit à la place d’un nom.",
        "this is not a name but what a program writes instead of one.",
        (
            "Écrivez le nom de la pièce d’identité ; laissez la cellule vide si la personne n’a pas"
            " de prénom ou de nom d’usage."
        ),
        (
            "Write the name on the identity document; leave the cell empty if the person has"
            " no given name or used name."
        ),
    ),
    "E-MOJIBAKE-NAME": (
        "des lettres accentuées ont été relues dans un mauvais encodage.",
        "accented letters were read in a wrong encoding.",
        "Exportez de nouveau depuis le logiciel d’origine, au format « CSV UTF-8 ».",
        "Export again from the original program, as “CSV UTF-8”.",
    ),
    "E-LOST-CHARACTER-NAME": (
        "une lettre a été perdue lors d’une conversion.",
        "a letter was lost in a conversion.",
        "Écrivez le nom de la pièce d’identité, et exportez au format « CSV UTF-8 ».",
        "Write the name on the identity document, and export as “CSV UTF-8”.",
    ),
    "E-DIGIT-IN-NAME": (
        "un nom ne contient pas de chiffre.",
        "a name holds no digit.",
        "Écrivez le nom de la pièce d’identité, ou vérifiez que les colonnes ne sont pas décalées.",
        "Write the name on the identity document, or check that the columns are not shifted.",
    ),
    "E-DATE-FORMAT": (
        "date illisible, impossible ou dont l’année a deux chiffres.",
        "the date is unreadable, impossible, or its year has two digits.",
        "Écrivez la date sous la forme AAAA-MM-JJ ou JJ/MM/AAAA.",
        "Write the date as YYYY-MM-DD or DD/MM/YYYY.",
    ),
    "E-UNKNOWN-WORD": (
        "mot inconnu dans cette colonne.",
        "unknown word in this column.",
        "Écrivez l’un de ces mots : {allowed}.",
        "Write one of these words: {allowed}.",
    ),
    "E-NUMBER": (
        "un nombre entier de 0 à 999 est attendu.",
        "a whole number from 0 to 999 is expected.",
        "Écrivez le nombre en chiffres.",
        "Write the number in digits.",
    ),
    "E-EMAIL-FORMAT": (
        "ce n’est pas une adresse électronique.",
        "this is not an e-mail address.",
        "Corrigez l’adresse, ou laissez la cellule vide : la remise se fera par lettre.",
        "Correct the address, or leave the cell empty: delivery will be by letter.",
    ),
    "E-TIE-FORMAT": (
        "le lien avec un candidat se lit « candidat:côté » ou « candidat:côté:deport ».",
        "a tie with a candidate reads “candidat:côté” or “candidat:côté:deport”.",
        "Écrivez par exemple C009:interne:deport ; séparez plusieurs liens par une barre verticale.",
        "Write for example C009:interne:deport; separate several ties with a vertical bar.",
    ),
    "E-PATH-CHANGE-FORMAT": (
        "un changement de voie se lit « AAAA-MM-JJ:voie ».",
        "a change of route reads “AAAA-MM-JJ:voie”.",
        (
            "Écrivez par exemple 2024-09-16:vae ; séparez plusieurs changements par une barre verticale."
            " Voies : {allowed}."
        ),
        "Write for example 2024-09-16:vae; separate several changes with a vertical bar. Routes: {allowed}.",
    ),
    "E-DUPLICATE-ID": (
        "le même identifiant est donné, avec un autre contenu, aux lignes suivantes : {rows}.",
        "the same identifier is given, with other contents, in these rows: {rows}.",
        "Gardez la bonne ligne ; aucune n’est prise en attendant.",
        "Keep the right row; none is taken until then.",
    ),
    "W-DUPLICATE-ROW": (
        "la ligne répète la ligne {rows} ; elle est comptée une fois.",
        "the row repeats row {rows}; it is counted once.",
        "Rien à faire.",
        "Nothing to do.",
    ),
    "W-SHARED-EMAIL": (
        "la même adresse sert à plusieurs candidats (lignes {rows}).",
        "the same address serves several candidates (rows {rows}).",
        "Vérifiez que chacun recevra bien son propre document.",
        "Check that each will receive their own document.",
    ),
    "W-NORMALISED": (
        "valeur normalisée (forme Unicode, espaces, casse d’un code, forme de la date).",
        "value normalised (Unicode form, spaces, case of a code, form of the date).",
        "Rien à faire ; corrigez la source si elle sert encore.",
        "Nothing to do; correct the source if it is to be used again.",
    ),
}
"""Code to: sentence in French, in English; remedy in French, in English."""
