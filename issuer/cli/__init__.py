"""The ``parchemin`` command."""

import click

from issuer.cli import (
    audit_group,
    awards,
    catalog,
    cellar,
    cpf,
    explaining,
    exporting,
    holders,
    jury,
    keys_group,
    letters,
    notices,
    orders_group,
    people,
    planning,
    programs,
    replacing,
    service,
    staff_group,
    status_group,
    todo,
    trust,
    verification,
    watching,
    worker,
)
from issuer.cli.failures import reported


class Parchemin(click.Group):
    """The command group; every failure is one line."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; each must be text, because the register keeps text."""
        with reported():
            for position, argument in enumerate(args, start=1):
                if not _is_text(argument):
                    message = f"argument {position} is not UTF-8 text; rename the file or retype it"
                    raise click.UsageError(message, ctx)
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        with reported():
            return super().invoke(ctx)


def _is_text(argument: str) -> bool:
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in argument


@click.group(cls=Parchemin, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parchemin")
def main() -> None:
    """Issue and check digital diplomas: Open Badges 3.0 credentials for certifications made of blocks."""


for command in (
    service.init,
    service.demo,
    service.doctor,
    service.serve,
    catalog.certification,
    jury.jury,
    planning.plan,
    planning.approve,
    planning.issue,
    awards.awards,
    awards.show,
    explaining.explain,
    exporting.export,
    holders.prepare,
    letters.letter,
    awards.revoke,
    awards.suspend,
    awards.reinstate,
    replacing.replace,
    replacing.duplicate,
    holders.holders,
    notices.notices,
    notices.doubts,
    orders_group.orders,
    todo.todo,
    staff_group.staff,
    status_group.status,
    verification.verify,
    programs.programs,
    trust.trust,
    keys_group.keys,
    audit_group.audit,
    worker.worker,
    cellar.backup,
    cellar.restore,
    cellar.register,
    watching.watch,
    cpf.cpf,
    people.person_group,
    people.extract,
    people.statistics,
    people.purge,
):
    main.add_command(command)
