"""Is this event an interview, and with whom?"""

from showup.core.recognition.knowledge import Knowledge
from showup.core.recognition.recognise import recognise
from showup.core.recognition.result import Decision, Employer, Medium, Memory, Recognition, Stage

__all__ = ["Decision", "Employer", "Knowledge", "Medium", "Memory", "Recognition", "Stage", "recognise"]
