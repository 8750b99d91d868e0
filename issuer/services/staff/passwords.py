"""Which passwords are refused: short ones, endless ones, and those that everybody tries first.

Spec: OWASP ASVS 4.0.3, sections 2.1.1, 2.1.2, 2.1.7 and 2.1.9; NIST SP 800-63B, section 5.1.1.2.
"""

import re
import unicodedata
from typing import Final

from issuer.ports.staff import Account, EnrolmentFault

SHORTEST: Final = 12
LONGEST: Final = 128
"""Characters; longer ones would only cost work."""

_COMMONEST: Final = frozenset(
    {
        "123456789012",
        "1234567890123",
        "12345678901234",
        "123456789123",
        "1234567891234",
        "987654321098",
        "0987654321098",
        "012345678910",
        "111222333444",
        "112233445566",
        "qwertyuiop",
        "azertyuiop",
        "qwertyuiopasdf",
        "azertyuiopqsdf",
        "azertyuiopqsdfgh",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc",
        "1qaz2wsx3edc4rfv",
        "q1w2e3r4t5y6",
        "a1z2e3r4t5y6",
        "zaq12wsxcde3",
        "qazwsxedcrfv",
        "azsqedrfaz",
        "password",
        "password1234",
        "passwordpassword",
        "motdepasse",
        "motdepasse123",
        "monmotdepasse",
        "mot2passe",
        "password12345",
        "p@ssw0rd1234",
        "passw0rd1234",
        "bonjourbonjour",
        "jetaimejetaime",
        "iloveyou",
        "iloveyou1234",
        "letmeinletmein",
        "welcome",
        "welcome12345",
        "bienvenue",
        "bienvenue1234",
        "administrator",
        "administrateur",
        "administration",
        "adminadmin",
        "adminadmin12",
        "superutilisateur",
        "changeme",
        "changemenow",
        "changezmoi",
        "soleilsoleil",
        "marseille13013",
        "parisparis",
        "footballfootball",
        "princesse",
        "princess1234",
        "sunshine1234",
        "trustno1trustno1",
        "correcthorsebatterystaple",
        "secretsecret",
        "parchemin",
        "parcheminparchemin",
        "registre",
        "conservatoire",
        "scolarite",
        "universite",
        "abcdefghijkl",
        "abcdefghijklm",
        "abcdefghijklmnop",
        "abcdef123456",
        "abc123abc123",
        "abcd1234abcd",
        "1234abcd1234",
        "testtesttest",
        "test12345678",
        "azerty123456",
        "qwerty123456",
        "azertyazerty",
        "qwertyqwerty",
    }
)
_TAIL: Final = re.compile(r"[\d\W_]+\Z")


def normal(password: str) -> str:
    """Write a password in the one form that is hashed, whatever keyboard it came from.

    Spec: NIST SP 800-63B, section 5.1.1.2 (NFKC).
    """
    return unicodedata.normalize("NFKC", password)


def fault_of(passwords: tuple[str, str], account: Account) -> EnrolmentFault | None:
    """Say why a new password is not taken, or None.

    Args:
        passwords: As typed, twice.
        account: Whose it is to be.
    """
    first, second = map(normal, passwords)
    if len(first) < SHORTEST:
        return EnrolmentFault.SHORT
    if len(first) > LONGEST:
        return EnrolmentFault.LONG
    if _is_common(first.casefold(), account):
        return EnrolmentFault.COMMON
    return None if first == second else EnrolmentFault.DIFFERENT


def _is_common(password: str, account: Account) -> bool:
    bare = _TAIL.sub("", password)
    if password in _COMMONEST or bare in _COMMONEST or _repeats(password):
        return True
    own = {_letters(account.id), _letters(account.name)}
    return bool(own & {_letters(password), _letters(bare)})


def _repeats(password: str) -> bool:
    """Say whether a password is one to four characters over and over."""
    return any(
        password == (password[:size] * (len(password) // size + 1))[: len(password)] for size in range(1, 5)
    )


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalnum())
