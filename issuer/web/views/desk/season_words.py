"""How the pages of a season name states, kinds and reasons, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from issuer.domain.award import AwardState
from issuer.domain.eligibility import TitleState
from issuer.ports import NoticeState
from issuer.ports.orders import OrderState
from issuer.ports.printing import Lack
from issuer.services.season.plan_view import Group
from issuer.services.season.proposals import Turn
from issuer.services.season.specimens import Oddity
from issuer.web.access import season_desk
from issuer.web.desk_words import word
from issuer.web.language import gettext, long_date, long_instant, mark

_E = TypeVar("_E", bound=StrEnum)

_KINDS: Final = {
    "candidates": mark("candidats"),
    "sessions": mark("jurys"),
    "results": mark("résultats"),
    "annulments": mark("annulations"),
    "earlier": mark("délivrances antérieures"),
}
_AWARD_STATES: Final = {
    AwardState.VALID: mark("en vigueur"),
    AwardState.SUSPENDED: mark("suspendu"),
    AwardState.REVOKED: mark("retiré"),
    AwardState.REPLACED: mark("remplacé"),
}
_NOTICE_STATES: Final = {
    NoticeState.QUEUED: mark("en attente"),
    NoticeState.SENT: mark("partis"),
    NoticeState.BOUNCED: mark("revenus ou abandonnés"),
}
_ODDITIES: Final = {
    Oddity.CHANCE: mark("tiré au hasard"),
    Oddity.WARNING: mark("avertissement"),
    Oddity.LONG_NAME: mark("nom long"),
    Oddity.OTHER_SCRIPT: mark("autre écriture"),
    Oddity.NO_ADDRESS: mark("sans adresse électronique"),
    Oddity.FORMER_NAME: mark("nom changé"),
    Oddity.HOMONYM: mark("homonyme"),
    Oddity.SHARED_ADDRESS: mark("adresse partagée"),
}
_GROUPS: Final = {
    Group.HOMONYMS: mark("Homonymes"),
    Group.SHARED_ADDRESS: mark("Même adresse électronique"),
    Group.CHANGED_NAME: mark("Nom changé depuis une liste précédente"),
    Group.KEPT_BLOCKS: mark("Blocs gardés d’une session précédente"),
    Group.LATE_BLOCKS: mark("Décision après la fin de l’enregistrement de la fiche"),
    Group.NO_ADDRESS: mark("Sans adresse électronique\u202f: remise par lettre"),
}
_TURNS: Final = {
    Turn.ADDED: mark("ajouté"),
    Turn.GONE: mark("disparu"),
    Turn.CHANGED: mark("changé"),
}
_TITLES: Final = {
    TitleState.GRANTED: mark("accordé"),
    TitleState.PENDING_TITLE_DECISION: mark("attend une décision du jury"),
    TitleState.HELD: mark("en attente d’une personne"),
    TitleState.REFUSED: mark("refusé"),
    TitleState.NOT_ELIGIBLE: mark("pas encore"),
}
_LACKS: Final = {
    Lack.REGISTRATION_DECISION: mark("la date de la décision d’enregistrement"),
    Lack.SUBJECT_CODE: mark("le code NSF"),
    Lack.PLACE: mark("le lieu de délivrance"),
    Lack.SIGNATORY: mark("le signataire"),
    Lack.SIGNATORY_QUALITY: mark("la qualité du signataire"),
}
_FIELDS: Final = {
    "birth_name": mark("nom de naissance"),
    "usage_name": mark("nom d’usage"),
    "given_names": mark("prénoms"),
    "birth_date": mark("date de naissance"),
    "route": mark("voie d’accès"),
    "entry_date": mark("date d’entrée"),
    "email": mark("adresse électronique"),
    "latin_name": mark("nom en lettres latines"),
    "reentry_date": mark("date de reprise"),
    "path_changes": mark("changements de voie"),
    "enrolled_blocks": mark("blocs inscrits"),
    "prerequisite_evidence": mark("prérequis justifié"),
    "deceased_on": mark("date de décès"),
    "not_same_as": mark("personne distincte de"),
    "certification": mark("certification"),
    "on": mark("date du jury"),
    "routes": mark("voies d’accès"),
    "internal": mark("membres internes"),
    "external": mark("membres extérieurs"),
    "represents_head": mark("représentant de l’administrateur général"),
    "president": mark("président"),
    "signed": mark("procès-verbal signé"),
    "signatory": mark("signataire"),
    "ties": mark("liens avec un candidat"),
    "place": mark("lieu"),
    "cites_memoire": mark("mémoire cité"),
}
_VALUES: Final = {
    "holder": mark("nom"),
    "decided": mark("décision"),
    "session": mark("session"),
    "blocks": mark("blocs"),
    "source": mark("fichier"),
}


def _naming(words: Mapping[_E, str]) -> Callable[[_E], str]:
    return lambda item: gettext(words[item]) if item in words else item.value


def kind_word(kind: str) -> str:
    """Name a kind of file."""
    return gettext(_KINDS[kind]) if kind in _KINDS else kind


def field_word(name: str) -> str:
    """Name a field of a candidate or a session."""
    return gettext(_FIELDS[name]) if name in _FIELDS else name


def value_word(value: object) -> str:
    """Write a value of such a field."""
    match value:
        case bool():
            return gettext("oui") if value else gettext("non")
        case date():
            return long_date(value)
        case None | "" | () | []:
            return "—"
        case str() | int():
            return str(value)
        case list() | tuple():
            return ", ".join(value_word(item) for item in value)
        case _:
            return gettext("valeur composée")


def values_word(values: Mapping[str, object]) -> str:
    """Write what differs of a planned award; the day of a decision in full."""
    parts = []
    for name, called in _VALUES.items():
        value = values.get(name)
        if value:
            shown = date.fromisoformat(str(value)) if name == "decided" else value
            parts.append(f"{gettext(called)} {value_word(shown)}")
    return ", ".join(parts) or "—"


def day_word(text: str) -> str:
    """Write a day that is kept as text in full; an instant by its day in Paris; anything else as it is."""
    try:
        return long_date(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))
    except ValueError:
        return text


def moment_word(text: str) -> str:
    """Write an instant that is kept as text in full."""
    return long_instant(datetime.fromisoformat(text))


def sentence_case(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def words() -> Mapping[str, object]:
    """Give all of them to the templates."""
    award_state = _naming(_AWARD_STATES)
    return {
        "kind_word": kind_word,
        "field_word": field_word,
        "value_word": value_word,
        "values_word": values_word,
        "order_state_word": word,
        "order_state_of": lambda state: word(OrderState(state)),
        "award_state_of": lambda state: award_state(AwardState(state)),
        "notice_states_word": _naming(_NOTICE_STATES),
        "notice_state_word": word,
        "notice_state_of": lambda state: word(NoticeState(state)),
        "notice_kind_word": word,
        "oddity_word": _naming(_ODDITIES),
        "group_word": _naming(_GROUPS),
        "turn_word": _naming(_TURNS),
        "title_word": _naming(_TITLES),
        "lack_word": _naming(_LACKS),
        "day_word": day_word,
        "moment_word": moment_word,
        "four_eyes": lambda: season_desk().office.four_eyes,
    }
