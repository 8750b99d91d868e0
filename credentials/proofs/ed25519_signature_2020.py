"""The cryptosuite Ed25519Signature2020: older than Data Integrity 1.0; read, never written.

Spec: Data Integrity EdDSA Cryptosuites 1.0, section 3.1 and appendix B.
"""

from credentials.proofs.api import ED25519_KEYS
from credentials.proofs.hashed import Form, HashedSuite

SUITE = HashedSuite(name="Ed25519Signature2020", key_types=ED25519_KEYS, form=Form.RDFC)
