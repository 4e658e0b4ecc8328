"""`python -m numirror.cli …`: what an operator types."""

import json

import click

from numirror import manifest as manifests
from numirror.kernel.errors import NuMirrorError


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
    click.echo(json.dumps(manifests.manifest(base_url, production=not local), indent=2))


if __name__ == "__main__":
    main()
