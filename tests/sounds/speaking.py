"""People who speak, by espeak-ng."""

import subprocess
from pathlib import Path

import numpy as np

from tests.sounds import wave_parts as part
from tests.sounds.wave_parts import Wave

LENGTH = 30.0
_TEXTS = {
    "en": "Good morning, thank you for making the time. I would like to begin with your last project. What was the "
    "hardest part of it, and how did you decide what to do first? Take your time, there is no wrong answer. Well, we "
    "are a small team, and we mostly work on the engine. After that, my colleague will ask you about design.",
    "de": "Guten Morgen, schön, dass Sie da sind. Ich möchte gern mit Ihrem letzten Projekt anfangen. Was war daran "
    "schwierig, und wie haben Sie entschieden? Nehmen Sie sich Zeit. Wir sind eine kleine Gruppe und arbeiten am Kern.",
    "fr": "Bonjour, merci d'avoir pris le temps. Je voudrais commencer par votre dernier projet. Quelle était la "
    "partie la plus difficile, et comment avez-vous choisi? Prenez votre temps. Nous sommes une petite équipe.",
    "es": "Buenos días, gracias por su tiempo. Me gustaría empezar con su último proyecto. ¿Qué fue lo más difícil, y "
    "cómo lo decidió? No hay prisa. Somos un equipo pequeño y trabajamos sobre todo en el motor.",
    "it": "Buongiorno, grazie di essere qui. Vorrei cominciare dal suo ultimo progetto. Qual è stata la parte più "
    "difficile, e come ha deciso? Faccia con calma. Siamo un gruppo piccolo.",
    "pl": "Dzień dobry, dziękuję za poświęcony czas. Chciałbym zacząć od pana ostatniego projektu. Co było w nim "
    "najtrudniejsze? Proszę się nie spieszyć. Jesteśmy małym zespołem.",
    "ru": "Доброе утро, спасибо, что нашли время. Давайте начнём с вашего последнего проекта. Что было самым трудным? "
    "Не торопитесь. Мы небольшая команда и работаем над ядром.",
    "pt": "Bom dia, obrigado pelo seu tempo. Gostaria de começar pelo seu último projeto. O que foi mais difícil, e "
    "como decidiu? Não tenha pressa. Somos uma equipa pequena.",
    "tr": "Günaydın, zaman ayırdığınız için teşekkürler. Son projenizle başlamak istiyorum. En zor kısmı neydi? Acele "
    "etmeyin. Biz küçük bir ekibiz.",
    "nl": "Goedemorgen, fijn dat u er bent. Ik wil graag beginnen met uw laatste project. Wat was er moeilijk aan, en "
    "hoe heeft u gekozen? Neem de tijd. Wij zijn een klein team.",
    "hi": "सुप्रभात, समय देने के लिए धन्यवाद। मैं आपके पिछले काम से शुरू करना चाहूँगा। सबसे कठिन क्या था? आराम से बताइए।",
    "sv": "God morgon, tack för att du tog dig tid. Jag vill gärna börja med ditt senaste projekt. Vad var svårast, "
    "och hur valde du? Ta den tid du behöver. Vi är en liten grupp.",
    "hu": "Jó reggelt, köszönöm, hogy időt szakított ránk. A legutóbbi munkájával szeretném kezdeni. Mi volt benne a "
    "legnehezebb, és hogyan döntött? Nyugodtan gondolja át. Kis csapat vagyunk.",
    "ca": "Bon dia, gràcies pel seu temps. Voldria començar pel seu últim projecte. Què va ser el més difícil, i com "
    "ho va decidir? No hi ha pressa. Som un equip petit.",
    "id": "Selamat pagi, terima kasih atas waktunya. Saya ingin mulai dari proyek terakhir Anda. Apa bagian yang "
    "paling sulit, dan bagaimana Anda memutuskan? Tidak perlu terburu-buru. Kami tim kecil.",
}
_PEOPLE = {
    "seen": (("en", "de", "fr", "es", "ru", "hi", "pl", "tr"), ("m1", "m3", "m7", "f1", "f2", "f4")),
    "held": (("en", "it", "pt", "nl", "sv"), ("m2", "m4", "m5", "f3", "f5", "klatt2")),
    "new": (("en", "hu", "ca", "id"), ("m6", "m8", "klatt4", "Alicia", "Gene", "sandro", "steph", "victor")),
}


