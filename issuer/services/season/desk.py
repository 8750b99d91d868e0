"""What the desk's pages of a season ask of the service, in one place."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from issuer.domain.canary import is_canary
from issuer.domain.certification import Certification
from issuer.domain.plan import PlannedAward
from issuer.domain.records import Candidate, JurySession
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import Notice, Registry
from issuer.ports.orders import Advance, Order, OrderKind
from issuer.ports.printing import Paper
from issuer.ports.season import Draft, SeasonReport, Sheets
from issuer.services.catalog import current
from issuer.services.jury_import import Taken
from issuer.services.notices import address_of, find_notices, mark_bounced, resend
from issuer.services.office import Office
from issuer.services.orders import Handler, approve_order, find_order, propose, refuse_order, take_back
from issuer.services.papers import Papers
from issuer.services.planning import current_plan
from issuer.services.season.drafts import Drafts
from issuer.services.season.plan_view import PlanView, plan_view
from issuer.services.season.proposals import Difference, difference, scope_of, submit, waiting_for
from issuer.services.season.reports import find_report, make_report
from issuer.services.season.specimens import Specimen, specimens

TYPED_COLUMNS: Final = (
    "session",
    "date_decision",
    "id_candidat",
    "nom",
    "prenoms",
    "composant",
    "decision",
    "reference_pv",
)
"""The columns of a record that is typed at the desk."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A jury session in the list of the season.

    Attributes:
        certification: Code of the certification.
        session: The session.
        decisions: How many lines of its record there are.
        due: Awards that it decided and that would be issued now.
        issued: Awards that it decided and that were issued.
    """

    certification: str
    session: JurySession
    decisions: int
    due: int
    issued: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan as somebody reads it, and the order that asks for it.

    Attributes:
        view: The plan.
        specimens: What to look at.
        order: The order under way that asks for this very plan, or None.
    """

    view: PlanView
    specimens: Sequence[Specimen]
    order: Order | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order to issue, the plan as the record gives it now, and what differs.

    Attributes:
        order: The order.
        reading: The plan now.
        difference: What changed since the entry.
        lasting: Whether the approver is somebody else's concern: accounts whose entry it rests on.
    """

    order: Order
    reading: Reading
    difference: Difference
    lasting: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A mail of a season.

    Attributes:
        notice: The mail.
        holder: To whom, as the documents write it; empty where unknown.
    """

    notice: Notice
    holder: str


