"""What a form brings: files and a pasted text, within limits that twenty badges pass and a flood does not."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePath, PureWindowsPath
from typing import IO, Final

from flask import Request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from issuer.web.language import gettext

MAX_DOCUMENT_BYTES: Final = 1024 * 1024
"""One mebibyte: a credential is a few kilobytes, a badge picture or a parchment some hundred."""

MAX_FILES: Final = 20
MAX_FORM_BYTES: Final = 8 * 1024 * 1024
"""Of all that a form brings: twenty parchments of 400 kilobytes each."""

_MAX_PARTS: Final = 64
"""More than the files that are taken, so that one who gives thirty is told of the number, not of the size."""

_MAX_NAME: Final = 120


class MemoryRequest(Request):
    """A request whose files are never written to a disk: what is handed in is read, then forgotten."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return io.BytesIO()


class FormError(Exception):
    """A form that cannot be taken.

    Attributes:
        status: HTTP status.
        code: Stable, dotted.
        detail: What happened and what to do, in the reader's language.
        field: The field that it is about.
    """

    def __init__(self, status: HTTPStatus, code: str, detail: str, field: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file.

    Attributes:
        name: Its own name, as its sender calls it, without what a page cannot show.
        data: Its bytes; None where they are more than :data:`MAX_DOCUMENT_BYTES`.
    """

    name: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Form:
    """What a form brought.

    Attributes:
        files: The files that were chosen, in their order.
        text: The pasted text, without the space around it.
    """

    files: Sequence[HandedIn]
    text: str


def form_of(request: Request) -> Form:
    """Read a form.

    Args:
        request: A request whose body is a form.

    Raises:
        FormError: More was sent than is taken.
    """
    if request.mimetype == "multipart/form-data":
        # For this form alone: every other address keeps the limits of the application.
        request.max_content_length = MAX_FORM_BYTES
        request.max_form_parts = _MAX_PARTS
    try:
        sent = [file for file in request.files.getlist("file") if file.filename]
        text = request.form.get("text", "").strip()
    except RequestEntityTooLarge as error:
        raise _too_much(
            "http.request_entity_too_large", "file" if _is_multipart(request) else "text"
        ) from error
    try:
        if len(sent) > MAX_FILES:
            raise _too_much("file.too_many", "file")
        return Form([_read(file) for file in sent], text)
    finally:
        for file in sent:
            file.close()


def shown_name(name: str) -> str:
    """Give a file's name as a page may show it: its last part, in one line, with nothing hidden in it.

    Args:
        name: The name that a client gave: hostile.
    """
    last = PurePath(PureWindowsPath(name).name).name
    seen = "".join(" " if char.isspace() else char for char in last)
    # What is not printable shows nothing, or turns round what follows it.
    kept = "".join(filter(str.isprintable, seen)).strip()
    cut = kept if len(kept) <= _MAX_NAME else f"{kept[: _MAX_NAME - 1]}…"
    return cut or gettext("fichier sans nom")


def _is_multipart(request: Request) -> bool:
    return request.mimetype == "multipart/form-data"


def _read(file: FileStorage) -> HandedIn:
    data = file.read(MAX_DOCUMENT_BYTES + 1)
    return HandedIn(shown_name(file.filename or ""), data if len(data) <= MAX_DOCUMENT_BYTES else None)


def _too_much(code: str, field: str) -> FormError:
    detail = gettext(
        "C’est trop à la fois : vingt fichiers au plus, 1 Mo chacun et 8 Mo en tout. Rien n’a été vérifié ; "
        "recommencez avec moins de fichiers."
    )
    return FormError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, code, detail, field)
