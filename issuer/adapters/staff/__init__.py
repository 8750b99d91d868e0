"""What the desk's door works with: hashes, one-time codes, sealed secrets, the institution's sign-in."""

from issuer.adapters.staff.oidc import OidcFederation
from issuer.adapters.staff.one_time_codes import Totp
from issuer.adapters.staff.passwords import Argon2Passwords
from issuer.adapters.staff.vault import KEY_FILE, FileVault

__all__ = ["KEY_FILE", "Argon2Passwords", "FileVault", "OidcFederation", "Totp"]
