"""What a printed receipt says, in French and in English: all of it from the receipt itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from credentials.messages import long_date
from credentials.report import CheckId, Outcome, Sentence
from credentials.structure.values import instant_of
from credentials.summary import Kind
from issuer.domain.receipt import CheckLine, Finding, ListVersion, Receipt, SubjectKind

_PARIS: Final = ZoneInfo("Europe/Paris")
_NARROW: Final = "\u202f"
_MOST_LETTERS: Final = 300
"""Of one line: a stranger's document may call itself what it likes; all of it is in the attached receipt."""

_CHECKS: Final = {
    CheckId.PARSE: Sentence("Lecture", "Reading"),
    CheckId.STRUCTURE: Sentence("Format", "Form"),
    CheckId.CONTEXTS: Sentence("Vocabulaire", "Vocabulary"),
    CheckId.PROOF: Sentence("Signature", "Signature"),
    CheckId.KEY: Sentence("Clé", "Key"),
    CheckId.ISSUER: Sentence("Émetteur", "Issuer"),
    CheckId.PERIOD: Sentence("Période", "Period"),
    CheckId.STATUS: Sentence("État", "Status"),
    CheckId.RELATED: Sentence("Documents cités", "Documents named"),
    CheckId.HOLDER: Sentence("Titulaire", "Holder"),
}
_OUTCOMES: Final = {
    Outcome.PASS: Sentence("réussi", "passed"),
    Outcome.FAIL: Sentence("échec", "failed"),
    Outcome.UNKNOWN: Sentence("non vérifié", "not checked"),
    Outcome.NOT_APPLICABLE: Sentence("sans objet", "not applicable"),
}
_SUBJECTS: Final = {
    SubjectKind.LINK: Sentence(
        "un document de ce service, par son lien de vérification",
        "a document of this service, by its verification link",
    ),
    SubjectKind.SHARE: Sentence(
        "un document montré par son titulaire, par un lien de partage",
        "a document shown by its holder, by a share link",
    ),
    SubjectKind.FILE: Sentence("un fichier remis à ce service", "a file handed in to this service"),
}
_TITLE: Final = Sentence("Reçu de vérification", "Receipt of a check")
_INTRODUCTION: Final = Sentence(
    "Le {at}, le service {host} a constaté\u202f:", "On {at}, the service {host} found:"
)
_THEN: Final = Sentence(
    "Ce reçu dit ce qui a été constaté à cet instant. L’état peut avoir changé depuis\u202f: vérifiez de "
    "nouveau.",
    "This receipt says what was found at that time. The status may have changed since: check again.",
)
_CLAIMED: Final = Sentence("Ce que dit le fichier, sans garantie", "What the file says, without guarantee")
_DOCUMENT: Final = Sentence("Le document", "The document")
_UNPRINTABLE: Final = Sentence(
    "Ces mentions ont des caractères qui ne s’impriment pas ici\u202f: elles sont dans le reçu joint à ce "
    "PDF.",
    "These entries have characters that cannot be printed here: they are in the receipt attached to this "
    "PDF.",
)
_IDENTITY: Final = Sentence(
    "Assurez-vous que la personne qui présente ce document est bien celle qu’il nomme.",
    "Make sure that the person who presents the document is the one that it names.",
)
_AGAIN: Final = Sentence("Contrôler ce reçu", "Checking this receipt")
_SEALED: Final = Sentence(
    "Ce PDF porte en pièce jointe le reçu scellé : fiez-vous à lui. Déposez-le à l’adresse "
    "{address}\u202f: le service dit si le reçu est de lui et tel qu’il l’a fait, et ce qu’il dit.",
    "The sealed receipt, which alone counts, is attached to this PDF. Hand it in at {address}: the service "
    "says whether the receipt is its own and as it was made, and what it says.",
)
_PRESENT: Final = {
    SubjectKind.LINK: Sentence(
        "Pour l’état présent du document, ouvrez son lien\u202f: {link}",
        "For the present state of the document, open its link: {link}",
    ),
    SubjectKind.SHARE: Sentence(
        "Pour l’état présent du document, ouvrez de nouveau le lien que le titulaire vous a donné. Ce reçu "
        "ne contient ni ce lien, ni l’attestation.",
        "For the present state of the document, open again the link that its holder gave you. This receipt "
        "holds neither that link nor the certificate.",
    ),
    SubjectKind.FILE: Sentence(
        "Pour l’état présent du document, remettez le fichier lui-même à la même adresse. Il n’a pas été "
        "conservé\u202f; son empreinte permet de le reconnaître.",
        "For the present state of the document, hand in the file itself at the same address. It was not "
        "kept; its digest lets it be recognised.",
    ),
}
_NO_LIST: Final = Sentence("aucune liste n’a été consultée", "no list was consulted")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a label, and what stands beside it: ``fixed`` for a code, ``french`` for a name."""

    label: str
    value: str
    fixed: bool = False
    french: bool = False


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check in words, with its code and the date of what it rests on, or nothing."""

    name: str
    outcome: str
    word: str
    code: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All that the page of one language says."""

    language: str
    title: str
    introduction: str
    headline: str
    detail: str
    then: str
    document_heading: str
    document: Sequence[Row]
    note: str
    identity: str
    check_heading: str
    checks_heading: str
    columns: Sequence[str]
    checks: Sequence[CheckRow]
    facts_heading: str
    facts: Sequence[Row]
    again_heading: str
    again: Sequence[str]
    page: str
    attached: str

    def with_unprintable(self) -> "Texts":
        """Give the same page for a document whose names cannot be printed."""
        return replace(self, note=_of(self.language, _UNPRINTABLE))


def worded(receipt: Receipt) -> list[Texts]:
    """Word a receipt, in French and then in English.

    Args:
        receipt: What it says.
    """
    return [_texts(receipt, "fr"), _texts(receipt, "en")]


def instant_in(language: str, instant: datetime) -> str:
    """Write an instant in full, in Paris and saying so.

    Args:
        language: ``fr`` or ``en``.
        instant: Aware.
    """
    try:
        here, place = instant.astimezone(_PARIS), Sentence("heure de Paris", "Paris time")
    except OverflowError:  # the last hour of the year 9999
        here, place = instant.astimezone(UTC), Sentence("temps universel", "UTC")
    day = long_date(here.date())
    return _of(
        language,
        Sentence(
            f"{day.fr} à {here.hour} h {here:%M} ({place.fr})", f"{day.en} at {here:%H:%M} ({place.en})"
        ),
    )


def _texts(receipt: Receipt, language: str) -> Texts:
    def say(french: str, english: str) -> str:
        return _of(language, Sentence(french, english))

    finding = receipt.finding or Finding("hitch", Sentence("", ""), None, vouched=False)
    host = urlsplit(receipt.service).netloc
    checked = receipt.checked_at or receipt.issued_at or datetime(1970, 1, 1, tzinfo=UTC)
    document = list(_document(receipt, say, language)) if receipt.document else []
    return Texts(
        language=language,
        title=_of(language, _TITLE),
        introduction=_of(language, _INTRODUCTION).format(at=instant_in(language, checked), host=host),
        headline=_of(language, finding.headline),
        detail=_of(language, finding.detail) if finding.detail else "",
        then=_of(language, _THEN),
        document_heading=_of(language, _DOCUMENT if finding.vouched else _CLAIMED) if document else "",
        document=document,
        note="",
        identity=_of(language, _IDENTITY) if receipt.holder else "",
        check_heading=say("La vérification", "The check"),
        checks_heading=say("Les dix contrôles, dans leur ordre", "The ten checks, in their order"),
        columns=[
            say("Contrôle", "Check"),
            say("Résultat", "Result"),
            say("Code", "Code"),
            say("Donnée du", "Data of"),
        ],
        checks=[_check(line, language) for line in receipt.checks],
        facts_heading=say("Sur quoi repose ce constat", "What this finding rests on"),
        facts=list(_facts(receipt, say, language)),
        again_heading=_of(language, _AGAIN),
        again=[
            _of(language, _SEALED).format(address=f"{receipt.service}/verify"),
            *([_present(receipt, language)] if receipt.kind else []),
        ],
        page=say("page", "page"),
        attached=say(
            "Le reçu scellé, tel que le service l’a fait", "The sealed receipt as the service made it"
        ),
    )


Say = Callable[[str, str], str]


def _document(receipt: Receipt, say: Say, language: str) -> Iterator[Row]:
    if receipt.holder:
        yield Row(say("Titulaire", "Holder"), _cut(", ".join(receipt.holder)), french=True)
    if receipt.said("name"):
        yield Row(say("Intitulé", "Title"), _cut(receipt.said("name")), french=True)
    if receipt.said("code"):
        yield Row(say("Code", "Code"), _cut(receipt.said("code")), fixed=True)
    if receipt.said("kind") == Kind.BLOCK.value:
        yield Row(
            say("Nature", "Kind"),
            say(
                "bloc de compétences\u202f: une partie de la certification, qui n’équivaut pas à la "
                "certification complète",
                "competence block: a part of the certification, not equivalent to the whole",
            ),
        )
    awarded = instant_of(receipt.said("awarded"))
    if awarded:
        yield Row(say("Décision du", "Decided on"), instant_day(language, awarded))
    if receipt.said("number"):
        yield Row(say("Numéro", "Number"), _cut(receipt.said("number")), fixed=True)
    unknown = say(
        "non reconnu ou non établi par ce service", "not known to, or not established by, this service"
    )
    yield Row(
        say("Établissement", "Institution"), receipt.institution or unknown, french=bool(receipt.institution)
    )


def instant_day(language: str, instant: datetime) -> str:
    """Write the day of an instant, in Paris.

    Args:
        language: ``fr`` or ``en``.
        instant: Aware.
    """
    try:
        day = instant.astimezone(_PARIS).date()
    except OverflowError:
        day = instant.astimezone(UTC).date()
    return _of(language, long_date(day))


def _facts(receipt: Receipt, say: Say, language: str) -> Iterator[Row]:
    if receipt.kind:
        yield Row(say("Vérifié", "Checked"), _of(language, _SUBJECTS[receipt.kind]))
    if receipt.sha256:
        yield Row(
            say("Empreinte du fichier (SHA-256)", "Digest of the file (SHA-256)"), receipt.sha256, fixed=True
        )
    label = say("Liste d’états", "Status list")
    if not receipt.lists:
        yield Row(label, _of(language, _NO_LIST))
    for each in receipt.lists:
        yield from _list(each, label, say, language)
    yield Row(say("Service", "Service"), receipt.service, fixed=True)
    yield Row(say("Identifiant", "Identifier"), receipt.issuer, fixed=True)
    if receipt.issued_at:
        yield Row(say("Reçu établi le", "Receipt made on"), instant_in(language, receipt.issued_at))


def _list(each: ListVersion, label: str, say: Say, language: str) -> Iterator[Row]:
    at = instant_in(language, each.as_of)
    yield Row(label, say(f"version du {at}", f"version of {at}"))
    if each.url:
        yield Row("", _cut(each.url), fixed=True)
    if each.sha256:
        yield Row(
            say("Empreinte de la liste (SHA-256)", "Digest of the list (SHA-256)"), each.sha256, fixed=True
        )


def _check(line: CheckLine, language: str) -> CheckRow:
    return CheckRow(
        name=_of(language, _CHECKS[CheckId(line.id)]),
        outcome=line.outcome,
        word=_of(language, _OUTCOMES[Outcome(line.outcome)]),
        code=line.code,
        as_of=instant_in(language, line.as_of) if line.as_of else "",
    )


def _present(receipt: Receipt, language: str) -> str:
    assert receipt.kind is not None
    return _of(language, _PRESENT[receipt.kind]).format(link=_cut(receipt.said("id")))


def _of(language: str, sentence: Sentence) -> str:
    return sentence.fr if language == "fr" else sentence.en


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MOST_LETTERS else f"{plain[:_MOST_LETTERS]}…"
