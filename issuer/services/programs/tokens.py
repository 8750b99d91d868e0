"""The tokens of programs: shown once, and kept as digests alone."""

import hashlib
import re
from collections.abc import Collection

from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports.systems import Program, Scope
from issuer.services import audit
from issuer.services.office import Office

TOKEN_PREFIX = "parchemin_"  # noqa: S105 - no secret: what scanners for leaked secrets look for
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)


def digest_of_token(token: str) -> str:
    """Give what the register keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_program(office: Office, name: str, scopes: Collection[Scope], *, actor: str) -> str:
    """Let a program in.

    Args:
        office: The service.
        name: Its name: lower case, digits and hyphens.
        scopes: What it may do.
        actor: Who; may not approve what the program proposes.

    Returns:
        Its token, which is shown once and kept nowhere.

    Raises:
        RefusedError: ``program.name`` or ``program.scopes``.
        ConflictError: ``program.known``: a name is given once, also after its end.
    """
    if not _NAME.fullmatch(name):
        raise RefusedError(
            "program.name",
            "a program's name has 2 to 40 lower-case letters, digits and hyphens, a letter first",
            where="NAME",
            remedy="for example: scolarite",
        )
    if not scopes:
        raise RefusedError(
            "program.scopes",
            "a program without a scope could do nothing",
            where="--scope",
            remedy="name at least one of: " + ", ".join(Scope),
        )
    token = TOKEN_PREFIX + office.ids.token()
    with office.store.writing() as registry:
        if any(known.name == name for known in registry.programs()):
            raise ConflictError(
                "program.known",
                "a program of this name is or was let in; the trail must tell one from the other",
                where=name,
                remedy="choose another name, such as one with a year",
            )
        now = office.clock.now()
        registry.add_program(Program(name, digest_of_token(token), frozenset(scopes), now, actor))
        audit.record(registry, now, actor, "program.new", name, {"scopes": sorted(scopes)})
    return token


def end_program(office: Office, name: str, *, actor: str) -> None:
    """Shut a program out at once and for good.

    Args:
        office: The service.
        name: Its name.
        actor: Who.

    Raises:
        NotFoundError: ``program.unknown``: none of this name is let in.
    """
    with office.store.writing() as registry:
        if not any(known.name == name and known.ended_at is None for known in registry.programs()):
            raise NotFoundError(
                "program.unknown",
                "no program of this name is let in",
                where=name[:40],
                remedy="list them with: parchemin programs list",
            )
        now = office.clock.now()
        registry.end_program(name, now, actor)
        audit.record(registry, now, actor, "program.ended", name, {})
