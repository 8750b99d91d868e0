"""What issues, withdraws or erases asks for a second person's word, wherever it is called from."""

import ast
from pathlib import Path

import issuer.services

SERVICES = Path(issuer.services.__file__).parent
GUARDS = {"require_order", "_require_approval", "require_second_person"}

GUARDED = {
    "change_state": {"withdrawing.py", "replacing.py", "erasure.py"},
    "store": {"person_awards.py"},
    "keep_resignature": {"resigning.py"},
    "erase": {"erasure.py"},
}
"""Methods of the register that issue, withdraw or erase, and the modules that may call them."""

BY_GUARDED_CALLERS = {"person_awards.py"}
"""Modules that are handed what was guarded: issuing and replacing call them, and are guarded themselves."""


def calls(source: str) -> set[str]:
    """Give the names of all functions and methods that a module calls."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
    }


def registry_calls(source: str) -> set[str]:
    """Give the methods of an open register that a module calls."""
    return {
        node.func.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).split(".")[-1] in {"registry", "_registry"}
    }


def test_only_guarded_modules_issue_withdraw_or_erase() -> None:
    for path in SERVICES.rglob("*.py"):
        source = path.read_text()
        for method in registry_calls(source) & GUARDED.keys():
            assert path.name in GUARDED[method], f"{path.name} calls {method} without being a guarded module"
            if path.name not in BY_GUARDED_CALLERS:
                assert calls(source) & GUARDS, f"{path.name} calls {method} and asks for no second person"


def test_what_is_handed_guarded_work_is_called_by_guarded_modules_alone() -> None:
    users = {path.name for path in SERVICES.rglob("*.py") if "PersonAwards(" in path.read_text()}
    assert users == {"issuing.py", "replacing.py"}
    for name in users:
        assert calls((SERVICES / name).read_text()) & GUARDS
