"""Time each picture of an award: drawn on demand, so that neither may make a reader wait.

Run: ``.venv/bin/python -m benchmarks.pictures``
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from issuer.adapters.pictures import (
    Badge,
    BadgeKind,
    badge_png,
    badge_svg,
    card_png,
    linkedin_png,
    qr_png,
    qr_svg,
    signature_png,
)

ROUNDS = 15
LINK = "https://diplomes.institut.example/v/4pJw0sQzR7mXn2bV8cLkYA"
BADGE = Badge(
    institution="Institut national de démonstration",
    certification_title="Manager d'organismes à vocation sociale et culturelle en économie sociale",
    code="RNCP35080",
    kind=BadgeKind.TITLE,
    block_count=4,
    link=LINK,
    host="diplomes.institut.example",
    accent="#1f3a5f",
    demonstration=True,
    label="Certification complète RNCP35080",
    description="Le code QR mène à la page de vérification.",
)


def milliseconds(draw: Callable[[], bytes]) -> float:
    draw()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        draw()
        times.append(perf_counter() - start)
    return 1000 * median(times)


def main() -> None:
    draws: dict[str, Callable[[], bytes]] = {
        "qr.png": lambda: qr_png(LINK),
        "qr.svg": lambda: qr_svg(LINK),
        "badge.svg": lambda: badge_svg(BADGE),
        "badge.png": lambda: badge_png(BADGE),
        "badge-linkedin.png": lambda: linkedin_png(BADGE),
        "badge-signature.png": lambda: signature_png(BADGE),
        "card.png": lambda: card_png(BADGE),
    }
    for name, draw in draws.items():
        print(f"{name:<20} {milliseconds(draw):7.1f} ms {len(draw()) / 1000:8.1f} kB")


if __name__ == "__main__":
    main()
