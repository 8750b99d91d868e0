"""The version that the trail and the roots name is the one that is installed."""

import tomllib
from pathlib import Path

from issuer import VERSION


def test_the_version_in_the_code_is_the_package_s() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))

    assert project["project"]["version"] == VERSION
