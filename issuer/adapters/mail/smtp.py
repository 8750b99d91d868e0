"""Hands mails to a mail server, encrypted and within seconds (the ``Mailer`` port)."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from issuer.adapters.mail.message import Sender, message_of
from issuer.domain.mail_server import MailServer
from issuer.errors import MailError
from issuer.ports import Mail

TIMEOUT = 20.0
"""Seconds that the server may stay silent."""

_PERMANENT = 500
_REFUSED = "mail.refused"
_UNSENT = "mail.unsent"
_UNREACHABLE = "mail.unreachable"
_CAUSES = {
    smtplib.SMTPAuthenticationError: "it refuses the account or its password",
    smtplib.SMTPSenderRefused: "it refuses the sender's address",
    smtplib.SMTPNotSupportedError: "it does not offer encryption, or signing in",
    ssl.SSLError: "its certificate is not trusted, or it does not speak TLS",
    TimeoutError: "it stays silent",
}


class SmtpMailer:
    """Speaks to one mail server; a connection a mail."""

    def __init__(
        self,
        server: MailServer,
        sender: Sender,
        *,
        timeout: float = TIMEOUT,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """Say which server; nothing is connected yet.

        Args:
            server: The mail server.
            sender: Who mails come from.
            timeout: Seconds that it may stay silent.
            context: Whose certificates are trusted; None for those that the machine trusts.
        """
        self._server = server
        self._sender = sender
        self._timeout = timeout
        self._context = context

    @property
    def place(self) -> str:
        """What becomes of mails, for a person to read."""
        return f"sent by {self._server.host}"

    def send(self, mail: Mail) -> None:
        """Hand one mail over.

        Raises:
            MailError: ``mail.refused`` when the server refuses this address or this mail for good,
                ``mail.unsent`` when it refuses it for now, ``mail.unreachable`` when it takes no mail at all:
                silence, no encryption, no trust, a wrong password, a sender that it does not know.

        Spec: RFC 5321, section 4.2.1 (what 4yz and 5yz mean); RFC 3207 (STARTTLS).
        """
        message = message_of(mail, self._sender)
        with self._connected() as session:
            self._hand_over(session, message)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Connect, encrypt and sign in; whatever fails here fails for every mail."""
        try:
            session = self._opened()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise self._unreachable(error) from error
        try:
            try:
                self._prepare(session)
            except (OSError, smtplib.SMTPException, ValueError) as error:
                raise self._unreachable(error) from error
            yield session
        finally:
            with suppress(OSError, smtplib.SMTPException):
                session.quit()
            session.close()

    def _opened(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        name = self._sender.host
        if self._server.tls:
            return smtplib.SMTP_SSL(host, port, name, timeout=self._timeout, context=self._trusted())
        return smtplib.SMTP(host, port, name, timeout=self._timeout)

    def _prepare(self, session: smtplib.SMTP) -> None:
        if self._server.starttls:
            session.starttls(context=self._trusted())
        if self._server.user is not None:
            session.login(self._server.user, self._server.password or "")
        else:
            session.ehlo_or_helo_if_needed()

    def _trusted(self) -> ssl.SSLContext:
        return self._context or ssl.create_default_context()

    def _hand_over(self, session: smtplib.SMTP, message: EmailMessage) -> None:
        try:
            session.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _text in error.recipients.values()), default=_PERMANENT)
            raise self._failed(code) from None  # its text names the address
        except smtplib.SMTPNotSupportedError as error:
            raise self._failed(_PERMANENT) from error
        except smtplib.SMTPSenderRefused as error:
            raise self._unreachable(error) from None
        except smtplib.SMTPResponseException as error:
            raise self._failed(error.smtp_code) from None
        except (OSError, smtplib.SMTPException) as error:
            raise self._unreachable(error) from error

    def _failed(self, code: int) -> MailError:
        """Give the error of this one mail."""
        for_good = code >= _PERMANENT
        return MailError(
            _REFUSED if for_good else _UNSENT,
            f"the mail server refuses this mail {'for good' if for_good else 'for now'} (answer {code})",
            where=self._server.host,
            remedy="look at the person's address on file, then: parchemin notices resend"
            if for_good
            else "it is tried again by itself: parchemin notices send, from a timer",
        )

    def _unreachable(self, error: Exception) -> MailError:
        """Give the error of a server that takes no mail; the server's own words stay out of it."""
        return MailError(
            _UNREACHABLE,
            f"the mail server takes no mail ({_cause(error)})",
            where=self._server.shown,
            remedy="look at PARCHEMIN_SMTP_URL and PARCHEMIN_MAIL_FROM, and at the server; then: "
            "parchemin notices send",
        )


def _cause(error: Exception) -> str:
    """Say in a few words what kept a server from taking mail."""
    for kind, cause in _CAUSES.items():
        if isinstance(error, kind):
            return cause
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answers {error.smtp_code}"
    return "it cannot be reached, or hangs up"
