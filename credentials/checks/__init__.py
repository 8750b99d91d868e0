"""The ten checks, one module each, none of which knows another; :mod:`credentials.verify` orders them."""
