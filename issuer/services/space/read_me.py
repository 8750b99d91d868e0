"""What lies beside a holder's files and says in both languages what they are."""

from collections.abc import Sequence
from typing import Final

from issuer.domain.institution import Institution
from issuer.ports import OwnAward

READ_ME: Final = "LISEZ-MOI.txt"

_FRENCH: Final = """\
VOS ATTESTATIONS NUMÉRIQUES

{institution}

Ce dossier contient, pour chaque attestation en vigueur :
{lines}
Pour chacune, selon ce qui existe :
  .pdf       le document à montrer ou à imprimer
  .png .svg  l’image, qui contient l’attestation signée
  .json      l’attestation signée elle-même : c’est l’original
  .jwt       la même, sous la forme que demandent certains portefeuilles numériques
  .clr.json  le titre et ses blocs réunis en un relevé

Tout fichier se vérifie, par vous ou par un employeur, à cette adresse :
  {verify}

Gardez ce dossier en deux endroits. S’il se perd, rien n’est perdu : vous le téléchargez de nouveau dans votre
espace, {space}
Une adresse a changé, une mention est à corriger : {contact}
"""

_ENGLISH: Final = """\
YOUR DIGITAL CERTIFICATES

{institution}

This folder holds, for each certificate in force:
{lines}
For each of them, as far as it exists:
  .pdf       the document to show or to print
  .png .svg  the picture, which holds the signed certificate
  .json      the signed certificate itself: the one that counts
  .jwt       the same in the form that some digital wallets ask for
  .clr.json  the title and its blocks gathered in one record

Every file can be checked, by you or by an employer, at this address:
  {verify}

Keep this folder in two places. If it is lost, nothing is: you download it again in your space,
{space}
An address has changed, a mention needs correcting: {contact}
"""

_RULE: Final = "\n" + "-" * 72 + "\n\n"


def read_me(institution: Institution, base_url: str, awards: Sequence[OwnAward]) -> str:
    """Write the text.

    Args:
        institution: Whose awards they are.
        base_url: The service's address without trailing slash.
        awards: Those in the folder, in order.
    """
    lines = "".join(f"  {own.award.component}_{own.award.number}\n      {own.name}\n" for own in awards)
    values = {
        "institution": institution.name,
        "lines": lines,
        "verify": f"{base_url}/verify",
        "space": f"{base_url}/moi",
        "contact": " ".join(institution.contact.split()),
    }
    narrow = _FRENCH.format(**values).replace(" :", "\u202f:")
    return narrow + _RULE + _ENGLISH.format(**values)
