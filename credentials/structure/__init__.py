"""The form of a document: VCDM 2.0, Open Badges 3.0 and CLR 2.0 rules, in code of our own.

Strict where a rule protects a reader, tolerant where the standards tell readers to be: each leniency
is named in the report.
"""

from credentials.structure.findings import Examination, Fault
from credentials.structure.kinds import claimed_forms, examine_document
from credentials.structure.presentation import examine_enveloped, examine_presentation
from credentials.structure.vcdm import examine_credential

__all__ = [
    "Examination",
    "Fault",
    "claimed_forms",
    "examine_credential",
    "examine_document",
    "examine_enveloped",
    "examine_presentation",
]
