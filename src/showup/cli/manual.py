"""The manual page, made from the commands themselves: `make manual` writes it, and a test holds it to them."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from textwrap import wrap
from typing import Any

import click

from showup import __version__

_CODE = re.compile(r"`([^`]*)`")
_WIDTH = 72
_KEPT = "\b"
"""What click begins a paragraph with whose lines are to be kept."""


def page() -> str:
    """The page in roff, with the macros of man(7)."""
    from showup.cli.main import commands

    more = tomllib.loads(files("showup.cli").joinpath("manual.toml").read_text("utf-8"))
    lines = [
        r".\" Made by `make manual` from the help of the commands.",
        f'.TH SHOWUP 1 "{more["date"]}" "showup {__version__}" "User Commands"',
        ".SH NAME",
        rf"showup \- {_text(more['summary'])}",
        ".SH SYNOPSIS",
        ".B showup",
        r"\fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]...",
        ".SH DESCRIPTION",
        *_paragraphs(more["description"]),
        ".SH COMMANDS",
        *_commands(commands, click.Context(commands, info_name="showup")),
    ]
    for section in more["section"]:
        lines += [f".SH {section['title']}", *_paragraphs(section.get("text", "")), *_terms(section.get("terms", {}))]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, above: click.Context) -> Iterator[str]:
    """Every command that can be called, those of a group below it."""
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, info_name=name, parent=above)
        yield f".SS {_text(' '.join([context.command_path, *_usage(command, context)]))}"
        yield from _paragraphs(command.help or "")
        yield from _terms(dict(_options(command, context)))
        if isinstance(command, click.Group):
            yield from _commands(command, context)


def _usage(command: click.Command, context: click.Context) -> list[str]:
    return [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record and isinstance(option, click.Option) and "--help" not in option.opts:
            yield record


def _terms(terms: dict[str, Any]) -> Iterator[str]:
    for term, text in terms.items():
        yield from (".TP", rf"\fB{_text(term)}\fR", *_lines(text))


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs apart; lines are kept where click keeps them."""
    for place, paragraph in enumerate(text.strip("\n").split("\n\n")):
        if place and paragraph:
            yield ".PP"
        if _KEPT in paragraph:
            yield from (".nf", *(_text(line) for line in paragraph.split("\n") if _KEPT not in line), ".fi")
        elif paragraph:
            yield from _lines(paragraph)


def _lines(text: str) -> Iterator[str]:
    """A text in lines that are not too long."""
    words = _marked(" ".join(text.split()))
    yield from map(_guarded, wrap(words, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _text(text: str) -> str:
    """A line of text."""
    return _guarded(_marked(text))


def _marked(text: str) -> str:
    """A text in roff; what stands between backticks is bold."""
    return _CODE.sub(r"\\fB\1\\fR", text.replace("\\", r"\e").replace("-", r"\-"))


def _guarded(line: str) -> str:
    """A line that is none of roff's own commands."""
    return rf"\&{line}" if line.startswith((".", "'")) else line


if __name__ == "__main__":
    sys.stdout.write(page())
