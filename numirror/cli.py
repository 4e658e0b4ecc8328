"""`python -m numirror.cli …`: what an operator types."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from numirror import manifest as manifests
from numirror.kernel.errors import NuMirrorError

if TYPE_CHECKING:
    import redis

    from numirror.shell.keys import Resealed, Standing
    from numirror.shell.resources.vault import Vault


class _Sentences(click.Group):
    """Says what is wrong in a sentence, and ends with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NuMirrorError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Sentences)
def main() -> None:
    """NuMirror, for operators."""


@main.command()
def settings() -> None:
    """Check and print the settings of this environment, secrets hidden."""
    from numirror.settings import Settings

    for name, value in Settings.read().shown().items():
        click.echo(f"{name}={value}")


@main.command()
@click.option(
    "--base-url", required=True, help="The public address of the web service, such as https://addon.example.com"
)
@click.option("--local", is_flag=True, help="Allow http:// on this computer, for the local Google.")
def manifest(base_url: str, local: bool) -> None:
    """Print the add-on's deployment resource for `gcloud workspace-add-ons deployments create`."""
    from numirror import catalog

    click.echo(json.dumps(manifests.manifest(base_url, production=not local, menu=catalog.MENU_PATHS), indent=2))


@main.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--tenant", required=True, help="The e-mail address whose log it is.")
@click.option(
    "--database-url",
    envvar="IMPORT_DATABASE_URL",
    required=True,
    help="Theirs; better in IMPORT_DATABASE_URL, which no list of processes shows.",
)
@click.option("--if-shorter", is_flag=True, help="Also where the log there has more events than the file.")
def import_(file: BinaryIO, tenant: str, database_url: str, if_shorter: bool) -> None:
    """Read an export into a database, for files that are too large for the page. The next visit draws the mirrors."""
    from numirror.shell.log import Connections, DatabaseNewer, EventLog, Target, Tenant
    from numirror.shell.log.restore_file import restore_file

    event_log, whose = EventLog(Connections(total=1)), Tenant(tenant.lower(), Target.parse(database_url))
    if event_log.ensure(whose) == "read_only":
        raise DatabaseNewer
    done = restore_file(event_log, whose, file, if_shorter=if_shorter)
    click.echo(f"Added: {done.count} events. There before: {done.skipped}. The last hash: {done.head_hash.hex()}")


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def simulator(words: tuple[str, ...]) -> None:
    """Start a local Google and a local AI alone, for any add-on: `numirror simulator --help`."""
    if not Path(__file__).parents[1].joinpath("simulator", "__main__.py").is_file():
        raise click.ClickException("The simulator is not part of this installation: start it in a clone of NuMirror.")
    # A program of its own, which takes our place and so hears Ctrl-C itself: the product never imports it. With -P no
    # folder of the same name where we stand takes its place.
    os.execv(sys.executable, (sys.executable, "-P", "-m", "simulator", *words))  # noqa: S606


@main.group()
def keys() -> None:
    """The master keys of LLM_MASTER_KEY, and what is sealed under them. See docs/keys.md."""


@keys.command()
def status() -> None:
    """Print the ids of the master keys, and how many leases are sealed under each."""
    from numirror.shell.keys import standing

    platform, vault = _opened()
    _show(standing(platform, vault), vault)


@keys.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def reseal(dry_run: bool) -> None:
    """Seal all leases anew under the newest key. May be stopped at any moment and begun again.

    Where LLM_MASTER_KEY holds the keys themselves, only when every process was restarted with the newest: one without
    it can't open what is sealed anew. Where it names a file or a secret, processes learn the key when they meet it.
    """
    from numirror.shell import keys as leases

    platform, vault = _opened()
    total = leases.standing(platform, vault).total
    with click.progressbar(length=total, label="Leases", file=sys.stderr) as bar:
        done = leases.reseal(platform, vault, dry_run=dry_run, progress=bar.update)
    _tell(done, vault.keyring.newest, dry_run)


def _opened() -> "tuple[redis.Redis, Vault]":
    from numirror.settings import Settings
    from numirror.shell.keys import platform
    from numirror.shell.resources.key_sources import read_keyring
    from numirror.shell.resources.vault import Vault

    settings = Settings.read()
    url = settings.secret_manager_url
    keyring = read_keyring(settings.master_key, production=settings.production, secret_manager_url=url)
    return platform(settings.redis_url), Vault(keyring)


def _show(standing: "Standing", vault: "Vault") -> None:
    ring = vault.keyring
    click.echo("Leases in Redis by the master key they are sealed under:")
    for kid in [*ring.kids, *sorted(standing.under.keys() - set(ring.kids))]:
        notes = ((ring.newest, "seals"), (ring.oldest, "gives names"))
        said = [note for which, note in notes if which == kid] or [
            "opens" if kid in ring.kids else "not in the keyring"
        ]
        click.echo(f"  {kid} ({', '.join(said)}): {standing.under.get(kid, 0)}")
    click.echo(f"  can't be opened: {standing.broken} of {standing.total}")


def _tell(done: "Resealed", newest: str, dry_run: bool) -> None:
    click.echo(f"{'To be sealed' if dry_run else 'Sealed'} anew under {newest}: {done.sealed}")
    click.echo(f"Under it before: {done.newest}")
    if done.renewed:
        click.echo(f"Renewed by a visit meanwhile, left alone: {done.renewed}. Run the command once more.")
    if done.broken:
        click.echo(
            f"Can't be opened, left alone: {done.broken}. They end by themselves; the next visit makes new ones."
        )
    if dry_run:
        click.echo("Nothing was changed.")
    click.echo("The vaults in users' Sheets are sealed anew at each user's next visit: keep the old keys until then.")


if __name__ == "__main__":
    main()
