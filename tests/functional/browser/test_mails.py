"""Mails as a mail program draws them: narrow and wide, light and dark, nothing cut and nothing fetched."""

import pytest
from playwright.sync_api import Browser

from issuer.ports import NoticeKind
from tests.unit.issuer.adapters.mail.letters import letter, mail

CONTRAST = """
element => {
  const part = text => text.match(/[0-9.]+/g).slice(0, 3).map(Number).map(value => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const light = text => { const [r, g, b] = part(text); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = node => {
    const colour = getComputedStyle(node).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)' && node.parentElement ? ground(node.parentElement) : colour;
  };
  const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 700])
def test_a_mail_is_readable_narrow_and_wide_in_both_lights(
    chromium: Browser, scheme: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 600}, color_scheme=scheme)  # type: ignore[arg-type]
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    try:
        for kind in NoticeKind:
            page.set_content(mail(kind).html)

            assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
            pale = page.evaluate(f"[...document.querySelectorAll('p, li, strong, a')].map({CONTRAST})")
            assert min(pale) >= 4.5, kind
            boxes = page.evaluate(
                "[...document.querySelectorAll('a')].map(a => a.getBoundingClientRect()).map(b => [b.height, b.right])"
            )
            assert len(boxes) == (0 if letter(kind).link is None else 1), kind
            for height, right in boxes:
                assert height >= 44, "a finger's breadth"
                assert right <= width
    finally:
        page.close()
    assert fetched == []
