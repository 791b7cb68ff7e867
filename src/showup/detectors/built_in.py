"""The detectors that showup brings itself, each imported only where it is used."""

from showup.detectors.needs import Needs
from showup.ports import Detector


def sound(needs: Needs) -> Detector:
    """Your microphone in a call application, and speech coming out of it."""
    from showup.detectors.sound import SoundDetector  # noqa: PLC0415 - it brings a library that others do not need

    return SoundDetector(needs.clock, needs.say)


def meet(needs: Needs) -> Detector:
    """The participant list of a Google Meet meeting."""
    from showup.detectors.meet import MeetDetector  # noqa: PLC0415 - Google's client takes 130 ms and 40 MB

    return MeetDetector(needs)


def phone(needs: Needs) -> Detector:
    """A phone that rings, by KDE Connect."""
    from showup.detectors.phone import PhoneDetector  # noqa: PLC0415 - as above

    return PhoneDetector(needs.clock)


FACTORIES = {"sound": sound, "meet": meet, "phone": phone}
