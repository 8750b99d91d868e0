"""Without a mail server: files that mail programs open, for their owner alone; and the hand-over behind a page."""

import threading
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from issuer.adapters.mail import BackgroundMailer, FolderMailer
from issuer.adapters.mail.background import MOST_WAITING
from issuer.errors import MailError
from issuer.ports import Mail
from tests.unit.issuer.adapters.mail.letters import SENDER, mail


def test_a_mail_becomes_one_file_for_its_owner_alone(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail", SENDER)

    mailer.send(mail())
    mailer.send(mail())

    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == "20261124T093000-00000000-0000-4000-8000-000000000001.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
    assert message_from_bytes(file.read_bytes(), policy=SMTP)["To"] == "helene@example.org"
    assert "https://diplomes.example.org/moi" in file.read_text(encoding="utf-8"), "readable as it lies there"
    assert mailer.place == f"written to {tmp_path / 'mail'}"


def test_a_folder_that_cannot_be_written_keeps_the_mail_waiting(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file")

    with pytest.raises(MailError) as caught:
        FolderMailer(tmp_path / "mail", SENDER).send(mail())

    assert caught.value.code == "mail.unreachable"


def test_no_file_is_written_for_what_is_no_address(tmp_path: Path) -> None:
    with pytest.raises(MailError) as caught:
        FolderMailer(tmp_path / "mail", SENDER).send(mail(to="néant"))

    assert caught.value.code == "mail.refused"
    assert list(tmp_path.iterdir()) == []


class _Slow:
    """A mailer that waits until it is told to go on."""

    place = "nowhere"

    def __init__(self) -> None:
        self.go = threading.Event()
        self.sent: list[str] = []

    def send(self, mail: Mail) -> None:
        self.go.wait(10)
        if mail.to == "bad@example.org":
            raise MailError("mail.refused", "no", where="x", remedy="y")
        self.sent.append(mail.to)


def test_who_hands_over_is_given_back_before_the_mail_goes_and_failures_are_reported_elsewhere() -> None:
    slow, said = _Slow(), list[MailError]()
    behind = BackgroundMailer(slow, said.append)

    behind.send(mail())
    behind.send(mail(to="bad@example.org"))
    assert slow.sent == []
    slow.go.set()
    behind.close()

    assert slow.sent == ["helene@example.org"]
    assert [error.code for error in said] == ["mail.refused"]
    assert behind.place == "nowhere"


def test_no_more_wait_than_memory_should_hold() -> None:
    slow, said = _Slow(), list[MailError]()
    behind = BackgroundMailer(slow, said.append)

    for _ in range(MOST_WAITING + 3):
        behind.send(mail())
    slow.go.set()
    behind.close()

    assert len(slow.sent) == MOST_WAITING
    assert [error.code for error in said] == ["mail.unsent"] * 3
