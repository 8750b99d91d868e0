"""Errors of the service, each with a code, the place and the remedy.

::

    ServiceError
    ├── ConfigurationError      a setting or the data folder is not usable
    ├── NotFoundError           no such award, plan, certification…
    ├── ConflictError           the act contradicts what the register holds
    │   └── AlreadyAwardedError a live award exists already
    ├── RefusedError            the rules or the input refuse it
    ├── RegisterError           the register cannot be read or written
    └── MailError               a mail did not go
"""


class ServiceError(Exception):
    """An act that could not be done; nothing was half-written.

    Attributes:
        code: Stable, dotted.
        message: One sentence, without personal data.
        where: The place: a setting, a file, an award's number.
        remedy: What to do next.
    """

    def __init__(self, code: str, message: str, *, where: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.remedy = remedy


class ConfigurationError(ServiceError):
    """A setting is missing, unknown or contradicts the data folder."""


class NotFoundError(ServiceError):
    """The thing asked for is not in the register."""


class ConflictError(ServiceError):
    """The act contradicts what the register holds."""


class AlreadyAwardedError(ConflictError):
    """A live award exists for the same person, certification and component."""


class RefusedError(ServiceError):
    """The rules or the input refuse the act."""


class RegisterError(ServiceError):
    """The register cannot be read or written."""


class MailError(ServiceError):
    """A mail did not go; what is queued waits, unless it is refused for good."""
