"""`showup completion`: what a shell needs to complete commands, options, interviews and companies."""

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_")


class Bash(BashComplete):
    """Completion for bash; unlike click's own, what it puts into the line is one word, whatever is in it."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' response completion
    response=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1")
    while read -r completion; do
        case "$completion" in
            dir,*) compopt -o dirnames ;;
            file,*) compopt -o default ;;
            plain,*) COMPREPLY+=("${completion#plain,}") ;;
        esac
    done <<<"$response"
    return 0
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def format_completion(self, item: CompletionItem[str]) -> str:
        """One line: its kind, and the word as it is written in a command."""
        word = "".join(char if char in _SAFE or ord(char) > 127 else f"\\{char}" for char in item.value)
        return f"{item.type},{word}"


class Fish(FishComplete):
    """Completion for fish; unlike click's own, a name may have a comma in it."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


add_completion_class(Bash)
add_completion_class(Fish)
_SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": ZshComplete, "fish": Fish}


@click.command()
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def completion(shell: str) -> None:
    """Print what a shell needs to complete commands.

    It completes interviews and companies, too.

    \b
    bash:  showup completion bash > ~/.local/share/bash-completion/completions/showup
    zsh:   showup completion zsh > ~/.zfunc/_showup     (a folder of your fpath)
    fish:  showup completion fish > ~/.config/fish/completions/showup.fish
    """  # noqa: D301 - click wants the control character, which keeps the lines apart
    from showup.cli.main import commands

    click.echo(_SHELLS[shell](commands, {}, "showup", "_SHOWUP_COMPLETE").source())
