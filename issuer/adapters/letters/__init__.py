"""Letters on paper, set with Typst."""

from issuer.adapters.letters.press import TypstLetterPress

__all__ = ["TypstLetterPress"]
