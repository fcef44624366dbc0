"""What a desk editor would ask of the copy: findings to look at, and those that were dismissed."""

from __future__ import annotations

from toolkit.checks import CHECKS, Finding, check
from toolkit.decision import Edit
from toolkit.model import Annotations
from toolkit.review import dismissed, dismisses
from toolkit.ui.memory import once
from toolkit.ui.panels.leading import listing, nothing
from toolkit.ui.rows import Group, Row
from toolkit.ui.work import Work

_LONGEST = 160  # characters of a finding's words


def show(work: Work) -> None:
    """The findings by check, each to be dismissed; what is dismissed stands behind its title."""
    groups = once("findings", work.notes, findings)
    if not any(not group.folded for group in groups):
        nothing("The checks have nothing to ask." if not groups else "The checks have nothing more to ask.")
    if groups:
        acts = {
            "dismiss": ("Dismiss", lambda row: [dismissal(row)]),
            "back": ("Bring back", lambda row: restored(work.notes, row)),
        }
        listing(work, "nd-checks", groups, label="Checks", acts=acts)


def findings(notes: Annotations) -> tuple[Group, ...]:
    """A group for each check that found something, then one of what was dismissed."""
    # Of two findings of a check on one place the first is enough.
    found = {(finding.check, finding.span): finding for finding in reversed(check(notes))}
    gone = dismissed(notes)
    by_check: dict[str, list[Row]] = {name: [] for name in CHECKS}
    away = []
    for finding in reversed(found.values()):
        if any(dismisses(edit, finding.check, finding.span) for edit in gone):
            away.append(_row(notes, finding, "back"))
        else:
            by_check[finding.check].append(_row(notes, finding, "dismiss"))
    groups = [Group(tuple(rows), CHECKS[name].asks) for name, rows in by_check.items() if rows]
    if away:
        groups.append(Group(tuple(away), f"Dismissed ({len(away)})", folded=True))
    return tuple(groups)


def _row(notes: Annotations, finding: Finding, action: str) -> Row:
    words = notes.text(finding.span)
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
    return Row(
        f"{finding.check}:{finding.span.start}-{finding.span.end}",
        title=finding.message,
        # Most messages have the words themselves.
        words=() if words in finding.message else (short,),
        at=(finding.span,),
        actions=(action,),
    )


def dismissal(row: Row) -> Edit:
    """The edit that dismisses a finding."""
    return Edit("dismiss", "text", row.at, value=row.id.rpartition(":")[0])


def restored(notes: Annotations, row: Row) -> list[Edit]:
    """The edits that take back all that dismisses a finding."""
    name = row.id.rpartition(":")[0]
    return [
        Edit("reset", "text", edit.at, value=name)
        for edit in dismissed(notes)
        if dismisses(edit, name, row.at[0])
    ]
