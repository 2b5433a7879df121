"""Bit streams: Exp-Golomb codes, most significant bit first, many streams packed at once.

An Exp-Golomb code of order k writes v >= 0 as x = v + 2**k in its n bits after n - 1 - k zeros.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_WORD = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)


def bit_length(values: Ints) -> Ints:
    """Bits of positive values below 2**53."""
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)


def exp_golomb(values: Ints, order: Ints | int) -> tuple[Ints, Ints]:
    """(symbols, bits of each symbol, leading zeros included)."""
    symbols = values + (np.int64(1) << np.asarray(order, np.int64))
    return symbols, 2 * bit_length(symbols) - 1 - order


def gap_order(docs: int, frequency: Ints) -> Ints:
    """Order that suits gaps of lists of `frequency` entries among `docs` documents.

    The mean gap times ln 2 is about the median of geometrically distributed gaps: 11/16.
    """
    return bit_length(np.maximum(docs * 11 // (16 * frequency), 1)) - 1


def pack(symbols: Ints, lengths: Ints, starts: Ints, size: int) -> NDArray[np.uint32]:
    """Write each symbol (below 2**56) in `lengths` bits from bit `starts` on.

    Places ascend and do not overlap. Returns `size` big-endian words of 32 bits.
    """
    out = np.zeros(size, np.uint64)
    last = starts + lengths - 1
    word = last >> 5
    shift = (31 - (last & 31)).astype(np.uint64)
    value = symbols.astype(np.uint64)
    low = (value & _WORD) << shift
    high = (value >> _32) << shift
    _put(out, word, low & _WORD)
    _put_some(out, word - 1, (low >> _32) | (high & _WORD))
    _put_some(out, word - 2, high >> _32)
    return out.astype(">u4")


def _put_some(out: NDArray[np.uint64], word: Ints, bits: NDArray[np.uint64]) -> None:
    some = np.flatnonzero(bits)
    if len(some):
        _put(out, word[some], bits[some])


def _put(out: NDArray[np.uint64], word: Ints, bits: NDArray[np.uint64]) -> None:
    first = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    out[word[first]] |= np.bitwise_or.reduceat(bits, first)


def pack_stream(symbols: Ints, lengths: Ints) -> bytes:
    """One stream, filled up with zeros to whole bytes."""
    if not len(symbols):
        return b""
    ends = np.cumsum(lengths)
    words = pack(symbols, lengths, ends - lengths, int(ends[-1] + 31) // 32)
    return words.tobytes()[: int(ends[-1] + 7) // 8]


def variable_int(number: int) -> bytes:
    """Seven bits a byte, least significant first, the high bit set on all but the last."""
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)
