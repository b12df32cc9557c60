"""The state diagram, drawn from the table. `python -m triage.rules.state_picture` prints it."""

from __future__ import annotations

import sys

from triage.rules.states import MOVES, OWNER, State

_INTRO = """# The life of a case

Made from `triage/rules/states.py` by `python -m triage.rules.state_picture > docs/STATES.md`;
a test fails when this page is out of date.
"""


def diagram() -> str:
    """The table as a mermaid state diagram, steps with the same ends on one arrow."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (here, step), there in MOVES.items():
        arrows.setdefault((here, there), []).append(step.value)
    lines = ["stateDiagram-v2", f"    [*] --> {State.NEW}"]
    lines += [
        f"    {here} --> {there}: {', '.join(steps)}"
        for (here, there), steps in arrows.items()
        if here is not there
    ]
    lines.append(f"    {State.CLOSED} --> [*]")
    return "\n".join(lines)


def page() -> str:
    """The whole of docs/STATES.md."""
    owners = [f"| {state} | {state.label} | {owner.label} |" for state, owner in OWNER.items()]
    staying = [
        f"| {here} | {step} | {step.label} |"
        for (here, step), there in MOVES.items()
        if here is there
    ]
    parts = [
        _INTRO,
        "```mermaid",
        diagram(),
        "```",
        "\n## Who owns a case\n\n| state | in words | owner |\n|---|---|---|",
        *owners,
        "\n## Steps that change no state\n\n| state | step | in words |\n|---|---|---|",
        *staying,
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
