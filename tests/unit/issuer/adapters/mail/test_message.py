"""Headers: who writes, to whom, when, in which languages; and nothing in a mail adds one."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.adapters.mail.message import Sender, message_of, only_what_was_set, recipient
from issuer.errors import MailError
from issuer.ports import NoticeKind
from tests.unit.issuer.adapters.mail.letters import SENDER, letter, mail

USUAL = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
         "Content-Type", "Content-Language"]  # fmt: skip


def test_the_headers_say_who_to_whom_when_and_in_which_languages() -> None:
    message = message_of(mail(), SENDER)

    assert message.keys() == USUAL
    assert str(message["From"]) == '"Le Cnam, scolarité" <scolarite@example.org>'
    assert message["To"] == "helene@example.org"
    assert message["Reply-To"] == "reponses@example.org"
    assert message["Subject"] == "Vos attestations sont prêtes · Your certificates are ready"
    assert message["Date"] == "Tue, 24 Nov 2026 09:30:00 +0000"
    assert message["Message-ID"] == "<00000000-0000-4000-8000-000000000001@diplomes.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr, en"


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("encoding", ["quoted-printable", "8bit"])
def test_a_mail_program_reads_both_twins_back(kind: NoticeKind, encoding: str) -> None:
    written = mail(kind)

    read = message_from_bytes(message_of(written, SENDER, encoding=encoding).as_bytes(), policy=SMTP)

    assert read.defects == []
    assert read.get_content_type() == "multipart/alternative"
    parts = {part.get_content_type(): part.get_content() for part in read.iter_parts()}
    assert list(parts) == ["text/plain", "text/html"]
    assert parts["text/plain"].replace("\r\n", "\n") == written.text
    assert parts["text/html"].replace("\r\n", "\n") == written.html


def test_a_second_try_bears_the_same_message_id() -> None:
    later = replace(mail(), at=letter(NoticeKind.AWARDED).at.replace(hour=20))

    assert message_of(mail(), SENDER)["Message-ID"] == message_of(later, SENDER)["Message-ID"]


def test_without_an_address_for_answers_there_is_no_such_header() -> None:
    assert "Reply-To" not in message_of(mail(), replace(SENDER, answers=None))


def test_every_line_is_short_enough_for_every_mail_server() -> None:
    raw = message_of(replace(mail(), text="é" * 5_000), SENDER).as_bytes()

    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@given(st.text(), st.text())
def test_no_name_and_no_subject_ever_adds_a_header(name: str, subject: str) -> None:
    sender = Sender(f"{name}\r\nBcc: x@example.org", "a@example.org", "host.example")

    raw = message_of(replace(mail(), subject=f"{subject}\nX-Evil: 1"), sender).as_bytes()

    read = message_from_bytes(raw, policy=SMTP)
    assert read.keys() == [key for key in USUAL if key != "Reply-To"]
    assert read["To"] == "helene@example.org"
    assert str(read["From"].addresses[0].addr_spec) == "a@example.org"


ENCODED = "=?utf-8?q?x=0d=0aBcc=3a_evil=40x.example?="
"""Programs that read mails undo it: into a line's end, and a header."""


@pytest.mark.parametrize("form", ["{0}", "a{0}", "{0} {0}", "{0}\n{0}"])
def test_a_word_that_is_undone_into_a_header_stays_a_word(form: str) -> None:
    evil = form.format(ENCODED)

    raw = message_of(replace(mail(), subject=evil), replace(SENDER, name=evil)).as_bytes()

    assert message_from_bytes(raw, policy=SMTP).keys() == USUAL
    with pytest.raises(MailError):
        message_of(replace(mail(), to=f"{ENCODED}@example.org"), SENDER)


@pytest.mark.parametrize("header", ["Subject", "X-Other"])
def test_a_message_that_would_be_written_with_another_header_is_not_written(header: str) -> None:
    message = EmailMessage(SMTP)
    message[header] = ENCODED
    message["To"] = "helene@example.org"
    message.set_content("x")

    with pytest.raises(MailError) as caught:
        only_what_was_set(message)

    assert (caught.value.code, caught.value.where) == ("mail.refused", "headers")


@given(st.text())
def test_no_address_on_file_ever_adds_a_header_or_a_second_reader(address: str) -> None:
    try:
        raw = message_of(replace(mail(), to=f"{address}@example.org"), SENDER).as_bytes()
    except MailError:
        return

    read = message_from_bytes(raw, policy=SMTP)
    assert read.keys() == USUAL
    assert len(read["To"].addresses) == 1


@pytest.mark.parametrize(
    "address",
    ["", "néant", "a@b", "a@b.fr, c@d.fr", "a b@c.fr", "<a@b.fr>", "a@b.fr\nBcc: c@d.fr", "a@b@c.fr", "a@..fr",
     "a@" + "é" * 64 + ".fr", "a" * 250 + "@b.fr", '"a"@b.fr'],
)  # fmt: skip
def test_what_is_no_single_address_is_refused_for_good_and_not_repeated_in_the_error(address: str) -> None:
    with pytest.raises(MailError) as caught:
        recipient(address)

    assert caught.value.code == "mail.refused"
    assert (
        address == "" or address not in f"{caught.value.message} {caught.value.where} {caught.value.remedy}"
    )


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("helene@example.org", "helene@example.org"),
        (" helene@example.org ", "helene@example.org"),
        ("o'neil+x@éxample.fr", "o'neil+x@xn--xample-9ua.fr"),
    ],
)
def test_what_is_one_is_written_as_the_network_writes_it(address: str, written: str) -> None:
    assert recipient(address).addr_spec == written
