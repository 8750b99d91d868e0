"""The smaller parts of the data model of Open Badges 3.0, as shapes: those that nobody endorses.

Spec: Open Badges 3.0, appendix B (Data Models).
"""

from collections.abc import Mapping
from typing import Final

from credentials.structure import vocabulary
from credentials.structure.shapes import Kind, Member, Shape

TEXT: Final = Member(Kind.TEXT)
NEEDED_TEXT: Final = Member(Kind.TEXT, required=True)
URL: Final = Member(Kind.URL)
NEEDED_URL: Final = Member(Kind.URL, required=True)
LANGUAGE: Final = Member(Kind.LANGUAGE_CODE)
ALIGNMENTS: Final = Member("Alignment", many=True)

PARTS: Final[Mapping[str, Shape]] = {
    "Criteria": Shape(frozenset(), {"id": URL, "narrative": TEXT}, any_of=("id", "narrative")),
    "Image": Shape(frozenset({"Image"}), {"id": NEEDED_URL, "caption": TEXT}, scalar_type=True, closed=True),
    "Alignment": Shape(
        frozenset({"Alignment"}),
        {
            "targetName": NEEDED_TEXT,
            "targetUrl": NEEDED_URL,
            "targetCode": TEXT,
            "targetDescription": TEXT,
            "targetFramework": TEXT,
            "targetType": Member(vocabulary.TARGET_TYPES),
        },
    ),
    "IdentityObject": Shape(
        frozenset({"IdentityObject"}),
        {
            "hashed": Member(Kind.BOOLEAN, required=True),
            "identityHash": NEEDED_TEXT,
            "identityType": Member(vocabulary.IDENTIFIER_TYPES, required=True),
            "salt": TEXT,
        },
        scalar_type=True,
        closed=True,
    ),
    "IdentifierEntry": Shape(
        frozenset({"IdentifierEntry"}),
        {
            "identifier": NEEDED_TEXT,
            "identifierType": Member(vocabulary.IDENTIFIER_TYPES, required=True),
        },
        scalar_type=True,
        closed=True,
    ),
    "Evidence": Shape(
        frozenset({"Evidence"}),
        {
            "id": URL,
            **dict.fromkeys(("narrative", "name", "description", "genre", "audience"), TEXT),
        },
    ),
    "Address": Shape(
        frozenset({"Address"}),
        {
            **dict.fromkeys(("addressCountry", "addressCountryCode", "addressRegion"), TEXT),
            **dict.fromkeys(("addressLocality", "streetAddress"), TEXT),
            **dict.fromkeys(("postOfficeBoxNumber", "postalCode"), TEXT),
            "geo": Member("GeoCoordinates"),
        },
    ),
    "GeoCoordinates": Shape(
        frozenset({"GeoCoordinates"}),
        {
            "latitude": Member(Kind.NUMBER, required=True),
            "longitude": Member(Kind.NUMBER, required=True),
        },
        scalar_type=True,
    ),
    "Related": Shape(frozenset({"Related"}), {"id": NEEDED_URL, "inLanguage": LANGUAGE, "version": TEXT}),
    "Result": Shape(
        frozenset({"Result"}),
        {
            "achievedLevel": URL,
            "alignment": ALIGNMENTS,
            "resultDescription": URL,
            "status": Member(vocabulary.RESULT_STATUSES),
            "value": TEXT,
        },
    ),
    "ResultDescription": Shape(
        frozenset({"ResultDescription"}),
        {
            "id": NEEDED_URL,
            "name": NEEDED_TEXT,
            "resultType": Member(vocabulary.RESULT_TYPES, required=True),
            "alignment": ALIGNMENTS,
            "allowedValue": Member(Kind.TEXT, many=True),
            "requiredLevel": URL,
            "requiredValue": TEXT,
            "rubricCriterionLevel": Member("RubricCriterionLevel", many=True),
            "valueMax": TEXT,
            "valueMin": TEXT,
        },
    ),
    "RubricCriterionLevel": Shape(
        frozenset({"RubricCriterionLevel"}),
        {
            "id": NEEDED_URL,
            "name": NEEDED_TEXT,
            "alignment": ALIGNMENTS,
            **dict.fromkeys(("description", "level", "points"), TEXT),
        },
    ),
}
