"""Unsigned Open Badges that other software will sign: a title or a block, with texts that are hard to carry."""

from collections.abc import Sequence
from itertools import product

from credentials.json_input import JsonObject
from tests.support.credentials import make_block_credential, make_credential

TEXTS = (
    "Zoé Lefèvre-Dûçœur",
    'Dite « l’Étoile » \\ "guillemets" & <balises>',
    "Nguyễn Thị Minh Khai",
    "e\u0301 décomposé, É composé",
    "👩🏽\u200d🎓 diplômée 🇫🇷",
    "ligne 1\nligne 2\ttabulation\r\n",
)
"""Accents, quotes, both normal forms of Unicode, characters beyond the basic plane, white space."""


SIGNED_AT = "2024-11-24T09:30:00Z"
"""The instant of issue: in the past of every clock that runs these tests."""


def foreign_documents() -> Sequence[JsonObject]:
    """Give a title and a block for each text; without status, as their issuers publish no list to us."""
    documents: list[JsonObject] = []
    for number, (make, text) in enumerate(product((make_credential, make_block_credential), TEXTS)):
        document = make(token=f"{number:022d}")
        del document["credentialStatus"]
        document["validFrom"] = SIGNED_AT
        document["awardedDate"] = "2024-07-03T14:00:00+02:00"
        document["name"] = text
        subject = document["credentialSubject"]
        assert isinstance(subject, dict)
        identifiers = subject["identifier"]
        assert isinstance(identifiers, list)
        identifier = identifiers[0]
        assert isinstance(identifier, dict)
        identifier["identityHash"] = text
        achievement = subject["achievement"]
        assert isinstance(achievement, dict)
        achievement["criteria"] = {"narrative": f"# {text}\n\n- {text}"}
        documents.append(document)
    return documents
