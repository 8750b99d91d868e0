"""The institution's service: from a jury's record to signed credentials and the pages that verify them."""

from typing import Final

VERSION: Final = "0.1.0"
"""The version of the software, as the trail and the published roots name it."""
