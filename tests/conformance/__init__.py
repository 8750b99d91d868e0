"""A server for the public conformance suites: issues, derives and verifies with our own ``credentials`` package.

It is no part of the product: the institution's key signs approved plans and nothing else. Its keys are made at
its start, and nobody trusts them. See ``docs/conformance-server.md``.
"""
