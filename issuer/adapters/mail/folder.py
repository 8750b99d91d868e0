"""Writes mails into a folder, where no mail server is set; nothing leaves it (the ``Mailer`` port)."""

from pathlib import Path

from issuer.adapters.mail.message import Sender, message_of
from issuer.errors import MailError
from issuer.ports import Mail


class FolderMailer:
    """Writes each mail as an ``.eml`` file, which mail programs open."""

    def __init__(self, folder: Path, sender: Sender) -> None:
        """Name the folder; it is made with the first mail.

        Args:
            folder: Where the files go; readable by its owner alone.
            sender: Who mails come from.
        """
        self._folder = folder
        self._sender = sender

    @property
    def place(self) -> str:
        """What becomes of mails, for a person to read."""
        return f"written to {self._folder}"

    def send(self, mail: Mail) -> None:
        """Write one mail; a second try of the same mail takes the place of the first.

        Raises:
            MailError: ``mail.refused`` for no address, ``mail.unreachable`` for a folder that resists.
        """
        content = message_of(mail, self._sender, encoding="8bit").as_bytes()
        stem = mail.id.removeprefix("urn:uuid:")
        draft = self._folder / f".{stem}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.touch(mode=0o600)
            draft.write_bytes(content)
            draft.rename(self._folder / f"{mail.at:%Y%m%dT%H%M%S}-{stem}.eml")
        except OSError as error:
            raise MailError(
                "mail.unreachable",
                f"the folder for mails cannot be written ({error.strerror})",
                where=self._folder.name,
                remedy="let this user write it, then: parchemin notices send",
            ) from error
