"""What ``parchemin doctor`` says of the cellar: disk, clock, permissions, backups, roots, watch, people."""

import stat
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from issuer.bootstrap import condition_of
from issuer.config import Settings
from issuer.domain.published_root import read_root
from issuer.services.condition import OK
from issuer.services.office import Office

_BACKUP_EVERY = timedelta(hours=36)
_ROOT_EVERY = timedelta(hours=48)
_PEOPLE = 2
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

_WORDS = {
    "disk": "less than 512 MB are left: free some space",
    "clock": "behind the last act in the register: every act is refused until it is set right",
    "keys": "no key is active: nothing can be signed",
    "watch": "the last self-watch was red, or is more than three hours old: parchemin watch",
}


def cellar_findings(settings: Settings, office: Office) -> Iterator[Mapping[str, object]]:
    """Give what ``parchemin doctor`` says of each.

    Args:
        settings: What is in force.
        office: The service.
    """
    checks = condition_of(settings, office).checks()
    for name in ("disk", "clock", "keys"):
        word = checks.get(name, OK)
        yield {"what": name, "ok": word == OK, "detail": OK if word == OK else _WORDS[name]}
    yield from _permissions(settings)
    yield from _dated(office, checks.get("watch", OK))


def _permissions(settings: Settings) -> Iterator[Mapping[str, object]]:
    keys = settings.data / "keys"
    places = [settings.data, settings.database, keys, *(sorted(keys.iterdir()) if keys.is_dir() else [])]
    open_ = [place.name for place in places if place.exists() and place.stat().st_mode & _OTHERS]
    detail = "its owner's alone"
    if open_:
        detail = f"others than its owner may open: {', '.join(open_)}: chmod go= on each"
    warning = {"warning": True} if open_ else {}
    yield {"what": "permissions", "ok": True, "detail": detail, **warning}


def _dated(office: Office, watch: str) -> Iterator[Mapping[str, object]]:
    now = office.clock.now()
    with office.store.reading() as registry:
        backup, run, bodies = registry.last_backup(), registry.last_watch_run(), registry.roots()
        accounts = sum(account.active for account in registry.accounts())
    root = read_root(bodies[-1]) if bodies else None
    late = backup is None or now - backup.made_at > _BACKUP_EVERY
    said = "none was made: parchemin backup --out FILE" if backup is None else _of(backup.made_at)
    yield {"what": "backup", "ok": True, "detail": said, **_warning(late)}
    late = root is None or now - root.root.made > _ROOT_EVERY
    said = "none was signed: parchemin audit root" if root is None else _of(root.root.made)
    yield {"what": "audit roots", "ok": True, "detail": said, **_warning(late)}
    said = "it never ran: parchemin watch" if run is None else _of(run.at)
    red = watch not in {OK, "not-run"}
    detail = _WORDS["watch"] if red else said
    yield {"what": "self-watch", "ok": not red, "detail": detail, **_warning(run is None)}
    if office.four_eyes:
        detail = f"on; accounts: {accounts}" + ("" if accounts > 1 else ", and two people are needed")
        yield {"what": "four eyes", "ok": True, "detail": detail, **_warning(accounts < _PEOPLE)}
    else:
        yield {
            "what": "four eyes", "ok": True, "warning": True,
            "detail": "off, for good in this data folder: one person issues and withdraws alone",
        }  # fmt: skip


def _of(at: datetime) -> str:
    return f"the last one is of {at:%Y-%m-%d %H:%M} UTC"


def _warning(there_is: bool) -> Mapping[str, object]:
    return {"warning": True} if there_is else {}
