"""The headers that every answer carries: nothing from another host, nothing kept, nothing told to others."""

from flask import Flask, Request, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
}

_CHECKING = frozenset({"/verify", "/vc-api/credentials/verify", "/vc-api/presentations/verify"})


def install(app: Flask) -> None:
    """Put the headers on every answer, errors and files included."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    if is_personal(request):
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
    return response


def is_personal(request: Request) -> bool:
    """Say whether the address may show a person's data."""
    return request.path.startswith("/v/") or request.path in _CHECKING
