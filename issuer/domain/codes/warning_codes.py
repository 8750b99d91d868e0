"""Codes that warn about what is kept, and those that only inform."""

from issuer.domain.codes.definition import Code, Effect, by_id

BLOCK_BY_EQUIVALENCE = Code(
    "W-BLOCK-BY-EQUIVALENCE",
    Effect.WARNING,
    "Bloc compté par équivalence approuvée avec un bloc d’une autre fiche ({value}).",
    "Block counted by an approved equivalence with a block of another fiche ({value}).",
    "L. 6113-7 et R. 6113-13 du code du travail; jury-cases.md, règle 7",
    "Vérifier que la personne détient ce bloc, et garder la preuve au dossier.",
    "Check that the person holds that block, and keep the proof in the file.",
)
EARLIER_AWARD = Code(
    "W-EARLIER-AWARD",
    Effect.WARNING,
    "Délivré avant ce registre, sur papier ou par un autre outil (n° {value}) : "
    "le certificat numérique porte la date de décision d’origine.",
    "Delivered before this register, on paper or by another tool (no. {value}): "
    "the credential bears the original decision date.",
    "design.md, section 3; french-domain.md, section 12",
    "Comparer avec le document d’origine avant d’approuver.",
    "Compare with the original document before you approve.",
)
TITLE_DECISION_MISSING = Code(
    "W-TITLE-DECISION-MISSING",
    Effect.WARNING,
    "Les {count} blocs sont acquis sans ligne valable du procès-verbal sur le titre.",
    "The {count} blocks are acquired without a valid line of the record on the title.",
    "fiche, « acquisition »; jury-cases.md, règle 2",
    "Inscrire le titre à l’ordre du jour du prochain jury.",
    "Put the title on the next jury’s agenda.",
)
VAE_JURY_CONTRADICTION = Code(
    "W-VAE-JURY-CONTRADICTION",
    Effect.WARNING,
    "Jury VAE conforme à une seule des deux lectures de la fiche, pourcentages ou effectifs ({value}).",
    "The VAE jury keeps only one of the fiche’s two readings, percentages or head counts ({value}).",
    "fiche, « jury_rule »; jury-cases.md, règle 4",
    "Faire préciser par écrit la lecture du certificateur.",
    "Have the certifier state its reading in writing.",
)
AFTER_EXPIRY = Code(
    "W-AFTER-EXPIRY-L6113-9",
    Effect.WARNING,
    "Obtention après l’échéance du {expiry_fr}, entrée avant : l’article L. 6113-9 s’applique.",
    "Obtained after {expiry_en}, entered before: article L. 6113-9 applies.",
    "L. 6113-9 du code du travail; jury-cases.md, règle 6",
    "Garder la preuve de la date d’entrée ou de recevabilité.",
    "Keep the proof of the entry or admissibility date.",
)
DELIVERY_DEADLINE_UNKNOWN = Code(
    "W-DELIVERY-DEADLINE-UNKNOWN",
    Effect.WARNING,
    "Date limite de délivrance inconnue pour une obtention postérieure à l’échéance.",
    "Last day of delivery unknown, for something obtained after the registration’s end.",
    "fiche, « delivery_deadline »; jury-cases.md, règle 6",
    "Lire la date sur la fiche en ligne.",
    "Read the date on the fiche on line.",
)
DUPLICATE_ROW = Code(
    "W-DUPLICATE-ROW",
    Effect.WARNING,
    "Ligne répétée à l’identique, comptée une fois.",
    "Line repeated identically, counted once.",
    "jury-cases.md, étape 2",
)
RETAKE_AFTER_VALIDATION = Code(
    "W-RETAKE-AFTER-VALIDATION",
    Effect.WARNING,
    "Bloc déjà acquis représenté : la validation reste.",
    "A block already acquired was taken again: the validation stays.",
    "jury-cases.md, règle 1",
)
MEMBER_RECUSED = Code(
    "W-MEMBER-RECUSED",
    Effect.WARNING,
    "Déport inscrit ; composition revérifiée sans ce membre.",
    "Recusal recorded; composition checked again without that member.",
    "jury-cases.md, règle 5",
)
NO_BIRTHDATE = Code(
    "W-NO-BIRTHDATE",
    Effect.WARNING,
    "Date de naissance absente.",
    "Birth date missing.",
    "jury-cases.md, « Codes »",
    "Compléter le dossier : l’export SI CPF l’exige.",
    "Complete the file: the SI CPF export demands it.",
)
SINGLE_NAME = Code(
    "W-SINGLE-NAME",
    Effect.WARNING,
    "Nom unique : l’export SI CPF demande un prénom.",
    "Single name: the SI CPF export asks for a given name.",
    "jury-cases.md, « Codes »",
    "Vérifier la pièce d’identité.",
    "Check the identity document.",
)
NON_LATIN_NAME = Code(
    "W-NON-LATIN-NAME",
    Effect.WARNING,
    "Graphie non latine : prendre la translittération de la pièce d’identité.",
    "Name not in Latin script: take the identity document’s transliteration.",
    "jury-cases.md, « Codes »",
    "Inscrire la translittération de la pièce d’identité.",
    "Enter the identity document’s transliteration.",
)
NORMALISED = Code(
    "W-NORMALISED",
    Effect.WARNING,
    "Valeur normalisée (casse, espaces, forme Unicode ou forme de la date) : {value}.",
    "Value normalised (case, spaces, Unicode form or form of the date): {value}.",
    "samples/README.md; jury-cases.md, règle 8",
)
MEMOIRE_NOT_IN_PV = Code(
    "W-MEMOIRE-NOT-IN-PV",
    Effect.WARNING,
    "Mémoire ou soutenance (modalités générales) non cité au procès-verbal.",
    "Dissertation or oral defence (overall modalities) not cited in the record.",
    "fiche, « evaluation_overall »; jury-cases.md, JC57",
)
MENTION_IGNORED = Code(
    "W-MENTION-IGNORED",
    Effect.WARNING,
    "Mention (« {value} ») sans base dans la fiche : ni imprimée ni transmise.",
    "Honours (“{value}”) without a basis in the fiche: neither printed nor transmitted.",
    "fiche, « evaluation_overall »; jury-cases.md, JC56",
)
PREREQ_NOT_EVIDENCED = Code(
    "W-PREREQ-NOT-EVIDENCED",
    Effect.WARNING,
    "Prérequis d’entrée non justifié au dossier.",
    "Entry prerequisite not evidenced in the file.",
    "fiche, « prerequisites »; jury-cases.md, JC58",
    "Demander la pièce au service des admissions.",
    "Ask the admissions office for the document.",
)
POSTHUMOUS = Code(
    "W-POSTHUMOUS",
    Effect.WARNING,
    "Titulaire décédé : remise aux ayants droit, aucun lien envoyé.",
    "The holder has died: hand over to the heirs, send no link.",
    "jury-cases.md, JC68 et JC69",
)
BLOCK_REVOKED_TITLE_ISSUED = Code(
    "W-BLOCK-REVOKED-TITLE-ISSUED",
    Effect.WARNING,
    "Bloc perdu alors que le titre est délivré : question au service, pas de retrait automatique.",
    "Block lost while the title is issued: a question for the registrar, no automatic withdrawal.",
    "french-domain.md, section 12; jury-cases.md, étape 7",
    "Décider d’une suspension du titre, puis d’un retrait ou d’une levée après la nouvelle délibération.",
    "Decide on suspending the title, then on revoking or reinstating it after the new deliberation.",
)
PATH_CHANGED = Code(
    "W-PATH-CHANGED",
    Effect.WARNING,
    "Changement de voie après l’échéance : la première recevabilité ou entrée compte.",
    "Route changed after the registration’s end: the first admissibility or entry counts.",
    "L. 6113-9 du code du travail; jury-cases.md, JC32",
)
BLOCK_ONLY = Code(
    "W-BLOCK-ONLY",
    Effect.WARNING,
    "Inscription à certains blocs : l’article L. 6113-9 parle de « certification » (à faire confirmer).",
    "Enrolled for some of the blocks: article L. 6113-9 speaks of a “certification” (to be confirmed).",
    "L. 6113-9 du code du travail; jury-cases.md, JC33",
)
POSSIBLE_SAME_PERSON = Code(
    "W-POSSIBLE-SAME-PERSON",
    Effect.WARNING,
    "Peut-être la même personne que {value}, entrée de la liste sans résultat ni délivrance.",
    "Possibly the same person as {value}, an entry of the list without result or award.",
    "règle de l’outil",
    "Vérifier la liste des candidats avant de remettre un résultat sous l’autre identifiant.",
    "Check the candidates’ list before handing in a result under the other identifier.",
)
HUMAN = Code(
    "W-HUMAN",
    Effect.WARNING,
    "Décision d’une personne requise.",
    "A person’s decision is required.",
    "jury-cases.md, règle 9",
)

