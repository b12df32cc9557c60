"""Every figure the simulated network rests on, and where it is from.

"Design" is the generator the marks were set with; "domain" the collected figures of general
practice in England, by section; (A) is an assumption of ours, open to change. How people behave
(missed, cancelled, refused, how long it takes) is in `networks.rules.behaviour`.
"""

from collections.abc import Mapping
from typing import Final

from hubs.rules.needs import Need, Urgency
from practices.rules.professions import Profession

# The network (design).
PRACTICES: Final = 5
PATIENTS: Final = 40_000
GPS: Final = 25
LIST_SHAPE: Final = 6.0  # Dirichlet: the higher, the more alike the lists (A)
SLOT_MINUTES: Final = 15
SLOTS_IN_SESSION: Final = 12
SESSION_LIMIT: Final = 125  # 12.5 points, in tenths (domain 1)
SICK: Final = 0.035  # of the GPs, each day; a practice then finds one locum if nobody is left (A)
HUB_TEAM: Final = (
    Profession.GP,
    Profession.ANP,
    Profession.PARAMEDIC,
    Profession.PHARMACIST,
    Profession.PHYSIO,
    Profession.GP,
    Profession.ANP,
    Profession.ANP,
    Profession.MENTAL_HEALTH,
    Profession.NURSE,
)  # in the order a hub grows in (A); ten of them are the design's
HUB_PREBOOKED: Final = 0.25  # design
SUPERVISED_BY_ONE: Final = 4  # people a hub's GP watches over (domain 0: a ratio is enforced; A)
PUBLISHES: Final = 0.10  # of the GPs open their free slots to the network (design: mutual aid)
MUTUAL_AID: Final = 0.30  # of the pairs of practices have an agreement (A)
TRAVEL_MINUTES: Final = (5, 10, 15, 20)  # to the hub or another practice (A)

# Minutes after midnight.
OPENS, CLOSES = 8 * 60, 18 * 60 + 30  # core hours (domain 4)
MORNING, AFTERNOON, MIDDAY = 8 * 60 + 30, 14 * 60, 12 * 60 + 45  # sessions; duty changes hands (A)
GP_DAYS: Final = (  # design
    ((MORNING, AFTERNOON), 45.0),
    ((MORNING,), 25.0),
    ((AFTERNOON,), 15.0),
    ((), 15.0),
)
HUB_DAYS: Final = (((MORNING, AFTERNOON), 50.0), ((MORNING,), 25.0), ((AFTERNOON,), 25.0))  # design

# Squeezing in: in each GP's session between two booked patients, and the duty GP outside sessions.
SQUEEZE_EVERY: Final = 45  # minutes; four a session (A)
DUTY_EVERY: Final = 15  # minutes (A)

# Demand (design), on a day.
SAME_DAY_CASES: Final = 258
HOURS: Final = (  # 34 % before nine, 18 % before ten (design), then as on a Monday (domain 6)
    (8, 34.0),
    (9, 18.0),
    (10, 10.6),
    (11, 8.1),
    (12, 5.7),
    (13, 5.7),
    (14, 6.5),
    (15, 5.3),
    (16, 3.7),
    (17, 2.4),
)
CLASSES: Final = (  # P0 goes to 999 and takes no appointment (design)
    (Urgency.P1, 3.0),
    (Urgency.P2, 7.0),
    (Urgency.P3, 16.0),
    (Urgency.P4, 44.0),
    (Urgency.P5, 14.0),
    (Urgency.P6, 16.0),
)
NEEDS: Final = (  # design: eight; wounds instead of medicines, so that the nurse is of use (A)
    (Need.COUGH_BREATHING, 20.0),
    (Need.SORE_THROAT, 18.0),
    (Need.SKIN_RASH, 14.0),
    (Need.URINARY, 12.0),
    (Need.BACK_JOINT, 12.0),
    (Need.ABDOMINAL, 10.0),
    (Need.MENTAL_HEALTH, 8.0),
    (Need.WOUND_INJURY, 6.0),
)
POINTS: Final = ((5, 25.0), (10, 50.0), (15, 20.0), (25, 5.0))  # design, in tenths
OLDEST: Final = 95
USUAL_GP: Final = 0.35  # of the patients: it matters who sees them (A)
NOTICE: Final = 15  # minutes from asking until somebody can be seen: triage, the call (A)
TOLD_WITHIN: Final = 10  # minutes a call to somebody in the queue takes to arrange (A)
CLINICS_LATE: Final = 15  # minutes: Headroom plans so much ahead of a same-day due time (A)
SHARE_STRETCH: Final = 1.3  # of a practice's share of the hub it may use before 2pm (design)
PHONE_ONLY, EITHER_MODE = 0.10, 0.35  # of the patients; the others come in person (A)
PHONE_SLOTS: Final = 0.25  # domain 6

# Routine demand, what stands in the practices' books at eight: 116 appointments for 1,000 patients
# a week, 45 % of them by GPs, 55 % of those booked ahead (domain 6), over the GPs' own slots.
WEEKLY_PER_1000, BY_GP, BOOKED_AHEAD = 116, 0.45, 0.55
_ROUTINE_A_DAY = PATIENTS / 1000 * WEEKLY_PER_1000 / 5 * BY_GP * BOOKED_AHEAD
_SESSIONS_A_DAY = GPS * (1 - SICK) * sum(len(half) * share for half, share in GP_DAYS) / 100
PREBOOKED: Final = _ROUTINE_A_DAY / (_SESSIONS_A_DAY * SLOTS_IN_SESSION)  # 0.61
PREBOOKED_DAYS_AHEAD: Final = 5  # for who stays away (domain 6: 2 to 7 days)
FIXED: Final = 0.30  # of the booked: interpreter, transport or a red continuity flag (A)

# How long a contact takes, in minutes (domain 6: 9.2 in person), by its points (A).
MINUTES: Final[Mapping[int, float]] = {5: 6.0, 10: 9.2, 15: 13.0, 25: 20.0}
LONGEST: Final = 45.0
