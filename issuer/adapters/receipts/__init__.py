"""The receipt of a verification as a PDF, from the sealed receipt alone (``docs/receipts.md``)."""

from issuer.adapters.receipts.press import TypstReceiptPress

__all__ = ["TypstReceiptPress"]
