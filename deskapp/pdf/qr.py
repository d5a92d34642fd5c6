"""QR symbols of one size: version 3 (29 × 29), error correction M, byte mode (ISO/IEC 18004).

That holds 42 bytes, enough for a number and twelve digits; a scanner still reads it with 15 % of it spoilt.
One mask is used throughout: any is valid, and choosing costs more than drawing the page.
"""

from __future__ import annotations

from functools import cache

SIZE = 29
CAPACITY = 42
_DATA, _CHECK = 44, 26
_REST = [False] * 7  # places left over
_MASK = 2  # dark where the column is a multiple of three


class TooLongError(ValueError):
    """The text has more than `CAPACITY` bytes."""


def symbol(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the symbol by row, True for dark; without the quiet zone of four modules.

    Raises:
        TooLongError: more than `CAPACITY` bytes in UTF-8.
    """
    data = text.encode()
    if len(data) > CAPACITY:
        raise TooLongError(text)
    words = _codewords(data)
    grid = [list(row) for row in _frame()]
    for (row, column), bit in zip(_data_places(), _bits(words + _check_words(words)) + _REST, strict=True):
        grid[row][column] = bit != (column % 3 == 0)
    return tuple(tuple(map(bool, row)) for row in grid)


def _codewords(data: bytes) -> bytes:
    """Mode, length and data in 44 codewords, padded as the standard says."""
    value = (0b0100 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data)
    free = min(4, 8 * _DATA - 12 - 8 * len(data))
    bits = 12 + 8 * len(data) + free
    value <<= free
    value <<= -bits % 8
    words = value.to_bytes((bits + 7) // 8)
    return (words + b"\xec\x11" * _DATA)[:_DATA]


def _bits(words: bytes) -> list[bool]:
    return [bool(word >> shift & 1) for word in words for shift in range(7, -1, -1)]


@cache
def _powers() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers of 2 in GF(256) modulo x⁸+x⁴+x³+x²+1, and their logarithms."""
    powers, logs, value = [0] * 510, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return tuple(powers), tuple(logs)


@cache
def _generator() -> tuple[int, ...]:
    """Logarithms of the generator polynomial's coefficients, highest first, the leading 1 left out."""
    powers, logs = _powers()
    poly = [1]
    for root in range(_CHECK):
        shifted = [*poly, 0]
        scaled = [0, *(powers[logs[term] + root] if term else 0 for term in poly)]
        poly = [a ^ b for a, b in zip(shifted, scaled, strict=True)]
    return tuple(logs[term] for term in poly[1:])


def _check_words(words: bytes) -> bytes:
    """The Reed-Solomon codewords that follow the data."""
    powers, logs = _powers()
    rest = [0] * _CHECK
    for word in words:
        lead = word ^ rest.pop(0)
        rest.append(0)
        if lead:
            log = logs[lead]
            rest = [term ^ powers[log + factor] for term, factor in zip(rest, _generator(), strict=True)]
    return bytes(rest)


@cache
def _frame() -> tuple[tuple[bool | None, ...], ...]:
    """Finders, timing, alignment and format; None where data goes."""
    grid: list[list[bool | None]] = [[None] * SIZE for _ in range(SIZE)]
    for top, left in ((0, 0), (0, SIZE - 7), (SIZE - 7, 0)):
        for row in range(max(0, top - 1), min(SIZE, top + 8)):
            for column in range(max(0, left - 1), min(SIZE, left + 8)):
                ring = max(abs(row - top - 3), abs(column - left - 3))
                grid[row][column] = ring in (0, 1, 3)
    for row in range(20, 25):
        for column in range(20, 25):
            grid[row][column] = max(abs(row - 22), abs(column - 22)) != 1
    for at in range(8, SIZE - 8):
        grid[6][at] = grid[at][6] = at % 2 == 0
    for bit, first, second in _format_places():
        for row, column in (first, second):
            grid[row][column] = bit
    grid[SIZE - 8][8] = True
    return tuple(tuple(row) for row in grid)


def _format_places() -> list[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """The fifteen bits of level M and the mask, each with its two places (row, column)."""
    value = rest = _MASK << 10  # level M is 00
    for shift in range(4, -1, -1):
        if rest >> shift + 10 & 1:
            rest ^= 0b10100110111 << shift
    code = (value | rest) ^ 0b101010000010010
    around = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    split = [(r, 8) for r in range(SIZE - 1, SIZE - 8, -1)] + [(8, c) for c in range(SIZE - 8, SIZE)]
    bits = [bool(code >> shift & 1) for shift in range(14, -1, -1)]
    return list(zip(bits, around, split, strict=True))


@cache
def _data_places() -> tuple[tuple[int, int], ...]:
    """Places of the data bits, two columns at a time from the right, up and down in turn."""
    frame, places, upward = _frame(), [], True
    for right in (*range(SIZE - 1, 6, -2), *range(5, 0, -2)):
        for row in range(SIZE - 1, -1, -1) if upward else range(SIZE):
            places += [(row, column) for column in (right, right - 1) if frame[row][column] is None]
        upward = not upward
    return tuple(places)
