"""The parchment: an award as a PDF to print, frame and check, set with Typst (``docs/parchment.md``)."""

from issuer.adapters.parchment.press import TypstPress

__all__ = ["TypstPress"]
