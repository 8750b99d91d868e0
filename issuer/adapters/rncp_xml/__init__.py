"""Reads a fiche in the open data of the national register (RNCP feed, version 4.1)."""

from issuer.adapters.rncp_xml.mapping import FeedFiche
from issuer.adapters.rncp_xml.parsing import MAXIMUM_FEED_BYTES, RncpXmlError
from issuer.adapters.rncp_xml.reading import looks_like_xml, read_feed

__all__ = ["MAXIMUM_FEED_BYTES", "FeedFiche", "RncpXmlError", "looks_like_xml", "read_feed"]
