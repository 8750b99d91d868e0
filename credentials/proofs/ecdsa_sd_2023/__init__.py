"""The cryptosuite ecdsa-sd-2023: the issuer signs each statement, the holder chooses which ones to show.

* :mod:`~credentials.proofs.ecdsa_sd_2023.pointers`: which part of a document a JSON pointer selects;
* :mod:`~credentials.proofs.ecdsa_sd_2023.statements`: the canonical statements of a document and of a part;
* :mod:`~credentials.proofs.ecdsa_sd_2023.masking`: labels that say nothing of what is hidden;
* :mod:`~credentials.proofs.ecdsa_sd_2023.proof_value`: both proofs as text;
* :mod:`~credentials.proofs.ecdsa_sd_2023.base` and :mod:`~credentials.proofs.ecdsa_sd_2023.derived`: how the
  issuer's proof is made, how the holder draws another from it, and how that one is verified.

Spec: Data Integrity ECDSA Cryptosuites 1.0, sections 3.4 to 3.6.
"""
