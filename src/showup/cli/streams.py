"""The three streams that every program begins with, also where whoever started it closed them."""

import os
import sys


def settle() -> None:
    """Put the null device where a stream is missing.

    Else printing fails, and worse: the next file that is opened takes the stream's number, and is printed into.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)  # the lowest that is free, and so its own
            setattr(sys, name, os.fdopen(number, mode))
