"""The two shapes of answer that are not pages: a stored document as it is, and a report as JSON."""

from http import HTTPStatus

from flask import Request, Response, json

from credentials.report import VerificationReport
from issuer.ports import Published
from issuer.web.negotiation import JSON


def published(
    document: Published, request: Request, *, media_type: str | None = None, max_age: int | None = None
) -> Response:
    """Serve stored bytes as they are.

    Args:
        document: The document.
        request: The request, for its conditions.
        media_type: The type to announce; the document's own by default.
        max_age: Seconds for which a cache may keep it; None on a personal page, which no cache keeps.

    Spec: RFC 9110, section 13 (conditional requests); RFC 9111, section 5.2.
    """
    answer = Response(document.body, mimetype=media_type or document.media_type)
    if max_age is not None:
        answer.set_etag(document.etag)
        answer.last_modified = document.published_at
        answer.cache_control.public = True
        answer.cache_control.max_age = max_age
        answer.make_conditional(request)
    return answer


def report_json(report: VerificationReport, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Give a report in its documented JSON form."""
    return Response(json.dumps(report.to_dict(), sort_keys=False, ensure_ascii=False), status, mimetype=JSON)


def opened(answer: Response) -> Response:
    """Let a program in a browser, on any site, read what anyone may fetch.

    Only for what is fetched: if any site's page could post here, its visitors would do its checking.

    Spec: Fetch, CORS protocol.
    """
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
