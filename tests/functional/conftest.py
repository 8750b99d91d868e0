"""The register under two suites, issued once for every module here and below."""

from tests.functional.cli.folders import both, both_folder

__all__ = ["both", "both_folder"]
