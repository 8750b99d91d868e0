"""Keys whose derivation takes no time: what is tested with them is never how hard a passphrase is to guess."""

from collections.abc import Iterator

import pytest

from keys import file_key

QUICK_ROUNDS = 1_000


@pytest.fixture(scope="module", autouse=True)
def quick_keys() -> Iterator[None]:
    """Derive keys in a few rounds for the length of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_key, "KDF_ROUNDS", QUICK_ROUNDS)
        yield
