"""The cryptosuite ecdsa-jcs-2019: RFC 8785, ECDSA, SHA-256 with P-256 and SHA-384 with P-384.

Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.3.
"""

from credentials.proofs.api import ECDSA_KEYS
from credentials.proofs.hashed import Form, HashedSuite

SUITE = HashedSuite(name="ecdsa-jcs-2019", key_types=ECDSA_KEYS, form=Form.JCS)
