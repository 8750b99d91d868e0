"""What every module here starts from."""

from tests.faults.quick_keys import quick_keys
from tests.functional.cli.folders import (
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