ALREADY_ISSUED = Code(
    "I-ALREADY-ISSUED",
    Effect.INFORMATION,
    "Déjà délivré ({value}) : rien de nouveau n’est émis.",
    "Already issued ({value}): nothing new is issued.",
    "design.md, section 3 (une délivrance vivante par personne, certification et composant)",
)
WITHDRAWN_SAME_DECISION = Code(
    "I-WITHDRAWN-SAME-DECISION",
    Effect.INFORMATION,
    "Délivrance déjà retirée ({value}) pour cette décision, ou pour une autre de même session ou non "
    "antérieure : rien n’est réémis d’office.",
    "An award was withdrawn ({value}) for this decision, or for one of the same session or not earlier: "
    "nothing is issued again by itself.",
    "design.md, section 3; jury-cases.md, JC45",
    "Une nouvelle décision du jury, d’une autre session et plus récente, ou un remplacement décidé par une "
    "personne.",
    "A new decision of the jury, of another and later session, or a replacement that a person decides.",
)
TITLE_WAITS_FOR_BLOCKS = Code(
    "I-TITLE-WAITS-FOR-BLOCKS",
    Effect.INFORMATION,
    "Le titre nomme ses {count} blocs, et l’un d’eux n’est pas en vigueur ({value}) : le titre attend.",
    "The title names its {count} blocks, and one of them is not in force ({value}): the title waits.",
    "design.md, section 4 (un bloc remplacé, le titre l’est aussi)",
    "Décider d’abord du bloc retiré : nouvelle décision du jury, ou remplacement.",
    "Decide on the withdrawn block first: a new decision of the jury, or a replacement.",
)
RIGHT_FALLEN = Code(
    "I-RIGHT-FALLEN",
    Effect.INFORMATION,
    "Délivrance en vigueur ({value}) dont le droit n’est plus établi : une personne doit décider.",
    "Award in force ({value}) whose right no longer stands: a person must decide.",
    "french-domain.md, section 12; jury-cases.md, JC43 et JC44",
    "Retirer, suspendre ou maintenir la délivrance après examen du dossier.",
    "Revoke, suspend or keep the award after examining the file.",
)
OTHER_DECISION = Code(
    "I-OTHER-DECISION",
    Effect.INFORMATION,
    "Délivrance en vigueur ({value}) fondée sur une autre décision que celle qui donne le droit aujourd’hui.",
    "Award in force ({value}) that rests on another decision than the one that gives the right today.",
    "jury-cases.md, JC45; design.md, section 3",
    "Retirer l’ancienne délivrance, puis délivrer d’après la nouvelle décision.",
    "Revoke the old award, then issue on the new decision.",
)
ANNULMENT_WITHOUT_EFFECT = Code(
    "I-ANNULMENT-WITHOUT-EFFECT",
    Effect.INFORMATION,
    "L’annulation ({value}) ne touche aucune décision favorable de ce dossier.",
    "The annulment ({value}) touches no favourable decision of this file.",
    "jury-cases.md, règle 11",
    "Vérifier son champ et ses dates.",
    "Check its scope and dates.",
)

WARNING_CODES = by_id(
    TITLE_DECISION_MISSING,
    VAE_JURY_CONTRADICTION,
    AFTER_EXPIRY,
    DELIVERY_DEADLINE_UNKNOWN,
    BLOCK_BY_EQUIVALENCE,
    EARLIER_AWARD,
    DUPLICATE_ROW,
    RETAKE_AFTER_VALIDATION,
    MEMBER_RECUSED,
    NO_BIRTHDATE,
    SINGLE_NAME,
    NON_LATIN_NAME,
    NORMALISED,
    MEMOIRE_NOT_IN_PV,
    MENTION_IGNORED,
    PREREQ_NOT_EVIDENCED,
    POSTHUMOUS,
    BLOCK_REVOKED_TITLE_ISSUED,
    PATH_CHANGED,
    BLOCK_ONLY,
    POSSIBLE_SAME_PERSON,
    HUMAN,
    ALREADY_ISSUED,
    WITHDRAWN_SAME_DECISION,
    TITLE_WAITS_FOR_BLOCKS,
    RIGHT_FALLEN,
    OTHER_DECISION,
    ANNULMENT_WITHOUT_EFFECT,
)
