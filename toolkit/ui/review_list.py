"""All that is left to look at, as a list beside the text: the queue of which the bar shows one."""

from __future__ import annotations

from toolkit.model import Annotations
from toolkit.ui import reviewing
from toolkit.ui.panels.leading import nothing
from toolkit.ui.rows import Group, Press, Row, rows
from toolkit.ui.work import Work

_LONGEST = 120  # characters of an item's words


def show(now: Work) -> None:
    """The list; a row leads to its place and into the bar."""
    left = reviewing.items(now.notes)
    if not left:
        nothing("Everything has been looked at.")
    groups = tuple(group for group in (*listed(now.notes), unfit(now)) if group.rows)
    if not groups:
        return

    def pressed(press: Press) -> None:
        reviewing.show(next(item for item in left if item.key == press.id))

    rows(
        "nd-queue",
        groups,
        label="To look at",
        language=now.notes.article.language,
        on_press=pressed,
    )


def listed(notes: Annotations) -> tuple[Group, ...]:
    """The rows of the list, the least certain first."""
    return (
        Group(
            tuple(
                Row(
                    item.key,
                    title=item.reason,
                    lead=str(number),
                    aside=f"{max(1, round(item.score * 100))}%" if item.score is not None else "",
                    words=(_short(notes.text(item.at)),) if notes.text(item.at) not in item.reason else (),
                )
                for number, item in enumerate(reviewing.items(notes), 1)
            )
        ),
    )


def unfit(now: Work) -> Group:
    """The decisions that fit nothing any more, after another run or an update of the text."""
    return Group(
        tuple(
            Row(f"unfit:{number}", title=lost.reason, remark=f"to {lost.edit.act}", is_open=False)
            for number, lost in enumerate(now.unfit)
        ),
        "Decisions that no longer fit",
    )


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2].rsplit(' ', 1)[0]} …"
