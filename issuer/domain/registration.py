"""What may be said of the registration to and of one holder."""

from datetime import date

from credentials.report import Sentence
from issuer.domain.award import AwardKind
from issuer.domain.calendar_days import english_day, long_french_day
from issuer.domain.certification import Certification


def registration_sentence(
    certification: Certification,
    *,
    kind: AwardKind,
    decided_on: date,
    entry_date: date | None,
    today: date,
) -> Sentence | None:
    """Give the sentence on the registration that applies to a holder.

    Args:
        certification: The fiche.
        kind: Whether a block or the title is held.
        decided_on: Day of the decision by which it was obtained.
        entry_date: Entry into the path, or VAE admissibility; None when unknown.
        today: The day on which the sentence is read, in Paris.

    Returns:
        The sentence in both languages; None where the holder may not rely on the registration
        (obtained after its end, without a known entry before it).

    Spec: L. 6113-9 du code du travail; french-domain.md, section 2.
    """
    expiry = certification.registration.expiry_date
    if decided_on <= expiry:
        obtained = _obtained(certification, kind)
        return _with_end(obtained, kind, expiry) if today > expiry else obtained
    if entry_date is None or entry_date > expiry:
        return None
    register = certification.registration.register
    return Sentence(
        "Titulaire entré dans le parcours pendant l’enregistrement "
        f"(échéance\u202f: {long_french_day(expiry)})\u202f; il ou elle peut se prévaloir de l’inscription "
        f"au {register} (article L.\u202f6113-9 du code du travail).",
        "The holder entered the path while the registration ran "
        f"(until {english_day(expiry)}) and may rely on the entry in the {register} "
        "(article L. 6113-9 of the French labour code).",
    )


def _obtained(certification: Certification, kind: AwardKind) -> Sentence:
    register, code = certification.registration.register, certification.code
    if kind is AwardKind.BLOCK:
        return Sentence(
            f"Bloc d’une certification enregistrée au {register} sous le code {code} "
            "à la date de la validation.",
            f"Block of a certification registered in the {register} under code {code} "
            "on the day of the validation.",
        )
    return Sentence(
        f"Certification enregistrée au {register} sous le code {code} à la date d’obtention.",
        f"Certification registered in the {register} under code {code} on the day it was obtained.",
    )


def _with_end(obtained: Sentence, kind: AwardKind, expiry: date) -> Sentence:
    french, english = (
        ("le bloc validé reste acquis", "the validated block is kept for good")
        if kind is AwardKind.BLOCK
        else ("la certification obtenue reste acquise", "the certification obtained is kept for good")
    )
    return Sentence(
        f"{obtained.fr} L’enregistrement a pris fin le {long_french_day(expiry)}\u202f; {french}.",
        f"{obtained.en} The registration ended on {english_day(expiry)}; {english}.",
    )
