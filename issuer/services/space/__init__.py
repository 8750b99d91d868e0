"""The graduate's own space: entry, awards, downloads, and what the register holds on a person."""

from issuer.services.space.desk import SpaceDesk

__all__ = ["SpaceDesk"]
