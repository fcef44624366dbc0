"""Attribution articles with other people's names: American politics told of the rest of the world.

Every name that the teacher found in an article gives way to one of the same kind from the
entity corpus, the same one wherever it stands; surnames and given names are exchanged word by
word, so that "Smith" still follows "Jane Smith".
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Name = tuple[int, int, str]
KINDS = ("Person", "Location", "Organization", "NORP")


class Names:
    """The names of the entity corpus by kind and number of words."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for start, end, label in row["entities"]:
                name = row["text"][start:end]
                if label in KINDS and "\n" not in name and name[:1].isupper():
                    found[_key(label, name)].add(name)
        self.of = {key: sorted(names) for key, names in found.items()}
        people = [n.split() for n in self.of.get("Person 2", [])]
        self.given = sorted({words[0] for words in people if words[0].isalpha()})
        self.surnames = sorted({words[-1] for words in people if len(words[-1]) > 2})


def _key(label: str, name: str) -> str:
    plural = label == "NORP" and name.endswith("s")
    return f"{label} {min(len(name.split()), 4)}{'s' if plural else ''}"


def swap(row: dict[str, Any], marked: Iterable[Name], names: Names, seed: str) -> dict[str, Any]:
    """The article with other names, its attributions moved along; names that a role's border cuts stay."""
    text = row["text"]
    rng = random.Random(seed)
    roles = [
        span for a in row["attributions"] for part in ("source", "cue", "content") for span in a.get(part, [])
    ]
    borders = sorted({place for span in roles for place in span})
    taken: dict[str, str] = {}
    edits: list[tuple[int, int, str]] = []
    for start, end, label in sorted(marked):
        name = text[start:end]
        if label not in KINDS or any(start < b < end for b in borders) or not name[:1].isupper():
            continue
        edits.append((start, end, _other(name, label, names, taken, rng)))
    moved = _Moved(text, edits)
    attributions = [
        {part: [[moved.at(s), moved.at(e)] for s, e in spans] for part, spans in a.items()}
        for a in row["attributions"]
    ]
    return {"id": f"{row['id']}-swapped", "text": moved.text, "attributions": attributions}


def _other(name: str, label: str, names: Names, taken: dict[str, str], rng: random.Random) -> str:
    if label != "Person":
        pool = names.of.get(_key(label, name)) or [name]
        return taken.setdefault(f"{label} {name}", rng.choice(pool))
    words = name.split(" ")
    result = []
    for n, word in enumerate(words):
        if len(word) < 3 or not word[0].isupper():
            result.append(word)
            continue
        pool = (names.surnames if n == len(words) - 1 else names.given) or [word]
        other = taken.setdefault(word.casefold(), rng.choice(pool))
        result.append(other.upper() if word.isupper() else other)
    return " ".join(result)


class _Moved:
    """A text with replacements made, and where its places have gone."""

    def __init__(self, text: str, edits: list[tuple[int, int, str]]) -> None:
        parts, self.places, shift, last = [], [(0, 0)], 0, 0
        for start, end, new in edits:
            parts += [text[last:start], new]
            shift += len(new) - (end - start)
            self.places.append((end, shift))
            last = end
        self.text = "".join([*parts, text[last:]])

    def at(self, place: int) -> int:
        """No place inside a replaced name is asked for."""
        n = bisect_right(self.places, (place, float("inf")))
        return place + self.places[n - 1][1]
