"""The pictures of an award, drawn on demand: QR codes and badges; pure functions of their arguments."""

from issuer.adapters.pictures.badge import Badge, BadgeKind, BadgeLanguage, undrawable
from issuer.adapters.pictures.badge_drawing import badge_png, badge_svg
from issuer.adapters.pictures.errors import PictureError
from issuer.adapters.pictures.qr import qr_png, qr_svg

__all__ = [
    "Badge",
    "BadgeKind",
    "BadgeLanguage",
    "PictureError",
    "badge_png",
    "badge_svg",
    "qr_png",
    "qr_svg",
    "undrawable",
]
