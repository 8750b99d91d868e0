"""The public pages: what an employer's phone, a program or a curious person gets over HTTP."""

from issuer.web.app import create_app

__all__ = ["create_app"]
