"""A certification of any number of blocks, as the pictures see it."""

from issuer.adapters.pictures import BadgeKind, Subject

ACCENT = "#7a1f2b"


def title(count: int = 4, *, demonstration: bool = False) -> Subject:
    """Give the certification."""
    return Subject(
        institution="Institut national de démonstration",
        certification_title="Manager d'organismes à vocation sociale et culturelle en économie sociale et solidaire",
        code="RNCP35080",
        kind=BadgeKind.TITLE,
        block_count=count,
        accent=ACCENT,
        demonstration=demonstration,
        label="Certification RNCP35080",
        description="Un sceau complet.",
    )


def block(number: int, count: int = 4, *, demonstration: bool = False) -> Subject:
    """Give one of its blocks."""
    return Subject(
        institution="Institut national de démonstration",
        certification_title="Manager d'organismes à vocation sociale et culturelle en économie sociale et solidaire",
        code=f"RNCP35080BC{number:02}",
        kind=BadgeKind.BLOCK,
        block_count=count,
        block_number=number,
        block_title="Gestion administrative, comptable et financière d’un organisme",
        accent=ACCENT,
        demonstration=demonstration,
        label=f"Bloc {number}",
        description="Un sceau dont une partie est en couleur.",
    )
