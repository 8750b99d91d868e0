"""Step 8, document and exports: what may be printed or sent, apart from what has been earned."""

from collections.abc import Sequence

from issuer.domain.certification import Certification
from issuer.domain.codes import refusal_codes
from issuer.domain.eligibility.findings import Finding, Scope, Wording
from issuer.domain.records import Candidate


def document_refusals(certification: Certification) -> Sequence[Finding]:
    """Tell why no final parchment can be printed under a fiche.

    Args:
        certification: The fiche.

    Returns:
        The refusals of the document; none of them touches a right.

    Spec: France compétences, FAQ « parchemin »; jury-cases.md, rule 10.
    """
    if certification.registration.decision_date is not None:
        return ()
    wording = Wording.of(certification)
    return (wording.finding(refusal_codes.FICHE_MENTION_MISSING, Scope.DOCUMENT),)


def cpf_refusals(candidate: Candidate, wording: Wording) -> Sequence[Finding]:
    """Tell what the SI CPF export lacks for the holder of a title.

    Args:
        candidate: The person.
        wording: Makes findings.

    Returns:
        One refusal per missing value.

    Spec: cpf.xsd (anneeNaissance, prenom1); jury-cases.md, step 8.
    """
    lacking = {
        "anneeNaissance": candidate.birth_date is None,
        "nomNaissance": not candidate.birth_name,
        "prenom1": not candidate.given_names,
    }
    return [
        wording.finding(refusal_codes.CPF_FIELD_MISSING, Scope.CPF_EXPORT, value=name)
        for name, missing in lacking.items()
        if missing
    ]
