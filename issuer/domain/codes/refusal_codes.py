"""Codes that refuse (a clear rule) or hold (a doubt, for a person); nothing is issued in either case."""

from issuer.domain.codes.definition import Code, Effect, by_id

ROUTE_CLOSED = Code(
    "E-ROUTE-CLOSED",
    Effect.REFUSAL,
    "La fiche {certification} n’ouvre pas la voie d’accès « {value} ».",
    "The fiche {certification} does not open the access route “{value}”.",
    "fiche, « access_routes »; jury-cases.md, règle 3",
    "Vérifier la voie du candidat et la fiche en ligne ; sinon diriger vers une voie ouverte.",
    "Check the candidate’s route and the fiche on line; otherwise direct to an open route.",
)
JURY_COMPOSITION = Code(
    "E-JURY-COMPOSITION",
    Effect.REFUSAL,
    "Composition du jury contraire à la fiche pour cette voie ({value}).",
    "The jury’s composition is contrary to the fiche for this route ({value}).",
    "fiche, « jury_rule »; jury-cases.md, règle 3",
    "Vérifier les membres présents au procès-verbal ; sinon une nouvelle délibération est nécessaire.",
    "Check the members present in the record; otherwise a new deliberation is needed.",
)
VAE_JURY_COMPOSITION = Code(
    "E-VAE-JURY-COMPOSITION",
    Effect.REFUSAL,
    "Jury VAE conforme ni aux pourcentages ni aux effectifs de la fiche ({value}).",
    "The VAE jury keeps neither the percentages nor the head counts of the fiche ({value}).",
    "D. 6412-6 du code du travail; fiche, « jury_rule »; jury-cases.md, règle 4",
    "Vérifier les membres présents au procès-verbal ; sinon une nouvelle délibération est nécessaire.",
    "Check the members present in the record; otherwise a new deliberation is needed.",
)
JURY_NO_PRESIDENT = Code(
    "E-JURY-NO-PRESIDENT",
    Effect.REFUSAL,
    "Aucun président ou responsable de jury désigné au procès-verbal.",
    "The record names no chair of the jury.",
    "D. 6412-6 du code du travail; jury-cases.md, règle 4",
    "Faire compléter le procès-verbal si un président a siégé ; sinon faire délibérer de nouveau.",
    "Have the record completed if a chair sat; otherwise have the jury deliberate again.",
)
JURY_TIED = Code(
    "E-JURY-TIED",
    Effect.REFUSAL,
    "Un membre du jury lié au candidat ou l’ayant accompagné a siégé, sans déport inscrit.",
    "A jury member tied to the candidate, or who accompanied him or her, sat without standing down.",
    "D. 6412-6 du code du travail; jury-cases.md, règles 4 et 5",
    "Faire inscrire le déport s’il a eu lieu ; sinon une nouvelle délibération est nécessaire.",
    "Have the recusal recorded if it took place; otherwise a new deliberation is needed.",
)
ENTRY_AFTER_EXPIRY = Code(
    "E-ENTRY-AFTER-EXPIRY",
    Effect.REFUSAL,
    "Entrée en formation ou recevabilité VAE après l’échéance du {expiry_fr}.",
    "Entry into training, or VAE admissibility, after the registration’s last day, {expiry_en}.",
    "L. 6113-9 du code du travail; jury-cases.md, règle 6",
    "Diriger vers la fiche en vigueur.",
    "Direct to the fiche in force.",
)
ENTRY_DATE_MISSING = Code(
    "E-ENTRY-DATE-MISSING",
    Effect.REFUSAL,
    "Décision postérieure à l’échéance du {expiry_fr}, et date d’entrée ou de recevabilité inconnue.",
    "Decision later than the registration’s last day, {expiry_en}, and entry or admissibility date unknown.",
    "L. 6113-9 du code du travail; jury-cases.md, règle 6",
    "Inscrire la date d’entrée en formation ou de recevabilité VAE, avec sa preuve.",
    "Enter the date of entry into training or of VAE admissibility, with its proof.",
)
AFTER_DELIVERY_DEADLINE = Code(
    "E-AFTER-DELIVERY-DEADLINE",
    Effect.REFUSAL,
    "Décision postérieure à la date limite de délivrance ({deadline_fr}).",
    "Decision later than the last day of delivery ({deadline_en}).",
    "fiche, « delivery_deadline »; jury-cases.md, règle 6",
    "Diriger vers la fiche en vigueur.",
    "Direct to the fiche in force.",
)
REGISTRATION_START_UNKNOWN = Code(
    "E-REGISTRATION-START-UNKNOWN",
    Effect.REFUSAL,
    "Début d’enregistrement inconnu : une décision antérieure au {floor_fr} n’est pas rattachée.",
    "Start of registration unknown: a decision before {floor_en} cannot be attached to this fiche.",
    "L. 6113-5 du code du travail (cinq ans au plus); jury-cases.md, règle 6",
    "Chercher la fiche alors en vigueur, ou compléter la date d’effet de l’enregistrement.",
    "Look for the fiche in force at that time, or fill in the registration’s effective date.",
)
BEFORE_REGISTRATION = Code(
    "E-BEFORE-REGISTRATION",
    Effect.REFUSAL,
    "Décision antérieure au début de l’enregistrement ({floor_fr}).",
    "Decision earlier than the start of the registration ({floor_en}).",
    "L. 6113-5 du code du travail; fiche, « effective_date »; règle de l’outil",
    "Chercher la fiche alors en vigueur.",
    "Look for the fiche in force at that time.",
)
BLOCKS_MISSING = Code(
    "E-BLOCKS-MISSING",
    Effect.REFUSAL,
    "Titre attribué au procès-verbal sans que les {count} blocs soient acquis à cette date.",
    "Title awarded in the record while the {count} blocks were not all acquired at that date.",
    "fiche, « acquisition »; jury-cases.md, règle 2",
    "Vérifier les décisions sur les blocs ; les certificats des blocs acquis restent dus.",
    "Check the decisions on the blocks; the certificates of acquired blocks remain due.",
)
OTHER_FICHE = Code(
    "E-OTHER-FICHE",
    Effect.REFUSAL,
    "« {value} » relève d’une autre fiche : équivalence non établie.",
    "“{value}” belongs to another fiche: equivalence not established.",
    "L. 6113-7 et R. 6113-13 du code du travail; jury-cases.md, règle 7",
    "Joindre la correspondance publiée, ou la décision écrite du jury sur le bloc de cette fiche.",
    "Provide the published correspondence, or the jury’s written decision on the block of this fiche.",
)
UNKNOWN_BLOCK = Code(
    "E-UNKNOWN-BLOCK",
    Effect.REFUSAL,
    "« {value} » n’est ni un bloc de la fiche {certification} ni son titre.",
    "“{value}” is neither a block of the fiche {certification} nor its title.",
    "fiche, « blocks »; jury-cases.md, étape 2",
    "Corriger le code du composant.",
    "Correct the component’s code.",
)
UNKNOWN_SESSION = Code(
    "E-UNKNOWN-SESSION",
    Effect.REFUSAL,
    "Session « {value} » absente de la liste des jurys de {certification}, ou décrite de deux façons.",
    "Session “{value}” is missing from the list of juries of {certification}, or described in two ways.",
    "jury-cases.md, étape 3 (une session doit être connue pour être jugée); règle de l’outil",
    "Importer la session du jury, ou corriger son code.",
    "Import the jury session, or correct its code.",
)
SESSION_DATE_MISMATCH = Code(
    "E-SESSION-DATE-MISMATCH",
    Effect.REFUSAL,
    "Date de décision « {value} » différente de celle de la session.",
    "Decision date “{value}” differs from the session’s.",
    "jury-cases.md, étape 2; règle de l’outil",
    "Corriger la date de la décision ou la session.",
    "Correct the decision’s date or the session.",
)
UNKNOWN_CANDIDATE = Code(
    "E-UNKNOWN-CANDIDATE",
    Effect.REFUSAL,
    "Candidat absent de la liste.",
    "The candidate is not in the list.",
    "jury-cases.md, règle 8",
    "Corriger l’identifiant, ou ajouter la personne à la liste des candidats.",
    "Correct the identifier, or add the person to the list of candidates.",
)
UNKNOWN_DECISION = Code(
    "E-UNKNOWN-DECISION",
    Effect.REFUSAL,
    "Mot de décision « {value} » non reconnu pour ce composant.",
    "Decision word “{value}” not recognised for this component.",
    "samples/README.md (mots de décision); jury-cases.md, étape 2",
    "Écrire validé, non validé ou absent pour un bloc ; attribué ou non attribué pour le titre.",
    "Write validé, non validé or absent for a block; attribué or non attribué for the title.",
)
CONDITIONAL_DECISION = Code(
    "E-CONDITIONAL-DECISION",
    Effect.REFUSAL,
    "Décision conditionnelle (« {value} ») : interdite sur un parchemin.",
    "Conditional decision (“{value}”): not allowed on a parchemin.",
    "france compétences, FAQ « parchemin »; jury-cases.md, étape 2",
    "Attendre la décision du jury sans condition.",
    "Wait for the jury’s unconditional decision.",
)
FUTURE_DATE = Code(
    "E-FUTURE-DATE",
    Effect.REFUSAL,
    "Date postérieure au jour du traitement ({value}).",
    "Date later than the day of processing ({value}).",
    "jury-cases.md, étapes 2 et 3",
    "Corriger la date, ou attendre ce jour.",
    "Correct the date, or wait for that day.",
)
JURY_BEFORE_ENTRY = Code(
    "E-JURY-BEFORE-ENTRY",
    Effect.REFUSAL,
    "Décision antérieure à l’entrée dans le parcours.",
    "Decision earlier than the entry into the path.",
    "jury-cases.md, étape 6",
    "Vérifier la date d’entrée ou de recevabilité, et celle de la décision.",
    "Check the entry or admissibility date, and the decision’s.",
)
DATE_FORMAT = Code(
    "E-DATE-FORMAT",
    Effect.REFUSAL,
    "Date illisible ou année sur deux chiffres (« {value} »).",
    "Unreadable date, or year in two digits (“{value}”).",
    "jury-cases.md, étape 2",
    "Écrire la date avec l’année en quatre chiffres : 2025-06-19 ou 19/06/2025.",
    "Write the date with a four-digit year: 2025-06-19 or 19/06/2025.",
)
ANNULLED = Code(
    "E-ANNULLED",
    Effect.REFUSAL,
    "Décision annulée par le jury, l’administration ou le juge.",
    "Decision annulled by the jury, the administration or a court.",
    "jury-cases.md, règles 1 et 11; CRPA L. 242-1",
    "Attendre une nouvelle décision du jury.",
    "Wait for a new decision of the jury.",
)
ANNULMENT_OUT_OF_TIME = Code(
    "E-ANNULMENT-OUT-OF-TIME",
    Effect.REFUSAL,
    "Annulation défavorable hors délai de quatre mois, sans fraude ni juge : elle n’est pas appliquée.",
    "Unfavourable annulment beyond four months, without fraud or court: it is not applied.",
    "CRPA L. 242-1; CE 26 octobre 2001 n° 197018; jury-cases.md, règle 11",
    "Faire examiner l’acte d’annulation ({value}) par une personne.",
    "Have a person examine the act of annulment ({value}).",
)
FICHE_MENTION_MISSING = Code(
    "E-FICHE-MENTION-MISSING",
    Effect.REFUSAL,
    "Mention obligatoire du parchemin inconnue dans la fiche {certification} : date de la décision "
    "d’enregistrement.",
    "Mandatory mention of the parchemin unknown in the fiche {certification}: date of the registration "
    "decision.",
    "france compétences, FAQ « parchemin »; jury-cases.md, règle 10",
    "Lire la date sur la fiche en ligne et importer une nouvelle version de la fiche.",
    "Read the date on the fiche on line and import a new version of the fiche.",
)
CPF_FIELD_MISSING = Code(
    "E-CPF-FIELD-MISSING",
    Effect.REFUSAL,
    "Donnée exigée par l’export SI CPF absente ({value}).",
    "A value that the SI CPF export demands is missing ({value}).",
    "cpf.xsd; jury-cases.md, étape 8",
    "Compléter le dossier du candidat avant l’export.",
    "Complete the candidate’s file before the export.",
)

