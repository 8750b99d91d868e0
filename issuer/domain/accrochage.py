"""A line of the CPF feed (« accrochage »): what one title and one person give, or why it cannot be sent.

Nothing is cut, guessed or filled in: a value that the schema would refuse is a refusal with its remedy.

Spec: french-domain.md, section 7; schema 1.1.2 of the feed (a draft: the scheme in force is not known here).
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from issuer.domain.accrochage_lacks import Lack, Refusal
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.domain.calendar_days import months_later
from issuer.domain.canonical_json import digest_of
from issuer.domain.civil import CivilData, Sex
from issuer.domain.normalisation import fold_name
from issuer.domain.records import Candidate

LONGEST_NAME: Final = 60
FIRST_YEAR, LAST_YEAR = 1900, 2099
MOST_GIVEN_NAMES: Final = 3
DELAY_MONTHS: Final = 3
"""Months from delivery within which a title is to be sent."""


class Access(StrEnum):
    """How a person came to the title, in the feed's words."""

    INITIAL = "FORMATION_INITIALE_HORS_APPRENTISSAGE"
    APPRENTICESHIP = "FORMATION_INITIALE_APPRENTISSAGE"
    CONTINUING = "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION"
    PROFESSIONALISATION = "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION"
    VAE = "VAE"
    FOREIGN_EQUIVALENCE = "EQUIVALENCE_DIPLOME_ETRANGER"
    INDIVIDUAL = "CANDIDAT_LIBRE"


@dataclass(frozen=True, slots=True)
class Birth:
    """When and where a person was born, as far as it is known.

    Attributes:
        year: Four figures.
        month: Or None.
        day: Or None; never without a month.
        insee: INSEE code of the commune, or None.
        postcode: Postal code, or None; where both codes are None the feed gets an empty postal code.
        place: Name of the commune, or None.
        country_code: Three characters, or None.
        country: Name of the country, or None.
    """

    year: int
    month: int | None
    day: int | None
    insee: str | None
    postcode: str | None
    place: str | None
    country_code: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class DepositRow:
    """One title as it is sent.

    Attributes:
        technical_id: Stable and opaque; see :func:`technical_id`.
        number: The award's number, for the register: it is not sent.
        certification: Code of the certification.
        obtained_on: Date of the jury's decision on the title.
        access: How the person came to it.
        birth_name: ``nom de naissance``.
        usage_name: ``nom d'usage`` where it differs, or None.
        given_names: One to three.
        sex: As the schema takes it.
        birth: When and where.
    """

    technical_id: str
    number: str
    certification: str
    obtained_on: date
    access: Access
    birth_name: str
    usage_name: str | None
    given_names: Sequence[str]
    sex: Sex
    birth: Birth


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a title: a line to send, or every reason why it cannot be.

    Attributes:
        award: The title.
        row: The line, or None.
        refusals: Why not, in the order of the schema; empty with a line.
    """

    award: Award
    row: DepositRow | None
    refusals: Sequence[Refusal]


def technical_id(key: bytes, award: Award) -> str:
    """Give the identifier of a line: the same for ever for a person, a certification and a decision.

    A keyed digest: it tells nobody who or what it stands for, and a replaced document keeps it.

    Args:
        key: The register's own key for these digests.
        award: The title.

    Spec: french-domain.md, section 7, trap 9.
    """
    said = (award.candidate_id, award.certification, award.session, award.decided_on.isoformat())
    return hmac.digest(key, "\n".join(said).encode(), hashlib.sha256).hex()


def row_digest(key: bytes, row: DepositRow) -> str:
    """Give a keyed digest of what a line says, by which a corrected one is told from the one before.

    Args:
        key: As for :func:`technical_id`.
        row: The line.
    """
    birth = row.birth
    content: dict[str, object] = {
        "access": row.access.value,
        "birth": [
            birth.year, birth.month, birth.day, birth.insee, birth.postcode, birth.place,
            birth.country_code, birth.country,
        ],
        "certification": row.certification,
        "names": [row.birth_name, row.usage_name, *row.given_names],
        "obtained": row.obtained_on.isoformat(),
        "sex": row.sex.value,
    }  # fmt: skip
    return hmac.digest(key, digest_of(content).encode(), hashlib.sha256).hex()


def last_day(delivered: date) -> date:
    """Give the last day on which a title may be sent in time.

    Args:
        delivered: Day of delivery, in Paris.

    Spec: french-domain.md, section 7 (three months from delivery); labour code, article R. 6113-17-2.
    """
    return months_later(delivered, DELAY_MONTHS)


def deposit_row(
    award: Award, candidate: Candidate | None, civil: CivilData | None, access: str | None, key: bytes
) -> Outcome:
    """Make the line of a title, or say everything that is in its way.

    Args:
        award: The title.
        candidate: The person as the list has them now, or None.
        civil: Their civil data, or None where none was taken in.
        access: The fiche's word for the person's route (``cpf_modalite_acces``), or None.
        key: The register's own key for technical identifiers.

    Returns:
        The line, or every refusal.

    Spec: french-domain.md, section 7.
    """
    barred = [Refusal(lack) for lack in _bars(award)]
    if barred or candidate is None:
        return Outcome(award, None, barred or [Refusal(Lack.NO_PERSON)])
    known = civil or CivilData(candidate.id)
    given = _given_names(candidate, known)
    usage = (candidate.usage_name or None) if candidate.usage_name != candidate.birth_name else None
    birth = _birth(candidate, known)
    texts = {
        "nomNaissance": candidate.birth_name,
        "nomUsage": usage or "",
        **{f"prenom{place}": name for place, name in enumerate(given, start=1)},
        "libelleCommuneNaissance": birth.place or "",
        "libellePaysNaissance": birth.country or "",
    }
    refusals = [
        *_name_lacks(candidate, known, given),
        *_birth_lacks(candidate, known, birth),
        *(Refusal(Lack.TOO_LONG, name) for name, text in texts.items() if len(text) > LONGEST_NAME),
        *(Refusal(Lack.FORBIDDEN_CHARACTER, name) for name, text in texts.items() if not fit_for_xml(text)),
    ]
    if known.sex is None:
        refusals.append(Refusal(Lack.NO_SEX))
    if access not in set(Access):
        refusals.append(Refusal(Lack.UNKNOWN_ROUTE))
    if not FIRST_YEAR <= award.decided_on.year <= LAST_YEAR:
        refusals.append(Refusal(Lack.DATE_OUT_OF_RANGE))
    if refusals or known.sex is None or access is None:
        return Outcome(award, None, refusals)
    row = DepositRow(
        technical_id=technical_id(key, award),
        number=award.number,
        certification=award.certification,
        obtained_on=award.decided_on,
        access=Access(access),
        birth_name=candidate.birth_name,
        usage_name=usage,
        given_names=given,
        sex=known.sex,
        birth=birth,
    )
    return Outcome(award, row, ())


_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> bool:
    """Say whether a text may stand in an XML 1.0 document.

    Args:
        text: Any text.

    Spec: XML 1.0, section 2.2 (Char).
    """
    return _FORBIDDEN.search(text) is None


def _bars(award: Award) -> Iterator[Lack]:
    """Say why an award is never sent, whatever is known of its person."""
    if award.kind is not AwardKind.TITLE:
        yield Lack.NOT_A_TITLE
    if award.erased:
        yield Lack.ERASED
    if award.state is AwardState.SUSPENDED:
        yield Lack.SUSPENDED
    if award.state is AwardState.REVOKED:
        yield Lack.WITHDRAWN
    if award.state is AwardState.REPLACED:
        yield Lack.REPLACED


def _given_names(candidate: Candidate, civil: CivilData) -> Sequence[str]:
    """Give the names one by one: as civil status has them, or the list's own where it is a single word."""
    if civil.given_names:
        return tuple(civil.given_names[:MOST_GIVEN_NAMES])
    alone = candidate.given_names.strip()
    return (alone,) if alone and len(alone.split()) == 1 else ()


