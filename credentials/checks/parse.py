"""``parse``: strict JSON or a strict token, by itself or baked in a picture."""

from credentials.document import Document, ReadProblem
from credentials.errors import CredentialError
from credentials.json_input import check_values
from credentials.messages import answer, code_of
from credentials.report import Check


def check(received: Document | ReadProblem) -> Check:
    """Say whether a document could be read.

    Args:
        received: What :func:`credentials.document.read` found, or a document made by the caller.
    """
    if isinstance(received, ReadProblem):
        return answer(received.code, where=received.where)
    try:
        check_values(received.content)
    except CredentialError as error:
        return answer(code_of(error), where=error.where)
    return answer("parse.ok")
