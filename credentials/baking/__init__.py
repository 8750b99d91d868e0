"""Baking: a picture that holds the credential it shows (Open Badges 3.0, Document Formats).

The functions are pure, bytes in and bytes out; what they read is treated as hostile.
"""

from credentials.baking.contents import Baked
from credentials.baking.errors import BakingCode, BakingError

__all__ = ["Baked", "BakingCode", "BakingError"]
