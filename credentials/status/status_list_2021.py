"""Status List 2021: the older form of a status list, read and never written.

Its bits are those of a Bitstring Status List; its ``encodedList`` is base64 or base64url of GZIP, without the
multibase ``u``. Drafts and software of its time differ on the alphabet and on padding: all are read.

Its context contradicts that of VCDM 2.0 (it defines ``name`` again), so such a list follows VCDM 1.1: the one
kind of document of that data model that is read here, in a form of its own.

Spec: Verifiable Credentials Status List v2021, W3C Working Draft of 27 April 2023, section 3.2.
"""

import re
from base64 import b64decode
from typing import Final

from credentials.json_input import JsonObject
from credentials.multibase import MAX_BASE64
from credentials.status.bitstring import StatusListCode, StatusListError, expand
from credentials.structure import Examination
from credentials.structure.hygiene import examine_values
from credentials.structure.shapes import Kind, Member, Shape, Shapes

_ALPHABETS: Final = re.compile(r"([A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}", re.ASCII)
_GROUP: Final = 4
_TO_BASE64: Final = str.maketrans("-_", "+/")

_SHAPES: Final = Shapes(
    {
        "credential": Shape(
            frozenset({"VerifiableCredential"}),
            {
                "id": Member(Kind.URL, required=True),
                "issuanceDate": Member(Kind.INSTANT, required=True),
                "expirationDate": Member(Kind.INSTANT),
                "validFrom": Member(Kind.INSTANT),
                "validUntil": Member(Kind.INSTANT),
                "credentialSubject": Member("list", required=True, either=True),
            },
        ),
        "list": Shape(
            frozenset({"StatusList2021"}),
            {
                "statusPurpose": Member(Kind.TEXT, required=True, either=True),
                "encodedList": Member(Kind.TEXT, required=True),
            },
            scalar_type=True,
        ),
    }
)


def examine_list(document: JsonObject, found: Examination) -> None:
    """Compare a document with the form of a Status List 2021 of VCDM 1.1.

    Args:
        document: The parsed document; its issuer, contexts and proof are for others to examine.
        found: Where faults and leniencies are noted.

    Spec: VCDM 1.1, sections 4.2, 4.3, 4.6 (issuanceDate) and 4.8; Status List 2021, section 3.2.
    """
    examine_values(document, found)
    _SHAPES.examine(document, "credential", "", found)


def decode(encoded_list: str) -> bytes:
    """Expand the ``encodedList`` of a Status List 2021.

    Args:
        encoded_list: The member's value.

    Returns:
        The uncompressed bytes; their number is not judged here.

    Raises:
        StatusListError: Neither base64 nor base64url, not one whole GZIP member, or too large.
    """
    if len(encoded_list) > MAX_BASE64 or not _ALPHABETS.fullmatch(encoded_list):
        raise StatusListError(StatusListCode.MALFORMED, "encodedList is neither base64 nor base64url")
    body = encoded_list.rstrip("=").translate(_TO_BASE64)
    if len(body) % _GROUP == 1 or ("=" in encoded_list and len(encoded_list) % _GROUP):
        raise StatusListError(StatusListCode.MALFORMED, "encodedList has a length that no encoder writes")
    return expand(b64decode(body + "=" * (-len(body) % _GROUP)))
