"""Writes to people: what must go at once, and every mail that waits."""

from collections.abc import Callable

from issuer.ports import Composer, Delivery, Letter, Mailer, NoticeKind
from issuer.services import notices
from issuer.services.office import Office


class PostOffice:
    """Composes mails and hands them over (the ``Post`` port)."""

    def __init__(
        self,
        office: Office,
        mailer: Mailer,
        composer: Composer,
        *,
        at_once: Mailer | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """Give it what it works with.

        Args:
            office: The service.
            mailer: Hands mails over.
            composer: Gives them words.
            at_once: Hands over what is not kept, where that is another one; None for `mailer`.
            tell: Told each entry link: a demonstration without a mail server shows it; nothing else does.
        """
        self._office = office
        self._mailer = mailer
        self._composer = composer
        self._at_once = at_once or mailer
        self._tell = tell

    @property
    def place(self) -> str:
        """What becomes of mails, for a person to read."""
        return self._mailer.place

    def send_entry(self, candidate_id: str, link: str) -> None:
        """Write to a person the single-use link into their space, at once; nothing is kept of the link.

        Args:
            candidate_id: Whose space: the mail goes to the address on file, and nowhere where there is none.
            link: The whole address, secret included.

        Raises:
            MailError: It did not go.
        """
        with self._office.store.reading() as registry:
            address = notices.address_of(self._office, registry, candidate_id)
        if address is not None:
            self._send(NoticeKind.ENTRY, address, link)
            if self._tell is not None:
                self._tell(f"mail {self.place}; it leads to {link}")

    def send_shared_address(self, mail: str) -> None:
        """Write to an address that is on file for several persons: the registry helps, nobody is guessed.

        Args:
            mail: The address, as it is on file.

        Raises:
            MailError: It did not go.
        """
        self._send(NoticeKind.SHARED_ADDRESS, mail, None)

    def send_due(self) -> Delivery:
        """Hand over every mail whose time has come."""
        return notices.send_due(self._office, self._mailer, self._composer)

    def _send(self, kind: NoticeKind, address: str, link: str | None) -> None:
        letter = Letter(self._office.ids.urn(), kind, address, self._office.clock.now(), link)
        self._at_once.send(self._composer.compose(letter))
