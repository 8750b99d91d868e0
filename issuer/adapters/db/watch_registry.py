"""What the service sees of itself, in the register (the ``WatchRegistry`` port)."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from issuer.adapters.db import tables
from issuer.adapters.db.codec import instant, instant_text
from issuer.ports.watch import BackupNote, CanaryRole, WatchFinding, WatchRun


class SqlWatchRegistry:
    """The part of a transaction that keeps them."""

    _connection: Connection

    def add_backup(self, note: BackupNote) -> None:
        """Keep that a backup was made."""
        values = {**asdict(note), "made_at": instant_text(note.made_at)}
        self._connection.execute(insert(tables.backups).values(values))

    def last_backup(self) -> BackupNote | None:
        """Give the last backup that was noted, or None."""
        query = select(tables.backups).order_by(tables.backups.c.id.desc()).limit(1)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return BackupNote(
            instant(row["made_at"]), row["by"], row["sha256"], row["size"], row["audit_sequence"]
        )

    def canaries(self) -> Mapping[CanaryRole, str]:
        """Give the numbers of the canary awards."""
        query = select(tables.canaries.c.role, tables.canaries.c.number)
        return {CanaryRole(role): number for role, number in self._connection.execute(query)}

    def add_canary(self, role: CanaryRole, number: str, at: datetime) -> None:
        """Keep that an award is a canary; for good."""
        values = {"role": role.value, "number": number, "at": instant_text(at)}
        self._connection.execute(insert(tables.canaries).values(values))

    def add_watch_run(self, run: WatchRun, keep_since: datetime) -> None:
        """Keep what a watch found, and let go of what is older than an instant."""
        runs = tables.watch_runs
        self._connection.execute(delete(runs).where(runs.c.at < instant_text(keep_since)))
        findings = json.dumps([asdict(finding) for finding in run.findings], ensure_ascii=False)
        values = {"at": instant_text(run.at), "ok": run.ok, "findings": findings}
        self._connection.execute(insert(runs).values(values))

    def last_watch_run(self) -> WatchRun | None:
        """Give what the last watch found, or None."""
        query = select(tables.watch_runs).order_by(tables.watch_runs.c.id.desc()).limit(1)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        found = [
            WatchFinding(line["what"], line["ok"], line["detail"]) for line in json.loads(row["findings"])
        ]
        return WatchRun(instant(row["at"]), found)
