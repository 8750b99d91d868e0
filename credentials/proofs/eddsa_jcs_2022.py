"""The cryptosuite eddsa-jcs-2022: RFC 8785, SHA-256, Ed25519.

Spec: Data Integrity EdDSA Cryptosuites 1.0, section 3.3.
"""

from credentials.proofs.api import ED25519_KEYS
from credentials.proofs.hashed import Form, HashedSuite

SUITE = HashedSuite(name="eddsa-jcs-2022", key_types=ED25519_KEYS, form=Form.JCS)
