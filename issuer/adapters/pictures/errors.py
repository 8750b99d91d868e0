"""Why a picture cannot be drawn."""

from issuer.errors import RefusedError


class PictureError(RefusedError):
    """What was handed in cannot be drawn as it is; nothing was drawn.

    The codes: ``picture.link_too_long``, ``picture.link_not_an_address``, ``picture.text_not_printable``,
    ``picture.text_too_long``, ``picture.text_empty``, ``picture.block_out_of_range``,
    ``picture.accent_not_a_colour``.
    """
