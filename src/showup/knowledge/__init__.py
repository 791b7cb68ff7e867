"""What is known about senders, phrases and hosts: data in readable files, and the one function that reads them.

A language is one file in `languages/`, a sender one entry in `senders.toml`: adding either touches no code.
"""

from showup.knowledge.loader import load

__all__ = ["load"]