PV_UNSIGNED = Code(
    "E-PV-UNSIGNED",
    Effect.DOUBT,
    "Procès-verbal non signé : aucune décision n’en est tirée.",
    "Record not signed: no decision is taken from it.",
    "jury-cases.md, règle 9; CRPA L. 212-1",
    "Obtenir le procès-verbal signé.",
    "Obtain the signed record.",
)
SIGNATORY_UNKNOWN = Code(
    "E-SIGNATORY-UNKNOWN",
    Effect.DOUBT,
    "Signataire sans qualité ni délégation enregistrée.",
    "The signatory has no recorded quality or delegation.",
    "jury-cases.md, règle 9; CRPA L. 212-1",
    "Enregistrer la délégation du signataire, avec sa référence.",
    "Record the signatory’s delegation, with its reference.",
)
EARLIER_KNOWN = Code(
    "E-EARLIER-KNOWN",
    Effect.REFUSAL,
    "Déjà enregistré pour cette personne avec une autre date ou un autre numéro (n° {value}).",
    "Registered already for this person with another date or number (no. {value}).",
    "design.md, section 3",
    "Comparer les deux documents d’origine ; une seule délivrance compte par personne et par composant.",
    "Compare the two original documents; one delivery counts per person and component.",
)
SIGNATORY_OUT_OF_OFFICE = Code(
    "E-SIGNATORY-OUT-OF-OFFICE",
    Effect.DOUBT,
    "Le signataire n’était pas en fonction le jour de la délibération ({value}).",
    "The signatory was not in office on the day of the deliberation ({value}).",
    "CRPA L. 212-1; jury-cases.md, règle 9",
    "Vérifier les dates de la délégation ; sinon faire signer le procès-verbal par une personne en fonction.",
    "Check the dates of the delegation; otherwise have the record signed by a person in office.",
)
AMBIGUOUS_IDENTITY = Code(
    "E-AMBIGUOUS-IDENTITY",
    Effect.DOUBT,
    "Plusieurs candidats possibles.",
    "Several candidates are possible.",
    "jury-cases.md, règle 8",
    "Donner l’identifiant du candidat, ou sa date de naissance.",
    "Give the candidate’s identifier, or the birth date.",
)
NAME_MISMATCH = Code(
    "E-NAME-MISMATCH",
    Effect.DOUBT,
    "Nom du procès-verbal différent de celui de la liste.",
    "The name in the record differs from the list’s.",
    "jury-cases.md, règle 8",
    "Comparer avec la pièce d’identité, puis corriger le procès-verbal ou la liste.",
    "Compare with the identity document, then correct the record or the list.",
)
POSSIBLE_SAME_PERSON = Code(
    "E-POSSIBLE-SAME-PERSON",
    Effect.DOUBT,
    "Peut-être la même personne que {value} : rien n’est délivré à l’une ni à l’autre.",
    "Possibly the same person as {value}: nothing is issued to either.",
    "design.md, section 3 (une délivrance vivante par personne); règle de l’outil",
    "Deux personnes : remettre l’une dans la liste des candidats en nommant l’autre dans « autre_que ». "
    "Une seule : remettre ses résultats sous un seul identifiant, et l’entrée en trop avec « doublon » "
    "pour prénoms.",
    "Two people: hand one in again in the candidates’ list, naming the other under “autre_que”. One only: "
    "hand the results in under one identifier, and the entry too many again with “doublon” as given names.",
)
ANNULMENT_UNMATCHED = Code(
    "E-ANNULMENT-UNMATCHED",
    Effect.DOUBT,
    "L’annulation ({value}) vise ce composant, mais aucune décision favorable n’est à sa date.",
    "The annulment ({value}) aims at this component, but no favourable decision is of its date.",
    "jury-cases.md, règles 9 et 11; règle de l’outil",
    "Comparer l’acte et le procès-verbal : rétablir la date de la session, remettre la décision annulée "
    "si elle manque, ou remettre l’acte sous la même référence avec la date exacte de la décision.",
    "Compare the act with the record: restore the session’s date, hand in the annulled decision if it is "
    "missing, or hand the act in again under the same reference with the decision’s exact date.",
)
CONFLICTING_RESULT = Code(
    "E-CONFLICTING-RESULT",
    Effect.DOUBT,
    "Décisions contraires du jury sur le même composant.",
    "Contrary decisions of the jury on the same component.",
    "jury-cases.md, étapes 4 et 7",
    "Demander au jury ce qu’il a décidé.",
    "Ask the jury what it decided.",
)
ENTRY_INTERRUPTED = Code(
    "E-ENTRY-INTERRUPTED",
    Effect.DOUBT,
    "Parcours interrompu puis repris après l’échéance du {expiry_fr} : qualification par une personne.",
    "Path interrupted, then taken up again after {expiry_en}: a person must qualify it.",
    "L. 6113-9 du code du travail; jury-cases.md, étape 6",
    "Faire qualifier le parcours : même entrée, ou nouvelle entrée.",
    "Have the path qualified: same entry, or a new one.",
)

