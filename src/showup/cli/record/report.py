"""`showup report`: the record for the person's own file."""

import sys
from pathlib import Path

import click

from showup.cli import completing
from showup.cli.parts import reviewing, zone
from showup.cli.record.export import write
from showup.core.problem import Usage

_STDOUT = Path("-")


@click.command()
@click.option("--employer", metavar="NAME", shell_complete=completing.companies, help="One employer only.")
@click.option("--html", "form", flag_value="html", default="html", help="One file that needs no other (the default).")
@click.option("--md", "form", flag_value="md", help="Markdown.")
@click.option("--pdf", "form", flag_value="pdf", help="PDF, printed by Chromium or a browser of its family.")
@click.option("--without-personal", is_flag=True, help="Leave out titles, addresses and notes.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file, not to the terminal.")
def report(employer: str | None, form: str, without_personal: bool, output: Path | None) -> None:
    """Write the record as a report to keep.

    It tells of all employers, their interviews and how each went, with the totals, or of one employer. Links to join
    are never in it.
    """
    from showup.flow.report import report as tell
    from showup.web.report.printing import printed
    from showup.web.report.writing import html, markdown

    to_stdout = output in {None, _STDOUT}
    if form == "pdf" and to_stdout and sys.stdout.isatty():
        raise Usage("A PDF is nothing for a terminal.", "Name a file: `--output report.pdf`.")
    with reviewing() as review:
        found = tell(review, employer, personal=not without_personal)
        score = review.judge.policy.score
    text = markdown(found, zone(), score) if form == "md" else html(found, zone(), score)
    content = printed(text) if form == "pdf" else text
    if output is None or to_stdout:
        click.echo(content, nl=False)
    else:
        write(output, content)
        click.echo(f"Written to {output}")
