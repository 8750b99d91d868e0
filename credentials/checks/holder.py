"""``holder``: what no page can know, said each time."""

from credentials.messages import answer
from credentials.report import Check


def check() -> Check:
    """Say that comparing the name is for the reader."""
    return answer("holder.compare")
