"""The register's extract as a page to print."""

from html import escape
from typing import Final

from credentials.messages import long_date
from credentials.report import Sentence
from issuer.adapters.legal_papers.sheet import both, framed
from issuer.domain.award import AwardKind, AwardState
from issuer.ports.legal_papers import Extract

_STATES: Final = {
    AwardState.VALID: ("en vigueur", "in force"),
    AwardState.SUSPENDED: ("suspendue", "suspended"),
    AwardState.REVOKED: ("retirée", "withdrawn"),
    AwardState.REPLACED: ("remplacée par un document plus récent", "replaced by a later document"),
}


def extract_page(said: Extract) -> bytes:
    """Give an extract as an HTML page.

    Args:
        said: What the register says.
    """
    award = said.award
    block = award.kind is AwardKind.BLOCK
    decided, delivered = long_date(award.decided_on), long_date(said.delivered_on)
    facts = [
        ("Numéro", "Number", award.number, award.number),
        ("Titulaire", "Holder", award.holder, award.holder),
        (
            "Bloc de compétences" if block else "Certification",
            "Block of competences" if block else "Certification",
            f"{said.title} ({award.component})",
            "",
        ),
        ("Certification", "Certification", f"{said.certification.title} ({award.certification})", ""),
        ("Décision du jury", "Decision of the jury", decided.fr, decided.en),
        ("Session", "Session", award.session, ""),
        ("Délivrance", "Delivery", delivered.fr, delivered.en),
        ("État", "State", *_STATES[award.state]),
        ("Duplicata", "Duplicates", ", ".join(said.duplicates) or "aucun", "" if said.duplicates else "none"),
    ]
    if not block:
        del facts[3]
    lines = "".join(_fact(*fact) for fact in facts)
    story = "".join(_state(each.state, long_date(each.on), each.reason) for each in said.states)
    made = long_date(said.made_at.date())
    body = (
        f"<h1>{both('Extrait du registre', 'Extract of the register')}</h1>"
        f"<p>{escape(said.institution)}</p><dl>{lines}</dl>"
        f"<h2>{both('États successifs', 'States, one after the other')}</h2>"
        f"<table><tbody>{_state(AwardState.VALID, delivered, None)}{story}</tbody></table>"
        f"<p>Extrait établi le {escape(made.fr)}. Il dit l’état du registre ce jour-là et ne vaut pas le "
        f'document délivré. <span class="en" lang="en">Made on {escape(made.en)}; it says what the register '
        "held on that day, and does not stand for the document.</span></p>"
        f"<p>{escape(said.contact)}</p>"
    )
    return framed(f"Extrait du registre, {award.number}", body)


def _fact(french: str, english: str, value: str, translated: str) -> str:
    further = (
        "" if translated in {"", value} else f' <span class="en" lang="en">/ {escape(translated)}</span>'
    )
    label = escape(french) if french == english else both(french, english)
    return f"<dt>{label}</dt><dd>{escape(value)}{further}</dd>"


def _state(state: AwardState, day: Sentence, reason: tuple[str, str] | None) -> str:
    french, english = _STATES[state]
    why = "" if reason is None else f" ({both(*reason)})"
    return f'<tr><th scope="row">{both(day.fr, day.en)}</th><td>{both(french, english)}{why}</td></tr>'
