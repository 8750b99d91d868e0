"""Mails: their words in both languages, their two twins, and the ways that they go."""

from issuer.adapters.mail.background import BackgroundMailer
from issuer.adapters.mail.composer import MailComposer
from issuer.adapters.mail.folder import FolderMailer
from issuer.adapters.mail.message import Sender
from issuer.adapters.mail.smtp import SmtpMailer

__all__ = ["BackgroundMailer", "FolderMailer", "MailComposer", "Sender", "SmtpMailer"]
