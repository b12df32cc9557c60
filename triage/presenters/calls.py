"""How many patients call for the duty clinician, in words, above every page they open."""

from dataclasses import dataclass

from triage.queries.calls import Calls


@dataclass(frozen=True, slots=True)
class CallsLine:
    """What is said, and of which cases; blank words when nobody calls."""

    words: str = ""
    calling: str = ""
    late: str = ""
    level: str = "soon"


def calls_line(found: Calls) -> CallsLine:
    """ "2 of your patients call for help, 1 of them late. 1 handed back: accept or refuse"."""
    calls, late, backs = len(found.calling), len(found.late), len(found.handed_back)
    help_words = f"{_patients(calls)} {'calls' if calls == 1 else 'call'} for help"
    said = [help_words + (f", {late} of them late" if late else "")] if calls else []
    if backs:
        said.append(f"{backs} handed back by the hub, to accept or refuse")
    return CallsLine(
        words=". ".join(said),
        calling=" ".join((*found.calling, *found.handed_back)),
        late=" ".join(found.late),
        level="urgent" if late else "soon",
    )


def _patients(number: int) -> str:
    return "1 of your patients" if number == 1 else f"{number} of your patients"
