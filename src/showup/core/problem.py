"""What went wrong, as a value of our own: one sentence, and what to do about it."""


class Problem(Exception):  # noqa: N818 - the project's word, in code, on the command line and in notices alike
    """Something the person should know of. `str()` gives the sentence followed by the remedy; never a traceback."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence, remedy)
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


class Usage(Problem):
    """The command was called wrongly (exit code 2)."""
