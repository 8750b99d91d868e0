"""The cryptosuite ecdsa-rdfc-2019: RDFC-1.0, ECDSA, SHA-256 with P-256 and SHA-384 with P-384.

Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.2.
"""

from credentials.proofs.api import ECDSA_KEYS
from credentials.proofs.hashed import Form, HashedSuite

SUITE = HashedSuite(name="ecdsa-rdfc-2019", key_types=ECDSA_KEYS, form=Form.RDFC)
