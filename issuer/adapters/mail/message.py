"""A mail as the Internet writes it: headers that nothing in it can add to, and two twins."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from issuer.domain.mail_server import is_address
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
        MailError: ``mail.refused`` when the address cannot be written to.

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
    return message


def recipient(text: str) -> Address:
    """Give the address that a mail goes to.

    Args:
        text: As the record has it.

    Raises:
        MailError: ``mail.refused``: it is no mail address, or not one alone.
    """
    address = text.strip()
    name, _at, host = address.rpartition("@")
    if not is_address(address):
        raise _no_address()
    try:
        return Address(username=name, domain=host.encode("idna").decode("ascii"))
    except ValueError:  # a domain that the DNS cannot hold
        raise _no_address() from None


def _no_address() -> MailError:
    return MailError(
        "mail.refused",
        "what is on file is not one mail address",
        where="address",
        remedy="put the person's address on file, then: parchemin notices resend",
    )


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_LONGEST_NAME]
