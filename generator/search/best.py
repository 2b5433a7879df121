"""The best documents of a term asked for alone, found while the index is built.

A query of one term would need the lengths of all its documents to be ranked, 25 KB at 10,000
documents. Where a term has many postings its shard names the ten that Lunr puts first.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.search.bits import Ints
from generator.search.document import SearchSettings
from generator.search.merge import Postings

BEST = 10
# Terms of more postings name their best: of fewer, the documents' own rows tell the lengths.
RANKED_ABOVE = 32
_BLOCKS = 16
_DOCUMENT_BITS, _WEIGHT_BITS = 23, 18
_MOST_WEIGHT = (1 << _WEIGHT_BITS) - 2


class Scorer(msgspec.Struct, frozen=True):
    """What Lunr's score depends on besides postings.

    `damping` is k1 · (1 − b + b · length / mean), shape (fields, documents); `boosts` are those of
    the fields times k1 + 1.
    """

    documents: int
    damping: NDArray[np.float64]
    boosts: NDArray[np.float64]


def make_scorer(lengths: Ints, settings: SearchSettings) -> Scorer:
    """Of field lengths, shape (documents, fields)."""
    k1, b = settings.k1, settings.b
    means = np.maximum(lengths.sum(axis=0) / max(len(lengths), 1), 1e-9)
    damping = k1 * (1 - b + b * (lengths / means)).T
    boosts = np.array([settings.title_boost, settings.body_boost]) * (k1 + 1)
    return Scorer(len(lengths), np.ascontiguousarray(damping), boosts)


def best_postings(part: Postings, starts: Ints, scorer: Scorer) -> Ints:
    """Places in `part` of the postings that stand for the best documents, ascending.

    `starts` are the first postings of each term, one more for the end. A document is named by its
    posting in the title, where there is one. Equal scores go to the lower document.
    """
    sizes = np.diff(starts)
    ranked = np.flatnonzero(sizes > RANKED_ABOVE)
    if not len(ranked):
        return np.zeros(0, np.int64)
    counts = sizes[ranked]
    places = np.flatnonzero(np.repeat(sizes > RANKED_ABOVE, sizes))
    first = np.cumsum(counts) - counts
    weights = _weights(part, places, counts, scorer)
    # The tenth of the highest of sixteen blocks: no more than the tenth highest of all.
    blocks = (first[:, None] + counts[:, None] * np.arange(_BLOCKS) // _BLOCKS).ravel()
    highest = np.maximum.reduceat(weights, blocks).reshape(-1, _BLOCKS)
    bound = np.partition(highest, _BLOCKS - BEST, axis=1)[:, _BLOCKS - BEST]
    left = np.flatnonzero(weights >= np.repeat(np.maximum(bound, 0), counts))
    term = np.searchsorted(first, left, "right") - 1
    key = (term << _WEIGHT_BITS) | (_MOST_WEIGHT - weights[left])
    key = (key << _DOCUMENT_BITS) | part.documents[places[left]]
    order = np.argsort(key)
    begins = np.searchsorted(term, np.arange(len(ranked)))
    rank = np.arange(len(left)) - begins[term]  # `term` ascends, in any order within one
    best: Ints = np.sort(places[left[order[rank < BEST]]])
    return best


def _weights(part: Postings, places: Ints, counts: Ints, scorer: Scorer) -> Ints:
    """Scores in thousandths, as Lunr rounds them; −1 for a body counted with its title."""
    fields, documents = part.fields[places], part.documents[places]
    rarity = np.log(1 + np.abs((scorer.documents - counts + 0.5) / (counts + 0.5)))
    frequency = part.frequencies[places]
    score = frequency / (scorer.damping[fields, documents] + frequency)
    score *= np.repeat(rarity, counts)
    score *= scorer.boosts[fields]
    weights: Ints = (score * 1000 + 0.5).astype(np.int64)
    titles = np.flatnonzero(fields == 0)
    if len(titles):
        bodies = np.flatnonzero(fields == 1)
        key = (np.repeat(np.arange(len(counts)), counts) << _DOCUMENT_BITS) | documents
        body_keys = np.append(key[bodies], -1)
        found = np.searchsorted(body_keys[:-1], key[titles])
        both = np.flatnonzero(body_keys[found] == key[titles])
        weights[titles[both]] += weights[bodies[found[both]]]
        weights[bodies[found[both]]] = -1
    return np.minimum(weights, _MOST_WEIGHT)
