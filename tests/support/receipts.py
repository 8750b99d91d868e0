"""Receipts for tests: of the sample record, sealed and judged by the service that issued it."""

import time
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from issuer.bootstrap import public_desk, receipt_desk, sharing_desk
from issuer.config import load_settings
from issuer.services.receipts import Receipts
from issuer.web import create_app
from tests.interop.sample_record import BASE_URL, SampleRecord, issue_sample_record


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """The sample record with its desk for receipts."""

    record: SampleRecord
    desk: Receipts
    folder: Path

    def client(self) -> FlaskClient:
        """Give a client of the whole application, shares included."""
        office = self.record.office
        desk = public_desk(office)
        app = create_app(desk, sharing=sharing_desk(office, desk), receipts=self.desk)
        return app.test_client()


def receipt_record(folder: Path) -> ReceiptRecord:
    """Issue the sample record, let the second of its last list pass, and open its key for receipts."""
    record = issue_sample_record(folder)
    time.sleep(1.1)
    settings = load_settings({"PARCHEMIN_DATA": str(folder / "data"), "PARCHEMIN_BASE_URL": BASE_URL}, folder)
    return ReceiptRecord(record, receipt_desk(settings, record.office), folder / "data")
