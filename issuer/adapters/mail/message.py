"""A mail as the Internet writes it: headers that nothing in it can add to, and two twins."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from issuer.domain.mail_server import address_parts
from issuer.errors import MailError
from issuer.ports import Mail

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mails come from.

    Attributes:
        name: What a mail program shows: the institution's short name and its registry.
        address: Where those that bounce come back.
        host: The service's host, for ``Message-ID``.
        answers: Where answers go, or None for `address`.
    """

    name: str
    address: str
    host: str
    answers: str | None = None


def message_of(mail: Mail, sender: Sender, *, encoding: str = "quoted-printable") -> EmailMessage:
    """Give a mail its headers and its parts.

    Args:
        mail: The mail.
        sender: Who it comes from.
        encoding: Of the bodies: ``quoted-printable`` for the wire, ``8bit`` for a file that people read.

    Raises:
        MailError: ``mail.refused`` when the address cannot be written to, or a header would add another.

    Spec: RFC 5322, section 3.6; RFC 3834, section 5 (``Auto-Submitted``); RFC 3282 (``Content-Language``).
    """
    message = EmailMessage(SMTP)
    message["From"] = Address(_one_line(sender.name), addr_spec=sender.address)
    message["To"] = recipient(mail.to)
    if sender.answers is not None:
        message["Reply-To"] = Address(addr_spec=sender.answers)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.id.removeprefix('urn:uuid:')}@{sender.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte=encoding)
    message.add_alternative(mail.html, subtype="html", cte=encoding)
    message["Content-Language"] = ", ".join(mail.languages)  # setting the bodies takes such a line away
    return only_what_was_set(message)


def recipient(text: str) -> Address:
    """Give the address that a mail goes to.

    Args:
        text: As the record has it.

    Raises:
        MailError: ``mail.refused``: it is no mail address, or not one alone.
    """
    parts = address_parts(text.strip())
    if parts is None:
        raise MailError(
            "mail.refused",
            "what is on file is not one mail address",
            where="address",
            remedy="put the person's address on file, then: parchemin notices resend",
        )
    return Address(username=parts[0], domain=parts[1])


def only_what_was_set(message: EmailMessage) -> EmailMessage:
    """Give a message back whose headers, as they are written, are those that were set and no others.

    Args:
        message: With all its headers.

    Raises:
        MailError: ``mail.refused``: a value ends its line and goes on with a header of its own.

    Spec: RFC 5322, section 2.2 (a header begins a line; what continues one begins with white space).
    """
    for policy in (SMTP, SMTP.clone(utf8=True)):  # as it goes to servers that take ASCII alone, and to others
        head = message.as_bytes(policy=policy).partition(b"\r\n\r\n")[0]
        written = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
        if written != [name.encode() for name in message.keys()]:  # noqa: SIM118 - a message is no mapping
            raise MailError(
                "mail.refused",
                "a header of this mail would add another one",
                where="headers",
                remedy="look at the person's address and at the institution's names, then: "
                "parchemin notices resend",
            )
    return message


def _one_line(text: str) -> str:
    """Give a text that stays one: without ends of lines, and without words that are undone into some."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text).replace("=?", "= ?")
    return " ".join(shown.split())[:_LONGEST_NAME]
