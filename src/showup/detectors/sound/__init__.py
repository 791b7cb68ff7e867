"""Who is in the call, told from the sound server: your microphone is open, somebody speaks in the same application.

Levels only, ten a second, never sound itself; nothing is kept of them. docs/sound.md tells how and how well.
"""

from showup.detectors.sound.detector import SoundDetector

__all__ = ["SoundDetector"]
