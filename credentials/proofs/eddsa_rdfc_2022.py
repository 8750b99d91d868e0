"""The cryptosuite eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519.

Spec: Data Integrity EdDSA Cryptosuites 1.0, section 3.2.
"""

from credentials.proofs.api import ED25519_KEYS
from credentials.proofs.hashed import Form, HashedSuite

SUITE = HashedSuite(name="eddsa-rdfc-2022", key_types=ED25519_KEYS, form=Form.RDFC)

DRAFT = HashedSuite(name="eddsa-2022", key_types=ED25519_KEYS, form=Form.RDFC)
"""The suite under the name that drafts of 2022 gave it; read, never written."""
