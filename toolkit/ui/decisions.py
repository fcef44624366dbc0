"""A decision of an editor in words, for lists of decisions. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.decision import Edit
from toolkit.ui.quoting import quoted
from toolkit.wording import KINDS, LABELS

_LONGEST = 90  # characters of the article's words

# By act: what was done to "{at}". "{to}" are the words where it led, "{value}" what was chosen.
_TOLD: Mapping[str, str] = {
    "confirm": "Confirmed {at}",
    "reject": "Rejected {at}",
    "reset": "Took the decision on {at} back",
    "add": "Marked {at} as {value}",
    "extent": "Moved the ends of {at} to {to}",
    "kind": "Called the quote {at} {value}",
    "speaker": "Said that {at} was said by {to}",
    "proposed": "Took {to} for who may have said {at}",
    "label": "Called {at} {value}",
    "merge": "Said that {at} is the same as {to}",
    "split": "Took {at} for a name of its own",
    "rename": "Wrote {at} as {to}",
    "pin": "Kept {at} in the summary",
    "drop": "Left {at} out of the summary",
    "free": "Left the summary to choose about {at}",
    "note": "Note on {at}: {value}",
    "dismiss": "Dismissed a check of {at}",
}


def told(edit: Edit, text: str) -> str:
    """What an editor decided; ``text`` is the one in which its places count."""
    at, to = (" … ".join(text[slice(*span)] for span in spans) for spans in (edit.at, edit.to))
    if edit.act == "note" and not edit.at:
        return f"Note: {quoted(edit.value)}"
    act = "proposed" if (edit.act, edit.value) == ("speaker", "proposed") else edit.act
    return _TOLD[act].format(
        at=quoted(_short(at)),
        to=quoted(_short(to)) if to else "nobody who is named",
        value=quoted(edit.value) if edit.act == "note" else _chosen(edit),
    )


def _chosen(edit: Edit) -> str:
    names: dict[str, str] = dict([*KINDS.items(), *LABELS.items()])
    name = names.get(edit.value, edit.value).lower()
    return f"a quote ({name})" if (edit.act, edit.of) == ("add", "quote") else name


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2].rstrip()} …"
