"""Turn texts and searches into pairs of characters (bigrams), the index that Chinese needs.

A pair is one number. With each pair of a text goes a mask of 62 bits: which of 62 stretches of the
text it occurs in. A word can only occur where the masks of all its pairs share a bit, so that the
index finds the place as well as the text, and hardly ever one where the pairs stand apart.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

STRETCHES = 62
SHORTEST = 64
LONGEST_WORD = 32
"""A word reaches into the next stretch at most; its pairs there carry the former bit too."""
MOST_WORDS = 8
MOST_PAIRS = 10
MOVE = 21
"""Bits of the second character of a pair."""

TOO_SHORT = "请输入两个字以上的词，多个词之间用空格分开。"


class Unsearchable(ValueError):
    """Words that cannot be searched; the Chinese text is shown as it is."""


@lru_cache(maxsize=65536)
def folded_character(one: str) -> str:
    """Return how a character is searched: small letters, half width, no white space."""
    if one.isspace():
        return ""
    plain = unicodedata.normalize("NFKC", one).casefold()
    return plain if len(plain) == 1 else one


def folded(text: str) -> str:
    """Return a text as it is searched; each character stays one or vanishes."""
    return "".join(map(folded_character, text))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return a text as it is searched, and where each of its characters stands."""
    kept = [(place, folded_character(one)) for place, one in enumerate(text)]
    places = [place for place, one in kept if one]
    return "".join(one for _, one in kept), places


def pairs_in(text: str) -> list[int]:
    """Return the pairs of a folded text in order."""
    codes = [ord(one) for one in text]
    return [first << MOVE | second for first, second in pairwise(codes)]


def index_of(texts: Sequence[str]) -> dict[int, int]:
    """Return every pair of folded paragraphs with the mask of the stretches it occurs in."""
    size = max(-(-sum(map(len, texts)) // STRETCHES), SHORTEST)
    masks: dict[int, int] = {}
    place = 0
    for text in texts:
        for offset, pair in enumerate(pairs_in(text), start=place):
            stretch, within = divmod(offset, size)
            bits = 3 << stretch - 1 if stretch and within < LONGEST_WORD else 1 << stretch
            masks[pair] = masks.get(pair, 0) | bits
        place += len(text)
    return masks


def words_of(search: str) -> list[str]:
    """Return the folded words of a search; raise `Unsearchable` where one is too short."""
    words = list(dict.fromkeys(filter(None, map(folded, search.split()))))
    if not words or any(len(word) < 2 for word in words):
        raise Unsearchable(TOO_SHORT)
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise Unsearchable(f"最多 {MOST_WORDS} 个词，每个词不超过 {LONGEST_WORD} 个字。")
    return words


def pairs_of_word(word: str) -> list[int]:
    """Return the pairs by which a word is looked up: of a long one, some from all over it."""
    pairs = list(dict.fromkeys(pairs_in(word)))
    if len(pairs) <= MOST_PAIRS:
        return pairs
    return [pairs[i * (len(pairs) - 1) // (MOST_PAIRS - 1)] for i in range(MOST_PAIRS)]
