"""The encoding of a text that is no UTF-8, told by which letters and characters come out of it."""

from __future__ import annotations

from generator.text.patterns import late

# The most frequent characters of Chinese, simplified and traditional: enough to tell text from
# what a wrong decoder makes of it (there they hold under 2%, in news text over 15%).
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当"
    "這為個國時來們對會發動過說種後學經進電裡現實體機與從還業萬無關點開東車長"
)
# What Japanese and Korean are full of, in the same way.
_KANA = frozenset(map(chr, range(0x3041, 0x3094)))
_SYLLABLES = frozenset(
    "이다는을의에가고하지기한사자도로서인를대어은정시리나스해수일보부아장전제과했들으상공있"
)
# The ten letters that make three fifths of Russian, and most of what its neighbours write.
_CYRILLIC = frozenset("оеаинтсрвл")
_CYRILLIC_WORD = late("[А-ЯЁЂ-Џ]?[а-яё\u0452-\u045f\u0491]+|[А-ЯЁЂ-Џ]+")
_WORD = late(r"[^\W\d_]+")
# Japan, Korea and Russia are asked only where a text is hardly Chinese: its frequent characters
# fewer than this share of all.
_HARDLY = 0.12
# A sample is enough to choose an encoding; scoring a whole book would not choose better.
_SAMPLE = 65536


def guess(data: bytes) -> str:
    """The encoding under which a sample reads most like text."""
    sample = data[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    as_utf_8 = sample.decode("utf-8", "replace")
    # Mostly sound UTF-8 with some broken bytes: every other decoder would break all of it.
    if sum(c > "\x7f" and c != "\ufffd" for c in as_utf_8) > 4 * as_utf_8.count("\ufffd"):
        return "utf-8"
    scores = {name: likeness(sample.decode(name, "replace")) for name in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda name: (scores[name], name == "gb18030"))
    if scores[best] < _HARDLY * sum(c > "\x7f" for c in sample.decode(best, "replace")):
        foreign = {
            name: likeness(sample.decode(name, "replace"), frequent)
            for name, frequent in (("cp932", _KANA), ("euc_jp", _KANA), ("cp949", _SYLLABLES))
        }
        likeliest = max(foreign, key=lambda name: foreign[name])
        cyrillic = _guess_cyrillic(sample, high)
        if cyrillic:
            return cyrillic
        if foreign[likeliest] > max(2, 2 * scores[best]):
            return likeliest
    # Few, scattered high bytes that make no frequent Chinese character: a Western text.
    if scores[best] <= 0 and high * 4 < len(sample):
        return "cp1252"
    return best


def _guess_cyrillic(sample: bytes, high: int) -> str:
    """The Cyrillic encoding that a sample is in; "" where it is in none.

    Two of five letters are frequent ones, and nearly all words are in small letters but for the
    first, or all in capitals: in Chinese bytes that are taken for letters cases are mixed.
    """
    texts = {name: sample.decode(name, "replace") for name in ("cp1251", "koi8_r")}
    counts = {name: sum(c in _CYRILLIC for c in text) for name, text in texts.items()}
    best = max(counts, key=lambda name: counts[name])
    if sum(c in _CYRILLIC for c in texts[best].lower()) < max(8, 0.4 * high):
        return ""
    words = [word for word in _WORD.findall(texts[best]) if not word.isascii()]
    letters = sum(map(len, words))
    shaped = sum(len(word) for word in words if len(word) < 30 and _CYRILLIC_WORD.fullmatch(word))
    return best if len(words) > 2 and shaped >= 0.9 * letters else ""


def likeness(text: str, frequent: frozenset[str] = _FREQUENT) -> int:
    """How many characters are frequent ones; each undecodable place counts against it."""
    return sum(c in frequent for c in text) - 2 * text.count("\ufffd")