class Speaker:
    """Somebody with a voice, a language and a pace, as chance has it."""

    def __init__(self, random: np.random.Generator, set_: str, folder: Path, language: str = "") -> None:
        languages, voices = _PEOPLE[set_]
        self._language, self._voice = language or str(random.choice(languages)), str(random.choice(voices))
        self._pace, self._pitch = int(random.integers(125, 215)), int(random.integers(25, 75))
        self._folder, self._random = folder, random

    def say(self, words: int | None = None) -> Wave:
        """Speak all of the text, or some words of it; loudness differs from sentence to sentence as with people."""
        text = _TEXTS[self._language].split()
        if words:
            start = int(self._random.integers(0, max(1, len(text) - words)))
            text = text[start : start + words]
        return self.read(" ".join(text))

    def read(self, text: str) -> Wave:
        """Read a text aloud."""
        file = self._folder / "said.wav"
        how = ["-v", f"{self._language}+{self._voice}", "-s", str(self._pace), "-p", str(self._pitch)]
        subprocess.run(["espeak-ng", *how, "-w", str(file), text], check=True, timeout=30)
        heard = part.sox_file(file, self._folder)
        loud = np.flatnonzero(np.abs(heard) > 0.01)
        return np.asarray(heard[loud[0] : loud[-1]] / np.abs(heard).max())


def alone(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """One speaker, close to the microphone, at any of the usual levels."""
    return part.loud(Speaker(random, set_, folder).say(), -float(random.uniform(2, 30)))


def turns(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """One side of a conversation: some words, and silence while the other one speaks."""
    speaker, sound, at = Speaker(random, set_, folder), part.quiet(LENGTH), 0.0
    while at < LENGTH:
        said = speaker.say(int(random.integers(6, 26)))
        part.put(sound, said, at)
        at += len(said) / part.HZ + random.uniform(0.6, 4)
    return part.loud(sound, -float(random.uniform(2, 24)))


def gated(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """With a gate that makes pauses digital silence, as conference programs have."""
    sound = alone(random, set_, folder)
    step = part.HZ // 50
    peaks = np.abs(sound[: len(sound) // step * step].reshape(-1, step)).max(axis=1)
    opened = np.repeat(np.convolve(peaks > 0.1 * peaks.max(), np.ones(4), "same") > 0, step)
    return np.asarray(sound[: len(opened)] * opened)


def far(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """Across a room: echo, and low."""
    sound = part.loud(Speaker(random, set_, folder).say(), -6)
    heard = part.sox(sound, folder, "reverb", str(int(random.integers(40, 85))), "lowpass", "3800")
    return part.loud(heard, -float(random.uniform(18, 32)))


def in_noise(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """With a fan, a street or a cafe behind."""
    sound = part.fit(part.loud(Speaker(random, set_, folder).say(), -8), LENGTH)
    behind = part.noise(random, LENGTH, float(random.choice([0.5, 1.0])))
    return sound + part.loud(behind, -8 - float(random.uniform(14, 26)))


def two(random: np.random.Generator, set_: str, folder: Path) -> Wave:
    """Two people who interrupt each other."""
    sound = part.quiet(LENGTH)
    for speaker in (Speaker(random, set_, folder), Speaker(random, set_, folder)):
        at = random.uniform(0, 2)
        while at < LENGTH:
            said = speaker.say(int(random.integers(4, 16))) * random.uniform(0.3, 1)
            part.put(sound, said, at)
            at += len(said) / part.HZ + random.uniform(0.5, 5)
    start = int(np.flatnonzero(np.abs(sound) > 0.01)[0])
    return part.loud(sound[start:], -float(random.uniform(2, 20)))
