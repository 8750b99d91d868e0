"""The dated report of a season: established by a person, kept, and the same ever after."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from issuer.domain.staff import Role
from issuer.ports.staff import Account
from issuer.services.season.reports import report_csv
from issuer.web.access import season_desk
from issuer.web.desk_pages import page, seen
from issuer.web.staff_sessions import requires
from issuer.web.views.desk.season_room import READERS, scope, views


@views.get("/saisie/rapports")
@requires(*READERS)
def reports(_account: Account) -> Response:
    """List the reports of a certification."""
    certification, session = scope()
    found = [report for report in season_desk().reports(certification) if session in {None, report.session}]
    return page("desk/season/reports.html", reports=found[::-1], certification=certification, session=session)


@views.post("/saisie/rapports")
@requires(Role.ENTRY, Role.APPROVAL)
def make_report(account: Account) -> AnyResponse:
    """Establish a report as the season stands now."""
    certification, session = scope()
    made = season_desk().make_report(certification, session, actor=account.id)
    return seen("desk.season.report", report_id=made.id)


@views.get("/saisie/rapports/<report_id>")
@requires(*READERS)
def report(_account: Account, report_id: str) -> Response:
    """Show a report; it prints as a document."""
    found = season_desk().report(report_id)
    return page("desk/season/report.html", report=found, content=found.content)


@views.get("/saisie/rapports/<report_id>/rapport.csv")
@requires(*READERS)
def report_file(_account: Account, report_id: str) -> Response:
    """Hand out the same report for a spreadsheet."""
    found = season_desk().report(report_id)
    answer = Response(report_csv(found.content), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"rapport-{found.id}.csv")
    return answer
