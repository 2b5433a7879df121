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

    `damping` is k1 · (1 − b + b · length / mean) of all titles, then of all bodies; `boosts` are those
    of the fields times k1 + 1.
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
    return Scorer(len(lengths), np.ascontiguousarray(damping).ravel(), boosts)


def best_postings(part: Postings, starts: Ints, lists: Ints, sizes: Ints, scorer: Scorer) -> Ints:
    """Places in `part` of the postings that stand for the best documents: of each term ten, in order.

    `starts` are the first postings of each term, one more for the end; `lists` and `sizes` the first
    posting of each list, a term in a field, and their number. A document is named by its posting in
    the title, where there is one. Equal scores go to the lower document.
    """
    counts = np.diff(starts)
    ranked = np.flatnonzero(counts > RANKED_ABOVE)
    if not len(ranked):
        return np.zeros(0, np.int64)
    of_list = np.searchsorted(starts, lists, "right") - 1
    weights = _weights(part, of_list, counts, lists, sizes, scorer)
    # The tenth of the highest of sixteen blocks: no more than the tenth highest of all.
    first, counts = starts[ranked], counts[ranked]
    blocks = (first[:, None] + counts[:, None] * np.arange(_BLOCKS) // _BLOCKS).ravel()
    highest = np.maximum.reduceat(weights, blocks).reshape(-1, _BLOCKS)
    bounds = np.full(len(starts) - 1, _MOST_WEIGHT + 1)
    bounds[ranked] = np.partition(highest, _BLOCKS - BEST, axis=1)[:, _BLOCKS - BEST]
    left = np.flatnonzero(weights >= np.repeat(np.maximum(bounds, 0), np.diff(starts)))
    term = np.searchsorted(starts, left, "right") - 1
    key = (term << _WEIGHT_BITS) | (_MOST_WEIGHT - weights[left])
    key = (key << _DOCUMENT_BITS) | part.documents[left]
    order = np.argsort(key)
    begins = np.searchsorted(term, np.arange(len(starts) - 1))
    rank = np.arange(len(left)) - begins[term]  # `term` ascends, in any order within one
    best: Ints = left[order[rank < BEST]]
    return best


def _weights(
    part: Postings, of_list: Ints, counts: Ints, lists: Ints, sizes: Ints, scorer: Scorer
) -> Ints:
    """Scores in thousandths, as Lunr rounds them.

    Negative for terms of few postings, and for a body that is counted with its title.
    """
    rarity = np.log(1 + np.abs((scorer.documents - counts + 0.5) / (counts + 0.5)))
    rarity[counts <= RANKED_ABOVE] = -1
    fields = part.fields[lists]
    factors = rarity[of_list] * scorer.boosts[fields] * 1000
    frequency = part.frequencies
    score = scorer.damping[part.fields * scorer.documents + part.documents]
    score += frequency
    np.divide(frequency, score, out=score)
    score *= np.repeat(factors, sizes)
    score += 0.5
    weights: Ints = np.minimum(score, _MOST_WEIGHT).astype(np.int64)
    titled = np.flatnonzero((counts[of_list] > RANKED_ABOVE) & (fields == 0))
    # A title's list stands right before the body's of the same term, where there is one.
    titled = titled[np.append(of_list, -1)[titled + 1] == of_list[titled]]
    if len(titled):
        titles, bodies = _places(lists, sizes, titled), _places(lists, sizes, titled + 1)
        body_keys = np.append(_keys(part, bodies), -1)
        title_keys = _keys(part, titles)
        found = np.searchsorted(body_keys[:-1], title_keys)
        both = np.flatnonzero(body_keys[found] == title_keys)
        weights[titles[both]] += weights[bodies[found[both]]]
        weights[bodies[found[both]]] = -1
    return weights


def _places(lists: Ints, sizes: Ints, chosen: Ints) -> Ints:
    """Places of the postings of chosen lists."""
    counts = sizes[chosen]
    ends = np.cumsum(counts)
    places: Ints = np.arange(int(ends[-1])) + np.repeat(lists[chosen] - ends + counts, counts)
    return places


def _keys(part: Postings, places: Ints) -> Ints:
    """Terms with documents, ascending where places do."""
    keys: Ints = (part.terms[places] << _DOCUMENT_BITS) | part.documents[places]
    return keys
