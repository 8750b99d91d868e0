"""No service changes the register without a line in the trail; each line says who, what, when, on which version."""

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import issuer.adapters.db
import issuer.services
from issuer import VERSION
from issuer.services.office import Office
from tests.faults.cohort import cohort
from tests.faults.desks import found_desk, hand_in, issue_all

SERVICES = Path(issuer.services.__file__).parent
WRITES = ("insert", "update", "delete", "delete_from")

ARGUED: Mapping[str, str] = {
    # What people do in their own space; nobody else's act, and no trace is wanted of it (design.md, section 9).
    "forget_entries": "old links into graduates' spaces",
    "end_entries": "goes with an act that is in the trail, or with the entry that is used",
    "close_share": "the graduate's own share",
    "choose": "the graduate's own choice",
    "note_first_opening": "once, for the graduate",
    # Told by their own tables.
    "keep_doubt": "a stranger's word; closing it is an act",
    "keep_notice": "a mail that an act of the trail sends; sent and bounced are told there",
    "keep_progress": "how far an order is, written over every half second",
    "keep_paper": "the digest of a PDF that was printed; any print may be made again",
    "keep_prepared": "a signed form, whose making is the act award.exported",
    "keep_program_answer": "what a program was answered, so that asking again changes nothing",
}
"""Methods of the register that write without a line of their own, and why that is right."""


ARGUED_AT: Mapping[str, str] = {
    "award_document.py:_salt": "chance, made once with the first award; the register never takes another",
}
"""Functions that write without a line, and why that is right."""


def _writing_methods() -> set[str]:
    """Give the methods of the register that write, by the SQL that they hold."""
    found = set()
    for file in Path(issuer.adapters.db.__file__).parent.glob("*registry.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                calls = {_called(call) for call in ast.walk(node) if isinstance(call, ast.Call)}
                if calls & set(WRITES):
                    found.add(node.name)
    return found - {"append_audit"}


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _functions() -> Iterator[tuple[str, set[str], bool]]:
    """Give each function of the services: its name, what it calls, and whether it writes a line."""
    for file in sorted(SERVICES.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
                tells = any(ast.unparse(call.func) in {"audit.record", "record"} for call in calls)
                yield f"{file.relative_to(SERVICES)}:{node.name}", {_called(call) for call in calls}, tells


def test_whoever_writes_into_the_register_tells_the_trail() -> None:
    writing = _writing_methods()
    assert {"store", "change_state", "add_order", "keep_root", "trust", "add_certification"} <= writing
    functions = list(_functions())
    telling = {name.rpartition(":")[2] for name, _calls, tells in functions if tells}
    for _ in range(4):
        # Who calls one that tells has told; and so has what is called by one that tells.
        telling |= {name.rpartition(":")[2] for name, calls, _tells in functions if calls & telling}
    told_for = {call for name, calls, _ in functions if name.rpartition(":")[2] in telling for call in calls}
    silent = sorted(
        f"{name}: {', '.join(sorted(calls & writing - set(ARGUED)))}"
        for name, calls, _tells in functions
        if calls & writing - set(ARGUED)
        and name.rpartition(":")[2] not in telling
        and name.rpartition(":")[2] not in told_for
        and name not in ARGUED_AT
    )
    assert silent == []


def test_what_is_argued_is_there() -> None:
    assert set(ARGUED) <= _writing_methods()
    assert set(ARGUED_AT) <= {name for name, _calls, _tells in _functions()}


def test_every_line_says_who_what_when_and_on_which_version(tmp_path: Path, quick_keys: None) -> None:
    office: Office = found_desk(tmp_path / "data")
    hand_in(office, cohort(1))
    issue_all(office)
    with office.store.reading() as registry:
        entries, schema = registry.audit_entries(), registry.schema_revision()
    assert len(entries) > 10
    for entry in entries:
        assert all((entry.actor, entry.action, entry.subject, entry.at))
        assert json.loads(entry.details)["on"] == {"schema": schema, "software": VERSION}
