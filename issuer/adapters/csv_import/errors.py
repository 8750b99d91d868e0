"""Why a file cannot be read at all.

    ImportFileError          the file: encoding, header, quoting, limits
    └── ColumnMapError       the YAML that says how a file's columns are called

A faulty *row* is no exception but a :class:`~issuer.adapters.csv_import.result.RowProblem`.
"""

from credentials.report import Sentence


class ImportFileError(Exception):
    """A file that cannot be read; nothing of it was taken.

    ``str()`` gives code and place only and is safe in a log. The message is for the operator whose file
    it is: it may quote the file's first line.

    Attributes:
        code: Stable, dotted, e.g. ``import.undecodable``.
        where: The file's name, then ``:row`` and ``:column`` where they are known (the header is row 1).
        message: What is wrong.
        remedy: What to do.
    """

    def __init__(self, code: str, where: str, message: Sentence, remedy: Sentence) -> None:
        super().__init__(f"{code} ({where})")
        self.code = code
        self.where = where
        self.message = message
        self.remedy = remedy

    def text(self) -> Sentence:
        """Give place, message and remedy in one line.

        Returns:
            The line in both languages.
        """
        return Sentence(
            f"{self.where}\u202f: {self.message.fr} {self.remedy.fr}",
            f"{self.where}: {self.message.en} {self.remedy.en}",
        )


class ColumnMapError(ImportFileError):
    """A column map that cannot be used."""
