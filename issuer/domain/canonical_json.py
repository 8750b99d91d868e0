"""One byte form per value, so that a digest says whether two documents or plans are the same."""

import hashlib
import json
from collections.abc import Mapping


def digest_of(value: Mapping[str, object]) -> str:
    """Give the SHA-256 of a value's canonical JSON: sorted keys, no spaces, UTF-8.

    Args:
        value: JSON values only: texts, whole numbers, booleans, None, lists and mappings with text keys.

    Returns:
        64 hexadecimal digits.

    Spec: design.md, section 3 (same record in, same plan out).
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
