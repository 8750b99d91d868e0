"""The sample files that ship with the demo: twelve fictitious people, five jury sessions."""

from collections.abc import Mapping
from importlib.resources import files

# Candidates, then sessions, then results: the order in which they are to be read.
_NAMES = (
    "candidats.csv",
    "jurys.csv",
    "pv-jury-2024-06.csv",
    "pv-jury-2025-06.csv",
    "pv-jury-2025-09.csv",
    "pv-jury-2025-10-vae.csv",
    "export-sis-2026-06.csv",
)


def sample_files() -> Mapping[str, bytes]:
    """Give the sample files by name, in the order in which they are to be imported.

    Returns:
        Name to bytes; the bytes are kept exactly, encodings and line ends included.

    Spec: samples/README.md.
    """
    return {name: files(__package__).joinpath(name).read_bytes() for name in _NAMES}


def example_map() -> bytes:
    """Give the commented example of a column map (``parchemin jury import FILE --map``).

    Returns:
        YAML in UTF-8.
    """
    return files(__package__).joinpath("correspondance.yaml").read_bytes()
