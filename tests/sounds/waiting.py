"""A line on which one waits: music, and a recorded voice now and then that asks for patience."""

from pathlib import Path

import numpy as np

from tests.sounds import music
from tests.sounds import wave_parts as part
from tests.sounds.speaking import Speaker
from tests.sounds.wave_parts import Wave

LENGTH = 120.0
COMES = 60.0
"""Seconds until somebody comes to the line on which one waited."""
_TUNES = (music.arpeggio, music.melody, music.piano, music.band, music.chords, music.orchestra, music.drum_and_pluck)
_TEXTS = {
    "en": (
        "Your call is important to us. Please stay on the line.",
        "All of our colleagues are busy at the moment. You will be connected to the next one who is free.",
        "Thank you for waiting. The host will let you in soon.",
    ),
    "de": (
        "Ihr Anruf ist uns wichtig. Bitte bleiben Sie in der Leitung.",
        "Zurzeit sind alle Plätze belegt. Sie werden mit dem nächsten freien Platz verbunden.",
    ),
    "fr": (
        "Votre appel est important pour nous. Merci de rester en ligne.",
        "Tous nos collègues sont occupés. Nous vous répondrons dès que possible.",
    ),
    "es": (
        "Su llamada es importante para nosotros. Por favor, no cuelgue.",
        "En este momento todos nuestros compañeros están ocupados. Le atenderemos lo antes posible.",
    ),
    "it": (
        "La sua chiamata è importante per noi. La preghiamo di rimanere in linea.",
        "Tutti i nostri operatori sono occupati. Risponderemo appena possibile.",
    ),
    "nl": (
        "Uw gesprek is belangrijk voor ons. Blijft u alstublieft aan de lijn.",
        "Al onze medewerkers zijn in gesprek. U wordt zo spoedig mogelijk geholpen.",
    ),
    "ca": (
        "La seva trucada és important per a nosaltres. Si us plau, no pengi.",
        "En aquests moments tots els nostres companys estan ocupats. De seguida l'atendrem.",
    ),
    "pt": (
        "A sua chamada é importante para nós. Por favor, aguarde em linha.",
        "De momento todos os nossos assistentes estão ocupados. Seremos breves.",
    ),
}
_LANGUAGES = {"seen": ("en", "de", "fr", "es"), "held": ("en", "it", "nl"), "new": ("en", "ca", "pt")}


def announced(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """Nobody comes."""
    return part.loud(_line(random, set_, folder, LENGTH), -float(random.uniform(3, 24)))


def after_hold(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """Somebody comes, and the music ends."""
    sound = part.quiet(LENGTH)
    part.put(sound, _line(random, set_, folder, COMES - 1), 0)
    said = np.concatenate([part.loud(Speaker(random, set_, folder).say(), 0), part.quiet(1)])
    part.put(sound, np.tile(said, 6), COMES)
    return part.loud(sound, -float(random.uniform(3, 24)))


def _line(random: np.random.Generator, set_: str, folder: Path, length: float) -> Wave:
    """The music stops or is turned down while the voice speaks; the voice comes each 20 to 30 seconds."""
    tune = _TUNES[int(random.integers(0, len(_TUNES)))](random, set_)
    sound = part.loud(np.tile(part.fade(tune, 0.3, 1), int(length / music.LENGTH) + 1)[: int(length * part.HZ)], 0)
    language = str(random.choice(_LANGUAGES[set_]))
    voice, texts = Speaker(random, set_, folder, language), _TEXTS[language]
    lowered, at = float(random.choice([0, 0, 0.1, 0.25])), float(random.uniform(4, 20))
    while True:
        said = part.loud(voice.read(texts[int(random.integers(0, len(texts)))]), -float(random.uniform(0, 6)))
        first, last = int((at - 0.3) * part.HZ), int((at + 0.5) * part.HZ) + len(said)
        if last > len(sound):
            return sound
        sound[first:last] *= lowered
        part.put(sound, said, at)
        at = last / part.HZ + float(random.uniform(20, 30))
