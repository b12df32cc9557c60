"""The requests of a morning, written down as they came: when, what for, and what became of them."""

from dataclasses import dataclass
from enum import StrEnum

from triage.rules.codes import Channel, Need


class Then(StrEnum):
    """What has happened to a request by now."""

    WAITS = "waits"
    SIGNED = "signed"
    CLAIMED = "claimed"
    HANDED_BACK = "handed_back"
    ADVISED = "advised"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: minutes ago, practice, need, what was said, and what came of it."""

    ago: int
    practice: str
    need: Need
    words: str = ""
    then: Then = Then.WAITS
    channel: Channel = Channel.PHONE
    flags: tuple[str, ...] = ()
    code: str = ""


WEB, DESK, N111 = Channel.ONLINE, Channel.DESK, Channel.NHS111
A = Asked
N = Need
WAITING: tuple[Asked, ...] = (
    # P0 and P1: a red flag ticked, words that are read within five minutes, a code of NHS 111.
    A(1, "alder", N.OTHER, "Chest pain going into the left arm, started an hour ago.",
      flags=("heart_attack",)),
    A(9, "elm", N.COUGH_BREATHING, "Chest tight since the weekend, worse on the stairs."),
    A(31, "bracken", N.COUGH_BREATHING, "Breathless walking to the bathroom, cough all night.",
      then=Then.SIGNED),
    A(42, "alder", N.ABDOMINAL, "Sent by 111 to speak to somebody within the hour.",
      channel=N111, code="Dx11"),
    # P2: children with a fever; the first has waited too long.
    A(133, "quern", N.FEVER_CHILD, channel=WEB),
    A(74, "alder", N.FEVER_CHILD, then=Then.SIGNED),
    A(46, "elm", N.FEVER_CHILD),
    A(27, "thorn", N.FEVER_CHILD, channel=DESK),
    A(6, "alder", N.FEVER_CHILD),
    A(18, "bracken", N.WOUND_INJURY, "111 said contact within two hours.", channel=N111,
      code="Dx05"),
    # P3: this session.
    A(88, "alder", N.COUGH_BREATHING, then=Then.SIGNED),
    A(81, "elm", N.ABDOMINAL),
    A(77, "alder", N.HEADACHE, then=Then.SIGNED),
    A(63, "quern", N.WOUND_INJURY, channel=DESK),
    A(52, "bracken", N.MENTAL_HEALTH),
    A(39, "alder", N.EYE),
    A(33, "elm", N.COUGH_BREATHING, channel=WEB),
    A(21, "thorn", N.ABDOMINAL, then=Then.CLAIMED),
    A(15, "alder", N.MENTAL_HEALTH, channel=WEB),
    A(5, "quern", N.HEADACHE),
    # P4: today.
    A(86, "elm", N.SKIN_RASH, then=Then.SIGNED),
    A(79, "alder", N.SORE_THROAT),
    A(66, "bracken", N.BACK_JOINT, channel=WEB),
    A(58, "alder", N.URINARY),
    A(49, "quern", N.EAR_PAIN, channel=DESK),
    A(44, "elm", N.SKIN_RASH, channel=WEB),
    A(36, "alder", N.WOMENS_HEALTH),
    A(24, "bracken", N.OTHER),
    A(17, "thorn", N.SORE_THROAT),
    A(11, "elm", N.BACK_JOINT),
    A(3, "alder", N.SKIN_RASH),
    # P5 and P6: tomorrow, or planned.
    A(118, "alder", N.MEDICATION, channel=WEB),
    A(92, "elm", N.MEDICATION, channel=WEB, then=Then.SIGNED),
    A(71, "bracken", N.MEDICATION, channel=WEB),
    A(55, "alder", N.MEDICATION, then=Then.HANDED_BACK),
    A(34, "quern", N.MEDICATION, channel=DESK),
    A(124, "elm", N.FOLLOW_UP, channel=WEB),
    A(109, "alder", N.ADMIN, channel=WEB),
    A(97, "alder", N.LONG_TERM_CONDITION, channel=WEB),
    A(83, "thorn", N.FOLLOW_UP),
    A(61, "bracken", N.ADMIN, channel=WEB),
    A(47, "alder", N.FOLLOW_UP, channel=DESK),
    A(29, "elm", N.LONG_TERM_CONDITION),
    A(13, "quern", N.FOLLOW_UP, channel=WEB),
    # Already dealt with on the phone.
    A(96, "alder", N.COUGH_BREATHING, then=Then.ADVISED),
    A(90, "elm", N.SKIN_RASH, then=Then.ADVISED),
    A(84, "bracken", N.FEVER_CHILD, then=Then.ADVISED),
    A(76, "alder", N.HEADACHE, then=Then.ADVISED),
    A(65, "quern", N.EYE, then=Then.ADVISED),
)  # fmt: skip
SAFETY_NET = (
    "Should ease within three days. Ring back the same day if it gets worse, if a fever comes, "
    "or if you are worried; 111 when we are closed."
)
