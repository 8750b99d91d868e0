"""One-time codes that change every half minute (the ``OneTimeCodes`` port)."""

import hmac
import io
from base64 import b32encode
from datetime import datetime
from typing import Final

import pyotp
import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

STEP_SECONDS: Final = 30
DIGITS: Final = 6
_NEIGHBOURS: Final = (0, -1, 1)
"""A clock may be half a minute off, either way (RFC 6238, section 5.2)."""


class Totp:
    """Codes of six digits over SHA-1, which is what authenticators read.

    Spec: RFC 6238; RFC 4226, section 5.
    """

    def secret_text(self, secret: bytes) -> str:
        """Write a secret as people type it: base32, in groups of four."""
        text = _base32(secret)
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))

    def picture(self, secret: bytes, account: str, issuer: str) -> bytes:
        """Draw what an authenticator reads, as SVG."""
        address = pyotp.TOTP(_base32(secret)).provisioning_uri(name=account, issuer_name=issuer)
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, image_factory=SvgPathImage)
        code.add_data(address)
        drawn = io.BytesIO()
        code.make_image().save(drawn)
        return drawn.getvalue()

    def step_of(self, secret: bytes, code: str, at: datetime) -> int | None:
        """Give the step of which a code is: the one at an instant or a neighbour; None where of none."""
        typed = "".join(code.split())
        if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
            return None
        codes, now = pyotp.TOTP(_base32(secret)), int(at.timestamp()) // STEP_SECONDS
        # All are compared, so that the time tells nothing of which one it was.
        steps = [now + offset for offset in _NEIGHBOURS]
        fits = [step for step in steps if hmac.compare_digest(codes.generate_otp(step), typed)]
        return fits[0] if fits else None


def _base32(secret: bytes) -> str:
    return b32encode(secret).decode().rstrip("=")
