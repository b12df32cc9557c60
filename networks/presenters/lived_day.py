"""A lived day in lines for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from networks.queries.clinician_loads import ClinicianDay
from networks.rules.lived_day import Summary, Wait
from practices.rules.limits import LimitMode
from practices.rules.london import clock_words, day_of, day_words
from triage.rules.codes import Channel, Refusal, Urgency
from triage.rules.states import OWNER, State

LEFT_SHOWN = 12


def came_in(summary: Summary) -> Iterator[str]:
    """What came in, by channel, class, practice and hour."""
    channels = {Channel(name).label: number for name, number in summary.by_channel.items()}
    hours = {f"{hour:02}": number for hour, number in summary.by_hour.items()}
    yield f"What came in: {summary.cases:,} cases"
    yield f"  by channel   {_told(channels)}"
    yield f"  by class     {_told(summary.by_class)}"
    yield f"  by practice  {_told(summary.by_practice)}"
    yield f"  by hour      {_told(hours)}"


def where_it_went(summary: Summary) -> Iterator[str]:
    """Where the cases went, most first."""
    yield "Where it went"
    for name, number in summary.where.items():
        yield f"  {number:>6,}  {name}"


def waits(rows: Iterable[Wait]) -> Iterator[str]:
    """Waits by class: from asking until somebody met the patient."""
    yield "Waits until met   cases   median     90 %     late   left over"
    for row in rows:
        label = f"{row.urgency} {Urgency(row.urgency).label}"
        yield (
            f"  {label:<21} {row.cases:>5,} {_minutes(row.median):>9} {_minutes(row.ninetieth):>9}"
            f" {row.late:>6,} {row.left:>6,}"
        )


def loads(at_eight: Sequence[ClinicianDay], at_end: Sequence[ClinicianDay]) -> Iterator[str]:
    """Who was over the limit, before and after, and by how much in points."""
    modes = {mode.label.lower(): 0 for mode in LimitMode}
    for row in at_end:
        modes[row.mode.label.lower()] += 1
    before = [row for row in at_end if row.over_without_moves]
    after = [row for row in at_end if row.is_over]
    excess_before = sum(row.used + row.moved_on - row.limit for row in before)
    excess_after = sum(row.used - row.limit for row in after)
    yield f"Clinicians: {len(at_end)}; limits {_told(modes)}"
    yield f"  over the limit at 8am        {sum(1 for row in at_eight if row.is_over):>4}"
    yield f"  over it without the moves    {len(before):>4}, by {excess_before / 10:.1f} points"
    yield f"  over it at the end           {len(after):>4}, by {excess_after / 10:.1f} points"


def on_the_way(counted: Mapping[str, int], moves_of_a_patient: int) -> Iterator[str]:
    """What happened between: triage, moves, people who stayed away."""
    get = {**dict.fromkeys(COUNTED, 0), **counted}
    yield (
        f"Triage: {get['taken']:,} taken, {get['squeezed_in']:,} seen by the clinician who triaged"
        f" (no place in time), {get['called_for_help']:,} calls for help"
    )
    yield (
        f"Patients: {get['called_again']:,} called again, {get['cancelled']:,} cancelled,"
        f" {get['stayed_away']:,} stayed away of {get['stayed_away'] + get['attended']:,},"
        f" {get['hub_declined']:,} did not want the hub"
    )
    yield (
        f"Back to the practice: {get['back_accepted']:,} accepted,"
        f" {get['back_refused']:,} refused, {get['handed_back_unanswered']:,} not answered"
    )
    yield (
        f"Rebalancing: {get['runs']:,} runs, {get['runs_proved']:,} proved;"
        f" {get['proposed']:,} proposals, {get['moves_accepted']:,} accepted,"
        f" {get['moves_declined']:,} declined; most moves of one patient: {moves_of_a_patient}"
    )


COUNTED = (
    *("taken", "squeezed_in", "called_for_help", "called_again", "cancelled", "stayed_away"),
    *("attended", "hub_declined", "back_accepted", "back_refused", "handed_back_unanswered"),
    *("runs", "runs_proved", "proposed", "moves_accepted", "moves_declined"),
)


def refusals(refused: Mapping[str, int], counted: Mapping[str, int]) -> Iterator[str]:
    """Wishes that were refused, and lines people were shown as impossible, by reason."""
    lines = {
        Refusal(name.split(":")[1]).label: number
        for name, number in counted.items()
        if name.startswith("line_refused:")
    }
    yield f"Wishes refused: {_told(refused)}"
    yield f"Lines shown as impossible: {_told(lines)}"


def left_over(summary: Summary) -> Iterator[str]:
    """Who still owns what, and until when."""
    yield f"Left over: {len(summary.left):,}"
    for case in summary.left[:LEFT_SHOWN]:
        due = f"{clock_words(case.due_at)} {day_words(day_of(case.due_at))}"
        yield f"  {case.reference}  {case.urgency}  {OWNER[State(case.state)].label}; due {due}"
    if len(summary.left) > LEFT_SHOWN:
        yield f"  … and {len(summary.left) - LEFT_SHOWN:,} more"


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items() if number) or "none"


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return "-"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