REFUSAL_CODES = by_id(
    ROUTE_CLOSED,
    JURY_COMPOSITION,
    VAE_JURY_COMPOSITION,
    JURY_NO_PRESIDENT,
    JURY_TIED,
    ENTRY_AFTER_EXPIRY,
    ENTRY_DATE_MISSING,
    AFTER_DELIVERY_DEADLINE,
    REGISTRATION_START_UNKNOWN,
    BEFORE_REGISTRATION,
    BLOCKS_MISSING,
    OTHER_FICHE,
    UNKNOWN_BLOCK,
    UNKNOWN_SESSION,
    SESSION_DATE_MISMATCH,
    UNKNOWN_CANDIDATE,
    UNKNOWN_DECISION,
    CONDITIONAL_DECISION,
    FUTURE_DATE,
    JURY_BEFORE_ENTRY,
    DATE_FORMAT,
    ANNULLED,
    ANNULMENT_OUT_OF_TIME,
    FICHE_MENTION_MISSING,
    CPF_FIELD_MISSING,
    PV_UNSIGNED,
    EARLIER_KNOWN,
    SIGNATORY_UNKNOWN,
    SIGNATORY_OUT_OF_OFFICE,
    AMBIGUOUS_IDENTITY,
    NAME_MISMATCH,
    POSSIBLE_SAME_PERSON,
    ANNULMENT_UNMATCHED,
    CONFLICTING_RESULT,
    ENTRY_INTERRUPTED,
)
