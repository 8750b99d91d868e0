"""Fixtures wide enough for every level of test."""

from tests.support.shared import shared

__all__ = ["shared"]
