"""What a page weighs with everything that a browser loads for it, uncompressed."""

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from typing_extensions import override

_LOADED_LINKS = {"icon", "preload", "stylesheet"}


class _Loads(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in _LOADED_LINKS:
            self.addresses.add(given["href"] or "")
        if tag in {"img", "script"} and given.get("src"):
            self.addresses.add(given["src"] or "")


def loaded_weights(client: FlaskClient, address: str) -> Mapping[str, int]:
    """Load a page and all that it loads.

    Args:
        client: A client of the pages.
        address: The page's path.

    Returns:
        Bytes by path, the page's own first.
    """
    page = client.get(address)
    weights = {urlsplit(address).path: len(page.data)}
    for loaded in sorted(_Loads(page.text).addresses):
        with client.get(loaded) as answer:
            assert answer.status_code < 400, loaded
            weights[urlsplit(loaded).path] = len(answer.data)
    return weights
