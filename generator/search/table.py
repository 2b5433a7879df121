"""Makes `characters.json`, the one table both tokenisers read.

Run it by hand when Unicode or OpenCC move on:

    uv run --with opencc==1.4.2 python -m generator.search.table

The committed file is then the truth for Python and browser alike, so that the Unicode versions
of the two never matter. Sources: `unicodedata` (compatibility forms, case, categories) and
OpenCC (one-to-one pairs of traditional and simplified characters).
"""

from __future__ import annotations

import importlib
import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Classes of a unit after folding; the numbers are part of the format.
SEPARATOR, SPACE, HAN, WORD, DOT, DROPPED = range(6)

VERSION = 1
_BMP = 0x10000
_SURROGATES = range(0xD800, 0xE000)
# High surrogates of the planes that hold Han (U+20000 to U+33FFF).
_HAN_SURROGATES = range(0xD840, 0xD890)
# Scripts written without spaces, in blocks: Thai and Lao, Burmese, hangul letters, Khmer, CJK
# radicals, signs that stand for a character, kana, bopomofo, Han and its extension A, Yi, hangul,
# compatibility Han.
_HAN_BLOCKS = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17D3),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3038, 0x303B),
    (0x3041, 0x3096),
    (0x309D, 0x309F),
    (0x30A1, 0x30FA),
    (0x30FC, 0x312F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA000, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
)
# Arabic as laid out by old fonts: 700 forms that no text of today is written in.
_NOT_FOLDED = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFE))
# Marks that are written over other letters, voicing marks, variation selectors: folded away.
_DROPPED_MARKS = (
    (0x0300, 0x036F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x3099, 0x309A),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
_WHITE = frozenset("\t\n\v\f\r\x85\u2028\u2029")
# Voiced kana and hangul syllables stay whole: their parts are no marks to fold away.
_KEEP_COMPOSED = ((0x3041, 0x30FF), (0xAC00, 0xD7A3))


def _lies_in(unit: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= unit <= last for first, last in blocks)


def class_of(unit: int) -> int:
    """Class of one UTF-16 unit that folding leaves as it is."""
    if unit in _SURROGATES:
        return HAN if unit in _HAN_SURROGATES else SEPARATOR
    character = chr(unit)
    category = unicodedata.category(character)
    if _lies_in(unit, _DROPPED_MARKS) or category == "Cf":
        return DROPPED
    if character in _WHITE or category == "Zs":
        return SPACE
    if _lies_in(unit, _HAN_BLOCKS):
        return HAN
    if category[0] in "LNM":
        return WORD
    return DOT if character == "." else SEPARATOR


def fold(character: str, simplify: Callable[[str], str]) -> str:
    """Compatibility form, case, marks over letters and script of one character, folded."""
    before = ""
    while before != character:
        before = character
        character = unicodedata.normalize("NFKC", character).casefold()
        character = "".join(map(_without_marks, character))
        character = "".join(map(simplify, character))
    return character


def _without_marks(character: str) -> str:
    if _lies_in(ord(character), _KEEP_COMPOSED):
        return character
    kept = [
        part
        for part in unicodedata.normalize("NFD", character)
        if not _lies_in(ord(part), _DROPPED_MARKS)
    ]
    return unicodedata.normalize("NFC", "".join(kept))


def make_table(simplify: Callable[[str], str]) -> dict[str, Any]:
    """The table as docs/search-format.md describes it. `simplify` maps one character to one."""
    folds: dict[int, int] = {}
    spelled: dict[str, str] = {}
    classes = [SEPARATOR] * _BMP
    for unit in range(_BMP):
        classes[unit] = class_of(unit)
        if unit in _SURROGATES or classes[unit] in (DROPPED, SPACE) or _lies_in(unit, _NOT_FOLDED):
            continue
        folded = fold(chr(unit), simplify)
        kinds = [class_of(ord(part)) for part in folded if ord(part) < _BMP]
        if folded == chr(unit) or not kinds or max(map(ord, folded)) >= _BMP:
            continue
        if not {HAN, WORD, DOT, DROPPED} & set(kinds):
            classes[unit] = SEPARATOR  # full-width punctuation needs no folding to separate
        elif len(folded) == 1:
            folds[unit] = ord(folded)
            classes[unit] = class_of(ord(folded))
        else:
            spelled[chr(unit)] = folded
            classes[unit] = WORD
    han = [unit for unit in sorted(folds) if _is_han(unit)]
    return {
        "version": VERSION,
        "unicode": unicodedata.unidata_version,
        "classes": " ".join(_class_runs(classes)),
        "folds": " ".join(_fold_runs({u: v for u, v in folds.items() if not _is_han(u)})),
        "from": " ".join(_base36(b - a) for a, b in zip([0, *han], han, strict=False)),
        "to": "".join(chr(folds[unit]) for unit in han),
        "spelled": spelled,
    }


def _is_han(unit: int) -> bool:
    return _lies_in(unit, ((0x3400, 0x9FFF), (0xF900, 0xFAFF)))


def _class_runs(classes: list[int]) -> Iterator[str]:
    """`<length in base 36><class>` for each run of units of one class."""
    start = 0
    for unit in range(1, _BMP + 1):
        if unit == _BMP or classes[unit] != classes[start]:
            yield f"{_base36(unit - start)}.{classes[start]}"
            start = unit


def _fold_runs(folds: dict[int, int]) -> Iterator[str]:
    """`<gap from the last run>.<to>.<count>.<step>`, base 36: unit+i*step folds to to+i*step."""
    units = sorted(folds)
    last = i = 0
    while i < len(units):
        unit, target = units[i], folds[units[i]]
        count, step = 1, 1
        for step in (1, 2):
            count = 1
            while folds.get(unit + count * step) == target + count * step:
                count += 1
            if count > 1:
                break
        taken = {unit + k * step for k in range(count)}
        if step == 2 and any(unit + k in folds for k in range(1, 2 * count - 1, 2)):
            count, step, taken = 1, 1, {unit}
        yield f"{_base36(unit - last)}.{_base36(target)}.{count}.{step}"
        last = unit
        i += len(taken)


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    out = ""
    while number or not out:
        number, digit = divmod(number, 36)
        out = digits[digit] + out
    return out


def main() -> None:
    """Write the table beside this module."""
    opencc = importlib.import_module("opencc")  # needed here alone, so no dependency of ours
    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    known: dict[str, str] = {}

    def simplify(character: str) -> str:
        if not _is_han(ord(character)):
            return character
        if character not in known:
            simple = convert(character)
            is_pair = len(simple) == 1 and ord(simple) < _BMP
            known[character] = simple if is_pair else character
        return known[character]

    table = make_table(simplify)
    table["opencc"] = opencc.__version__
    text = json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True)
    Path(__file__).with_name("characters.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