@dataclass(frozen=True, slots=True)
class SeasonDesk:
    """A jury season: from a file to the mails.

    Attributes:
        office: The service.
        sheets: Reads and writes files of records.
        papers: Prints specimens.
    """

    office: Office
    sheets: Sheets
    papers: Papers

    @property
    def drafts(self) -> Drafts:
        """The files that wait."""
        return Drafts(self.office, self.sheets)

    def certifications(self) -> Sequence[Certification]:
        """Give the newest version of each certification, by code."""
        with self.office.store.reading() as registry:
            newest = {kept.code: kept for kept in registry.certifications() if not is_canary(kept.code)}
        return [newest[code] for code in sorted(newest)]

    def sessions(self) -> Sequence[SessionLine]:
        """Give every jury session of every certification, the latest first."""
        lines: list[SessionLine] = []
        with self.office.store.reading() as registry:
            awards = registry.awards()
            for code in sorted({kept.code for kept in registry.certifications() if not is_canary(kept.code)}):
                record = registry.record(code)
                due = current_plan(self.office, registry, code, None).awards if record.sessions else ()
                lines += [
                    SessionLine(
                        code,
                        session,
                        sum(row.session == session.id for row in record.rows),
                        sum(award.session == session.id for award in due),
                        sum(award.certification == code and award.session == session.id for award in awards),
                    )
                    for session in record.sessions
                ]
        return sorted(lines, key=lambda line: (line.session.on, line.session.id), reverse=True)

    def people(self, certification: str) -> tuple[Sequence[JurySession], Sequence[Candidate]]:
        """Give the sessions and the candidates that a typed record may name."""
        with self.office.store.reading() as registry:
            record = registry.record(certification)
        return record.sessions, record.candidates

    def type_in(
        self, rows: Sequence[Mapping[str, str]], *, certification: str, day: date, actor: str
    ) -> Draft:
        """Keep a typed record as a draft: it is checked as a file would be.

        Args:
            rows: Each with the columns of :data:`TYPED_COLUMNS`; rows without any content are left out.
            certification: Code of the certification.
            day: Of the entry, for its name.
            actor: Whose account.

        Raises:
            RefusedError: ``draft.nothing_typed``.
        """
        lines = [[row.get(column, "").strip() for column in TYPED_COLUMNS] for row in rows]
        lines = [line for line in lines if any(line)]
        if not lines:
            raise RefusedError(
                "draft.nothing_typed",
                "nothing was typed; nothing was kept",
                where="form",
                remedy="fill in at least one row",
            )
        content = self.sheets.write(TYPED_COLUMNS, lines, ";")
        # The evidence of an award finds its record by this name: no two records have the same.
        name = f"saisie-{day.isoformat()}-{hashlib.sha256(content).hexdigest()[:8]}.csv"
        return self.drafts.hand_in(
            content, name, source="", certification=certification, actor=actor, typed=True
        )

    def take(
        self, draft_id: str, *, accept_valid: bool, accept_changes: bool, actor: str
    ) -> tuple[Taken, Order | None]:
        """Take a draft in, or ask another person where it changes what awards rest on and four eyes are on.

        Returns:
            What was taken in, and the order that was proposed instead, or None.
        """
        view = self.drafts.view(draft_id)
        waits = view.taken is not None and bool(view.taken.behind_awards)
        refused = view.taken is not None and view.taken.refused > 0
        if not (waits and accept_changes and self.office.four_eyes) or (refused and not accept_valid):
            taken = self.drafts.take(
                draft_id, accept_valid=accept_valid, accept_changes=accept_changes, actor=actor
            )
            return taken, None
        assert view.taken is not None
        digest = self.drafts.handed(view).id
        content = {
            "import": digest,
            "subject": digest,
            "draft": draft_id,
            "certification": view.draft.certification,
            "accept_valid": accept_valid,
        }
        authors = frozenset({view.draft.made_by, *(made.by for made in view.draft.corrections)})
        order = propose(self.office, OrderKind.CORRECT, content, actor=actor, authors=authors)
        self.drafts.lock(draft_id, order.id)
        return replace(view.taken, written=False), order

    def reading(self, certification: str, session: str | None) -> Reading:
        """Give the plan of a session as it stands, and what to look at."""
        with self.office.store.reading() as registry:
            return self._reading(registry, certification, session)

    def submit(
        self, certification: str, session: str | None, *, seen: str, note: str | None, actor: str
    ) -> Order:
        """Ask for the issue of a plan; see :func:`submit`."""
        return submit(
            self.office, certification=certification, session=session, seen=seen, note=note, actor=actor
        )

    def proposal(self, order_id: str) -> Proposal:
        """Give an order to issue as who decides on it reads it.

        Raises:
            NotFoundError: ``order.unknown``, ``order.not_issue``.
        """
        order = find_order(self.office, order_id)
        certification, session = scope_of(order)
        asked = str(order.asked.content["plan"])
        with self.office.store.reading() as registry:
            reading = self._reading(registry, certification, session)
            before = registry.proposed_plan(asked)
        now = reading.view.plan.to_dict()
        closed = order.asked.authors | {order.asked.proposed_by}
        return Proposal(
            order, reading, difference(before.content if before else None, now, asked), frozenset(closed)
        )

    def approve(self, order_id: str, *, seen: str, actor: str) -> Order:
        """Approve an order to issue, bound to the plan that the approver saw."""
        scope_of(find_order(self.office, order_id))
        return approve_order(self.office, order_id, actor=actor, seen=seen)

    def refuse(self, order_id: str, *, note: str, actor: str) -> Order:
        """Refuse an order to issue, with the reason."""
        scope_of(find_order(self.office, order_id))
        return refuse_order(self.office, order_id, actor=actor, note=note)

    def take_back(self, order_id: str, *, actor: str) -> Order:
        """Take back an order to issue that nobody decided."""
        scope_of(find_order(self.office, order_id))
        return take_back(self.office, order_id, actor=actor)

    def order(self, order_id: str) -> Order:
        """Give an order to issue.

        Raises:
            NotFoundError: ``order.unknown``, ``order.not_issue``.
        """
        order = find_order(self.office, order_id)
        scope_of(order)
        return order

    def issue_orders(self) -> Sequence[Order]:
        """Give the orders to issue, the latest first."""
        with self.office.store.reading() as registry:
            found = [order for order in registry.orders() if order.kind is OrderKind.ISSUE]
        return found[::-1]

    def specimen(self, certification: str, session: str | None, candidate: str, component: str) -> Paper:
        """Give what would be printed for an award of the plan as it stands.

        Raises:
            NotFoundError: ``specimen.unknown``.
        """
        with self.office.store.reading() as registry:
            award = self._planned(registry, certification, session, candidate, component)
            return self.papers.specimen(registry, award, current(registry, certification))

    def specimen_pdf(self, certification: str, session: str | None, candidate: str, component: str) -> bytes:
        """Print it; nothing is signed or kept.

        Raises:
            NotFoundError: ``specimen.unknown``.
            RefusedError: ``paper.not_printable``.
        """
        return self.papers.print_specimen(self.specimen(certification, session, candidate, component))

    def notices(self, certification: str, session: str | None) -> Sequence[NoticeLine]:
        """Give the mails on awards of a season, oldest first."""
        with self.office.store.reading() as registry:
            holders = {
                award.number: award.holder
                for award in registry.awards()
                if award.certification == certification and session in {None, award.session}
            }
        return [
            NoticeLine(notice, next((holders[one] for one in notice.numbers if one in holders), ""))
            for notice in find_notices(self.office)
            if not holders.keys().isdisjoint(notice.numbers)
        ]

    def without_address(self, certification: str, session: str | None) -> Sequence[tuple[str, str, str]]:
        """Give who has an award of a season and no address: candidate, name, and an award's number."""
        with self.office.store.reading() as registry:
            found: dict[str, tuple[str, str, str]] = {}
            for award in registry.awards():
                mine = award.certification == certification and session in {None, award.session}
                if mine and address_of(self.office, registry, award.candidate_id) is None:
                    found[award.candidate_id] = (award.candidate_id, award.holder, award.number)
        return list(found.values())

    def resend(self, reference: str, *, actor: str) -> Notice:
        """Queue a mail anew, to the address on file now."""
        return resend(self.office, reference, actor=actor)

    def mark_bounced(self, reference: str, *, actor: str) -> Notice:
        """Note that a mail came back."""
        return mark_bounced(self.office, reference, actor=actor)

    def make_report(self, certification: str, session: str | None, *, actor: str) -> SeasonReport:
        """Establish the report of a season as it stands now."""
        return make_report(self.office, certification=certification, session=session, actor=actor)

    def report(self, report_id: str) -> SeasonReport:
        """Give a report."""
        return find_report(self.office, report_id)

    def reports(self, certification: str) -> Sequence[SeasonReport]:
        """Give the reports of a certification, oldest first."""
        with self.office.store.reading() as registry:
            return registry.season_reports(certification)

    def _reading(self, registry: Registry, certification: str, session: str | None) -> Reading:
        view = plan_view(self.office, registry, certification, session)
        return Reading(view, specimens(view), waiting_for(registry, view.plan.digest))

    def _planned(
        self, registry: Registry, certification: str, session: str | None, candidate: str, component: str
    ) -> PlannedAward:
        plan = current_plan(self.office, registry, certification, session)
        for award in plan.awards:
            if (award.candidate_id, award.component) == (candidate, component):
                return award
        raise NotFoundError(
            "specimen.unknown",
            "the plan as it stands now holds no such document",
            where=certification,
            remedy="read the plan again",
        )


def correct_handler(sheets: Sheets) -> Handler:
    """Give what carries out an order to take in a record that changes what awards rest on.

    Args:
        sheets: Reads the file.
    """

    def carry_out(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
        content = order.asked.content
        drafts = Drafts(office, sheets)
        digest, draft_id = str(content["import"]), str(content["draft"])
        with office.store.reading() as registry:
            done = registry.import_of(digest)
        if done is None:
            view = drafts.view(draft_id)
            if drafts.handed(view).id != digest:
                raise RefusedError(
                    "draft.changed",
                    "the file is not the one that was approved; nothing was taken in",
                    where=draft_id,
                    remedy="hand it in again and have it approved anew",
                )
            drafts.take(
                draft_id,
                accept_valid=bool(content["accept_valid"]),
                accept_changes=True,
                actor=order.asked.proposed_by,
                order=order.id,
            )
            with office.store.reading() as registry:
                done = registry.import_of(digest)
        advance(1, 1)
        return {"accepted": done.accepted if done else 0, "refused": done.refused if done else 0}

    return carry_out