def _name_lacks(candidate: Candidate, civil: CivilData, given: Sequence[str]) -> Iterator[Refusal]:
    if not candidate.birth_name:
        yield Refusal(Lack.NO_BIRTH_NAME)
    if not given or not all(given):
        yield Refusal(Lack.GIVEN_NAMES_UNDIVIDED if candidate.given_names.strip() else Lack.SINGLE_NAME)
    elif civil.given_names and not _agree(candidate.given_names, " ".join(given)):
        yield Refusal(Lack.GIVEN_NAMES_DIFFER)


def _agree(listed: str, civil: str) -> bool:
    """Say whether the one begins with the other: a list may leave further names out."""
    one, other = fold_name(listed).split(), fold_name(civil).split()
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter] and shorter > 0


def _birth(candidate: Candidate, civil: CivilData) -> Birth:
    day = candidate.birth_date
    if day is None:
        year, month, number = civil.birth_year, civil.birth_month, civil.birth_day
    else:
        year, month, number = day.year, day.month, day.day
    return Birth(
        year=year or 0,
        month=month,
        day=number if month is not None else None,
        insee=civil.birth_insee or None,
        postcode=civil.birth_postcode or None,
        place=civil.birth_place or None,
        country_code=civil.birth_country_code or None,
        country=civil.birth_country or None,
    )


def _birth_lacks(candidate: Candidate, civil: CivilData, birth: Birth) -> Iterator[Refusal]:
    if not birth.year:
        yield Refusal(Lack.NO_BIRTH_YEAR)
    elif not FIRST_YEAR <= birth.year <= LAST_YEAR or not _is_day(birth):
        yield Refusal(Lack.BIRTH_DATE_IMPOSSIBLE)
    day = candidate.birth_date
    if day is not None and _contradicts(day, civil):
        yield Refusal(Lack.BIRTH_DATES_DIFFER)
    if birth.insee is None and birth.postcode is None and birth.country_code is None:
        yield Refusal(Lack.NO_BIRTH_PLACE)
    for name, code, form in (
        ("codeInsee", birth.insee, _INSEE),
        ("codePostal", birth.postcode, _POSTCODE),
        ("codePaysNaissance", birth.country_code, _COUNTRY),
    ):
        if code is not None and not form.fullmatch(code):
            yield Refusal(Lack.PLACE_CODE_MALFORMED, name)


_INSEE: Final = re.compile(r"[0-9][0-9ABab][0-9]{3}", re.ASCII)
_POSTCODE: Final = re.compile(r"[0-9A-Za-z -]{1,9}", re.ASCII)
_COUNTRY: Final = re.compile(r"[0-9A-Z]{3}", re.ASCII)


def _contradicts(day: date, civil: CivilData) -> bool:
    pairs = ((day.year, civil.birth_year), (day.month, civil.birth_month), (day.day, civil.birth_day))
    return any(said is not None and said != held for held, said in pairs)


def _is_day(birth: Birth) -> bool:
    """Say whether the parts that are known make a day of the calendar."""
    try:
        date(birth.year, birth.month if birth.month is not None else 1, 1 if birth.day is None else birth.day)
    except ValueError:
        return False
    return True
