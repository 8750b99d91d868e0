"""The headers that every answer carries: nothing from another host, nothing kept, nothing told to others."""

from flask import Flask, Request, Response, g, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)
_WITH_CAMERA = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; script-src 'self'",
    "Permissions-Policy": PERMISSIONS_POLICY.replace("camera=()", "camera=(self)"),
}
"""On the form to check a document, which shows nothing that a stranger wrote: our script, the camera."""

_WITH_PROGRESS = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; script-src 'self'; connect-src 'self'"
}
"""On the desk's page that shows how far an order is: our script, which asks our own address."""

_CAMERA = "parchemin_camera"
_PROGRESS = "parchemin_progress"
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
}

_CHECKING = frozenset(
    {"/verify", "/receipt", "/code", "/vc-api/credentials/verify", "/vc-api/presentations/verify"}
)


def install(app: Flask) -> None:
    """Put the headers on every answer, errors and files included."""
    app.after_request(_protect)


def allow_camera() -> None:
    """Let the page that is being made run this service's own script and ask for the camera."""
    setattr(g, _CAMERA, True)


def allow_progress() -> None:
    """Let the desk's page that is being made run our own script and ask how far an order is."""
    setattr(g, _PROGRESS, True)


def _protect(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    if g.get(_CAMERA, default=False):
        response.headers.update(_WITH_CAMERA)
    if g.get(_PROGRESS, default=False):
        response.headers.update(_WITH_PROGRESS)
    if is_personal(request):
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
    return response


def is_personal(request: Request) -> bool:
    """Say whether the address may show a person's data."""
    return (
        request.path.startswith(("/v/", "/s/"))
        or request.path in _CHECKING
        or f"{request.path}/".startswith(("/moi/", "/registre/"))
    )
