"""The least that a click program can be: what ``relgraph --help`` is held against."""

import click


@click.command()
@click.option("--name", help="A name.")
def main(name: str) -> None:
    """Greet."""
    click.echo(name)


if __name__ == "__main__":
    main()
