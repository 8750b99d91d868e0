"""What a reader can do: a small closed list, so that the same situation always gets the same advice."""

from dataclasses import dataclass
from enum import Enum

from credentials.report import Sentence


class Remedy(Enum):
    """What to do about a code, as French and English set for the page."""

    NOTHING = Sentence("Il n’y a rien à faire.", "There is nothing to do.")
    NO_EFFECT = Sentence(
        "Il n’y a rien à faire\u202f: le résultat n’en dépend pas.",
        "There is nothing to do: the result does not depend on it.",
    )
    SEE_EARLIER = Sentence(
        "Voyez d’abord le contrôle précédent qui n’a pas abouti.",
        "See first which earlier check did not succeed.",
    )
    SEE_KEY = Sentence(
        "Voyez le contrôle de la clé, qui dit ce qui manque et que faire.",
        "See the check of the key, which says what is missing and what to do.",
    )
    COMPARE_NAME = Sentence(
        "Comparez le nom inscrit sur le document avec une pièce d’identité.",
        "Compare the name on the document with an identity document.",
    )
    COMPARE_PAGES = Sentence(
        "Comparez ce qui est imprimé avec ce qui est affiché ici, et demandez au titulaire le fichier "
        "d’origine.",
        "Compare what is printed with what is shown here, and ask the holder for the original file.",
    )
    ASK_FILE = Sentence(
        "Demandez au titulaire le fichier d’origine, tel qu’il l’a reçu.",
        "Ask the holder for the original file, as it was received.",
    )
    ASK_ORIGINAL = Sentence(
        "Ne vous fiez pas à ce document\u202f; demandez l’original au titulaire ou à l’organisme.",
        "Do not rely on this document; ask the holder or the organisation for the original.",
    )
    ASK_WHOLE = Sentence(
        "Demandez au titulaire le document entier, et non un extrait.",
        "Ask the holder for the whole document, not an extract.",
    )
    ASK_EXTRACT = Sentence(
        "Demandez au titulaire d’en tirer un extrait avec son portefeuille numérique, et de vous le "
        "remettre.",
        "Ask the holder to draw an extract from it with a digital wallet, and to hand you that.",
    )
    ASK_CURRENT = Sentence(
        "Demandez au titulaire le document à jour.",
        "Ask the holder for the current document.",
    )
    ASK_OTHER_FORM = Sentence(
        "Demandez le document sous une autre forme, ou faites-le vérifier par un outil qui connaît celle-ci.",
        "Ask for the document in another form, or have it checked by a tool that knows this one.",
    )
    ASK_ISSUER = Sentence(
        "Signalez-le à l’organisme qui a délivré le document\u202f: lui seul peut le refaire.",
        "Tell the organisation that issued the document: it alone can make it again.",
    )
    CONFIRM_WITH_ISSUER = Sentence(
        "Demandez à l’organisme qui l’a délivré de confirmer le document.",
        "Ask the organisation that issued the document to confirm it.",
    )
    TELL_PUBLISHER = Sentence(
        "Signalez-le à l’organisme\u202f: lui seul peut corriger ce qu’il publie. Puis refaites la "
        "vérification.",
        "Tell the organisation: it alone can correct what it publishes. Then check again.",
    )
    ASK_STATE = Sentence(
        "Adressez-vous à l’organisme qui l’a délivré pour connaître l’état du document.",
        "Ask the organisation that issued the document for its present state.",
    )
    WAIT = Sentence(
        "Refaites la vérification à partir de cette date.",
        "Check again from that date on.",
    )
    ASK_IN_FORCE = Sentence(
        "Demandez au titulaire s’il a un document en vigueur.",
        "Ask the holder for a document that is in force.",
    )
    TRY_LATER = Sentence(
        "Réessayez plus tard\u202f; si rien ne change, écrivez à l’organisme.",
        "Try again later; if nothing changes, write to the organisation.",
    )
    NETWORK_ON = Sentence(
        "Demandez à la personne qui tient ce service d’autoriser la consultation des autres sites\u202f; "
        "sinon, écrivez à l’organisme.",
        "Ask the person who runs this service to switch on the consultation of other sites; or else write to "
        "the organisation.",
    )
    PROVIDE = Sentence(
        "Refaites la vérification en fournissant ce qui manque, ou sur un service qui sait le consulter.",
        "Check again and provide what is missing, or use a service that can consult it.",
    )
    CHECK_TRUST = Sentence(
        "Renseignez-vous par vous-même sur cet organisme\u202f; la personne qui tient ce service peut "
        "l’inscrire au registre de confiance.",
        "Find out for yourself who this organisation is; the person who runs this service can add it to the "
        "trust register.",
    )
    CHECK_LINK = Sentence(
        "Vérifiez l’adresse, ou scannez de nouveau le code QR du document.",
        "Check the address, or scan the document’s QR code again.",
    )
    ASK_LINK = Sentence(
        "Demandez un nouveau lien au titulaire.",
        "Ask the holder for a new link.",
    )
    OPEN_LINK = Sentence(
        "Ouvrez ce lien vous-même si vous connaissez le site, ou demandez le fichier au titulaire.",
        "Open the link yourself if you know the site, or ask the holder for the file.",
    )
    SCAN_QR = Sentence(
        "Scannez le code QR imprimé sur le document, ou demandez le fichier numérique au titulaire.",
        "Scan the QR code printed on the document, or ask the holder for the digital file.",
    )
    TOKEN_ALONE = Sentence(
        "Remettez le jeton seul, sans guillemets ni crochets.",
        "Hand in the token alone, without quotation marks or brackets.",
    )
    PRESENT_AGAIN = Sentence(
        "Demandez une nouvelle présentation, faite pour vous et pour cette occasion.",
        "Ask for a new presentation, made for you and for this occasion.",
    )
    CHECK_AGAIN = Sentence(
        "Pour l’état présent, vérifiez de nouveau le document lui-même, par son lien ou son fichier.",
        "For the present state, check the document itself again, by its link or its file.",
    )
    CHECK_APART = Sentence(
        "Vérifiez à part chacun des documents qu’il contient.",
        "Check each of the documents in it on its own.",
    )
    CHECK_NAMED = Sentence(
        "Demandez au titulaire les documents cités, et vérifiez-les à leur tour.",
        "Ask the holder for the documents that are named, and check them in turn.",
    )
    ASK_PRESENT_STATE = Sentence(
        "Demandez plutôt l’état présent du document.",
        "Ask for the document’s present state instead.",
    )
    DOCUMENT_ALONE = Sentence(
        "Fondez-vous sur le document seul, sans cette recommandation.",
        "Rely on the document alone, without this endorsement.",
    )


@dataclass(frozen=True, slots=True)
class Advice:
    """What stands beside a code's sentence.

    Attributes:
        cause: How it comes to that, in both languages, set for the page.
        remedy: What to do about it.
    """

    cause: Sentence
    remedy: Remedy
