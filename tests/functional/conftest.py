"""What the modules here and below start from: the register in each state of its life, made once a run."""

from tests.faults.quick_keys import quick_keys
from tests.functional.cli.folders import (
    both,
    both_folder,
    empty,
    founded,
    founded_folder,
    issued,
    issued_folder,
    recorded,
    recorded_folder,
    write,
)

__all__ = [
    "both",
    "both_folder",
    "empty",
    "founded",
    "founded_folder",
    "issued",
    "issued_folder",
    "quick_keys",
    "recorded",
    "recorded_folder",
    "write",
]
