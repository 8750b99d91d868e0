"""The pictures of an award, drawn on demand: QR codes, badges, cards; pure functions of their arguments."""

from issuer.adapters.pictures.badge import Badge, BadgeKind, BadgeLanguage, Subject, undrawable
from issuer.adapters.pictures.badge_drawing import badge_png, badge_svg
from issuer.adapters.pictures.card import card_png, card_svg, house_card_png
from issuer.adapters.pictures.emblem import emblem_svg, linkedin_png, linkedin_svg, signature_png
from issuer.adapters.pictures.errors import PictureError
from issuer.adapters.pictures.qr import qr_png, qr_svg

__all__ = [
    "Badge",
    "BadgeKind",
    "BadgeLanguage",
    "PictureError",
    "Subject",
    "badge_png",
    "badge_svg",
    "card_png",
    "card_svg",
    "emblem_svg",
    "house_card_png",
    "linkedin_png",
    "linkedin_svg",
    "qr_png",
    "qr_svg",
    "signature_png",
    "undrawable",
]
