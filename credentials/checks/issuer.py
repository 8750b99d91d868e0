"""``issuer``: known to the trust register, whose name is the one shown."""

from collections.abc import Mapping

from credentials.messages import answer
from credentials.report import Check, IssuerIdentity


def check(issuer: str, trust: Mapping[str, IssuerIdentity], *, proven: bool) -> Check:
    """Say whether we know who issued the document.

    Args:
        issuer: The identifier that the document gives.
        trust: The register.
        proven: Whether proof and key have shown that this issuer signed; without it a known name is
            only what the document says.
    """
    known = trust.get(issuer)
    if known is None:
        return answer("issuer.unknown", where="/issuer")
    return answer("issuer.known" if proven else "issuer.not_established", params={"name": known.name})
