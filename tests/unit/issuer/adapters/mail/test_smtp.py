"""Against a real mail server: what goes, what waits, what is given up; never a word in clear that must not be."""

import ssl
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from issuer.adapters.mail import SmtpMailer
from issuer.domain.mail_server import MailServer
from issuer.errors import MailError
from tests.support.loopback import Authority
from tests.support.smtp_server import Script, SmtpServer, closed_port, smtp_server
from tests.unit.issuer.adapters.mail.letters import SENDER, mail


def mailer(
    server: SmtpServer, *, timeout: float = 5, context: ssl.SSLContext | None = None, **how: object
) -> SmtpMailer:
    settings: dict[str, object] = {"starttls": False, **how}
    return SmtpMailer(
        MailServer("127.0.0.1", server.port, **settings),  # type: ignore[arg-type]
        SENDER,
        timeout=timeout,
        context=context,
    )


def failure(sending: SmtpMailer) -> MailError:
    with pytest.raises(MailError) as caught:
        sending.send(mail())
    said = f"{caught.value.message} {caught.value.where} {caught.value.remedy}"
    assert "helene" not in said
    assert "s3cret" not in said
    return caught.value


def test_a_mail_that_is_taken_arrives_whole() -> None:
    with smtp_server() as server:
        mailer(server).send(mail())

    (message,) = server.messages
    assert message["To"] == "helene@example.org"
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == mail().text
    assert [command.split(" ")[0] for command, _tls in server.said][-1] == "QUIT"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"RCPT": "550 no such user <helene@example.org>"}, "mail.refused"),
        ({"RCPT": "450 greylisted"}, "mail.unsent"),
        ({".": "554 refused"}, "mail.refused"),
        ({".": "451 later"}, "mail.unsent"),
        ({"DATA": "451 later"}, "mail.unsent"),
        ({"DATA": "554 no"}, "mail.refused"),
        ({"MAIL": "550 who are you"}, "mail.unreachable"),
        ({"MAIL": "451 later"}, "mail.unreachable"),
        ({"CONNECT": "554 go away"}, "mail.unreachable"),
        ({"CONNECT": "421 too busy"}, "mail.unreachable"),
        ({"CONNECT": "this is no mail server"}, "mail.unreachable"),
        ({"EHLO": "500 what", "HELO": "500 what"}, "mail.unreachable"),
    ],
)
def test_each_answer_of_the_server_means_one_thing(answers: Mapping[str, str], code: str) -> None:
    with smtp_server(Script(answers)) as server:
        assert failure(mailer(server)).code == code

    assert server.taken == []


@pytest.mark.parametrize("word", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."])
def test_a_server_that_falls_silent_is_left_within_the_limit(word: str) -> None:
    began = time.monotonic()
    with smtp_server(Script(hangs=frozenset({word}))) as server:
        error = failure(mailer(server, timeout=0.3))
        assert time.monotonic() - began < 3

    assert error.code == "mail.unreachable"


def test_where_nobody_listens_no_mail_goes() -> None:
    error = failure(SmtpMailer(MailServer("127.0.0.1", closed_port(), starttls=False), SENDER, timeout=1))

    assert error.code == "mail.unreachable"


def test_without_encryption_nothing_is_said_where_it_is_required() -> None:
    with smtp_server(Script(accounts={"desk": "s3cret"})) as server:
        error = failure(mailer(server, starttls=True, user="desk", password="s3cret"))

    assert error.code == "mail.unreachable"
    assert "encryption" in error.message
    assert {command.split(" ")[0] for command, _tls in server.said} <= {"EHLO", "QUIT"}


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.made(tmp_path)


def _trusting(authority: Authority) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(authority.file))
    # The test's server is reached by its address; its certificate bears the name that it would have.
    context.check_hostname = False
    return context


def test_account_and_mail_are_said_under_encryption_alone(authority: Authority) -> None:
    script = Script(context=authority.context_for("mail.example.org"), accounts={"desk": "s3cret"})
    with smtp_server(script) as server:
        mailer(server, starttls=True, user="desk", password="s3cret", context=_trusting(authority)).send(
            mail()
        )

    assert len(server.taken) == 1
    clear = [command for command, tls in server.said if not tls]
    assert {command.split(" ")[0] for command in clear} == {"EHLO", "STARTTLS"}
    assert any(command.startswith("AUTH") for command, tls in server.said if tls)


def test_a_server_that_speaks_tls_from_the_first_byte_is_spoken_to_so(authority: Authority) -> None:
    script = Script(context=authority.context_for("mail.example.org"), tls=True)
    with smtp_server(script) as server:
        mailer(server, tls=True, context=_trusting(authority)).send(mail())

    assert len(server.taken) == 1
    assert all(tls for _command, tls in server.said)


@pytest.mark.parametrize("tls", [True, False])
def test_a_certificate_that_nobody_trusts_is_refused(authority: Authority, tls: bool) -> None:
    script = Script(context=authority.context_for("mail.example.org"), tls=tls, accounts={"desk": "s3cret"})
    with smtp_server(script) as server:
        error = failure(mailer(server, tls=tls, starttls=not tls, user="desk", password="s3cret"))

    assert error.code == "mail.unreachable"
    assert "certificate" in error.message
    assert server.taken == []
    assert not any(command.startswith("AUTH") for command, _tls in server.said)


def test_a_wrong_password_bounces_nobody(authority: Authority) -> None:
    script = Script(context=authority.context_for("mail.example.org"), accounts={"desk": "right"})
    with smtp_server(script) as server:
        error = failure(
            mailer(server, starttls=True, user="desk", password="s3cret", context=_trusting(authority))
        )

    assert error.code == "mail.unreachable"
    assert "password" in error.message


def test_an_address_that_the_server_cannot_write_is_given_up() -> None:
    with smtp_server() as server, pytest.raises(MailError) as caught:
        mailer(server).send(mail(to="hélène@example.org"))

    assert caught.value.code == "mail.refused"


def test_its_place_is_the_host_without_the_account() -> None:
    assert (
        SmtpMailer(MailServer("mail.example.org", 587, "desk", "s3cret"), SENDER).place
        == "sent by mail.example.org"
    )
