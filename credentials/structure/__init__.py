"""The form of a document: VCDM 2.0 and Open Badges 3.0 rules, in code of our own.

Strict where a rule protects a reader, tolerant where the standards tell readers to be: each leniency
is named in the report.
"""

from credentials.structure.findings import Examination, Fault
from credentials.structure.open_badge import examine_open_badge
from credentials.structure.vcdm import examine_credential

__all__ = ["Examination", "Fault", "examine_credential", "examine_open_badge"]
