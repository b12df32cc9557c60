"""The red flags, as data that two people release: what to ask, where to send, what to say.

Sources: practice red-flag guides and the locality's decisions (domain sections 3 and 4).
A phrase is words that stand near each other in any order; a star ends a word early.
"""

from __future__ import annotations

from dataclasses import dataclass

from practices.rules.code import Code
from triage.rules.codes import Sex, Urgency
from triage.rules.need_defaults import OLDEST


class Endpoint(Code):
    """Where a flag leads: each flag has its own."""

    AMBULANCE = "ambulance", "999"
    EMERGENCY_DEPARTMENT = "emergency_department", "Emergency department"
    MATERNITY_UNIT = "maternity_unit", "Maternity unit"
    EYE_CASUALTY = "eye_casualty", "Eye casualty"
    CRISIS_LINE = "crisis_line", "Mental health crisis line"


SAY: dict[Endpoint, str] = {
    Endpoint.AMBULANCE: (
        "This needs an ambulance. Call 999 now from another phone, or I will call for you. "
        "I am staying on the line."
    ),
    Endpoint.EMERGENCY_DEPARTMENT: (
        "You need to be seen at an emergency department now. "
        "If you cannot get there safely at once, call 999."
    ),
    Endpoint.MATERNITY_UNIT: (
        "Call your maternity unit now. They answer day and night. "
        "The number is in your maternity notes; if you cannot find it, call 111."
    ),
    Endpoint.EYE_CASUALTY: (
        "You need eye casualty today, now. If a chemical went in, keep rinsing with water."
    ),
    Endpoint.CRISIS_LINE: (
        "I am glad you told me. Stay on the line with me; I am getting a clinician now. "
        "If you are in danger, call 999. You can also call 111 and choose mental health."
    ),
}


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One question of the card; `is_first` stays in sight when none was said.

    A flag that left the card is no longer asked or looked for, and old cases still name it. Where
    two leads say so, it is asked of some ages or one sex only; it is looked for in words of all.
    """

    code: str
    question: str
    endpoint: Endpoint
    phrases: tuple[str, ...]
    is_first: bool = False
    own_words: str = ""
    urgency: Urgency = Urgency.P0
    has_left: bool = False
    min_age: int = 0
    max_age: int = OLDEST
    sex: Sex | None = None

    @property
    def is_of_everybody(self) -> bool:
        """Whether it is asked of every patient."""
        return self.min_age == 0 and self.max_age >= OLDEST and self.sex is None

    def is_asked_of(self, age: int, sex: Sex) -> bool:
        """Whether it is asked of somebody of that age; a sex nobody recorded is asked all."""
        is_of_age = self.min_age <= age and (age <= self.max_age or self.max_age >= OLDEST)
        return is_of_age and (self.sex in (None, sex) or sex not in (Sex.FEMALE, Sex.MALE))

    @property
    def say(self) -> str:
        """The words to read aloud when the flag is ticked."""
        return self.own_words or SAY[self.endpoint]


_A = Endpoint.AMBULANCE
_ED = Endpoint.EMERGENCY_DEPARTMENT

RED_FLAGS: tuple[RedFlag, ...] = (
    RedFlag("heart_attack", "Chest pain or tightness, or pain to arm or jaw", _A, (
        "elephant chest", "weight chest", "band chest", "arm numb", "arm* gone numb",
        "chest pain*", "chest tight*", "chest hurt*", "chest crush*", "chest pressure",
        "chest heav*", "heart attack", "jaw arm pain", "chest ache*", "chest sore",
        "chestpain*", "pain* down arm", "pain* left arm", "tight chest*",
        "crushing chest", "pain across chest", "chest burning", "squeez* chest", "chest discomfort",
        "heartattack",
    ), is_first=True),
    RedFlag("stroke", "Face drooping, arm weak, or speech slurred", _A, (
        "slurr*", "slurs", "mouth one side",
        "face droop*", "face drop*", "face numb*", "slur* speech", "speech slurr*", "stroke",
        "arm weak*", "cant speak", "cannot speak", "words jumbl*", "one side weak*", "mouth droop*",
        "face one side", "face lopsided", "face gone funny", "mouth drop*", "talking funny",
        "cant get words", "speech gone", "arm wont move",
        "cant move arm", "cannot move arm", "cant lift arm", "tia",
    ), is_first=True),
    RedFlag("breathless", "Cannot finish a sentence for breath, or blue lips", _A, (
        "cant breath*", "cannot breath*", "cant catch breath", "struggl* breath*", "gasp*",
        "blue lips", "difficulty breath*", "trouble breath*", "hard breath*", "breathless*",
        "short breath", "shortness breath", "cant get breath", "fight* breath*", "lips blue",
        "unable breath*", "not breath* properly", "cant get air", "out breath", "lips grey",
        "blue mouth", "cant finish sentence*", "suffocat*", "not able breath*",
    ), is_first=True),
    RedFlag("child_breathing", "Child: ribs sucking in, grunting or pauses in breathing", _A, (
        "ribs suck*", "sucking in", "grunt* breath*", "baby breath* fast", "child breath* fast",
        "stop* breath*", "baby floppy", "child floppy",
        "grunting", "baby not breath*", "baby pauses breath*", "child struggl* breath*",
        "working hard breath*", "baby limp", "child limp",
    ), is_first=True),
    RedFlag("heavy_bleeding", "Bleeding that will not stop", _A, (
        "wont stop bleed*", "bleed* heav*", "heav* bleed*", "blood pouring", "lot* blood",
        "cant stop bleed*", "not stop* bleed*", "bleed* everywhere", "gush* blood",
        "soak* pads", "bleed* lots", "keeps bleed*", "bleed* for hours", "pouring blood",
        "spurt* blood", "clots size",
    ), is_first=True),
    RedFlag("anaphylaxis", "Swollen lips, tongue or throat, or a severe allergic reaction", _A, (
        "swell* tongue", "swollen tongue", "swollen lips", "swell* lips", "throat clos*",
        "throat swell*", "anaphyla*", "epipen", "allergic reaction", "swollen throat",
        "face swollen", "face swell*",
        "lips swollen", "tongue swollen", "tongue swell*", "throat swollen", "lips swell*",
        "epi pen", "lips puff*", "throat tight*",
    ), is_first=True),
    RedFlag("unconscious", "Fitting, collapsed, or cannot be woken", _A, (
        "seizure*", "fitting", "convuls*", "unconscious", "collapse*", "wont wake", "cant wake",
        "passed out", "blackout", "black* out", "unresponsive", "fit having", "had a fit",
        "having fit", "having fits", "fits", "lost consciousness", "fainted", "fainting",
        "wont wake up", "not waking", "cannot wake", "not responding", "shaking all over",
        "passing out",
    ), is_first=True),
    RedFlag("overdose", "Overdose or poisoning", _A, (
        "load pills", "load tablets", "handful pills", "handful tablets", "packet paracetamol",
        "overdose*", "overdos*", "too many tablets", "too many pills", "poison*",
        "swallowed bleach", "took all tablets", "taken all tablets",
        "too many paracetamol", "too much paracetamol", "too many ibuprofen", "too many tabs",
        "too many painkillers", "took all pills", "taken all pills", "whole packet tablets",
        "whole packet pills", "whole box tablets", "too much insulin", "too much medic*",
        "drank bleach", "swallowed tablets", "double dose*",
    ), is_first=True),
    RedFlag("suicide_plan", "Plan or wish to end their life", Endpoint.CRISIS_LINE, (
        "self harm*", "selfharm*", "cut wrist*",
        "dont want be here", "not want be here", "doesnt want be here", "bad thoughts",
        "suicid*", "kill myself", "end my life", "want die", "take my own life", "end it all",
        "dont want live", "better off dead", "harm myself", "hurt myself", "not want live",
        "kill himself", "kill herself", "no point living", "ending it",
        "ending life", "end* his life", "end* her life", "end* their life", "end* my life",
        "take* his own life", "take* her own life", "sucid*", "suiside*",
        "kill themsel*", "cutting myself", "cutting himself", "cutting herself", "cut myself",
        "hurting himself", "hurting herself", "harm himself",
        "harm herself", "wants die", "wish* dead", "want* be dead", "cant go on", "no reason live",
    ), is_first=True),
    RedFlag("sepsis", "Shivering, mottled or pale, very sleepy, or says they might die", _A, (
        "sepsis", "septic", "mottled", "shiver* fever", "shiver* uncontrol*", "rigor*",
        "going to die", "might die", "confus* fever", "confus* sudden*", "skin pale cold",
        "feel like dying", "rash glass", "clammy",
        "delirious", "confus* temperature", "not making sense", "skin blotchy", "blue skin",
        "grey skin", "shak* uncontrol*", "shaking cold",
    ), is_first=True),
    RedFlag("meningitis_rash", "Rash that does not fade, with fever or stiff neck", _A, (
        "rash not fade", "rash doesnt fade", "rash wont fade", "purple rash", "stiff neck",
        "meningitis", "neck stiff", "light hurts fever", "non blanching", "purple spots",
        "rash glass", "glass test", "doesnt fade glass", "purple blotch*",
        "light hurts eyes headache", "neck wont bend",
    ), is_first=True),
    RedFlag("severe_abdominal", "Severe tummy pain with vomiting, or a rigid tummy", _ED, (
        "severe tummy pain", "severe stomach pain", "severe abdom* pain", "agony stomach",
        "agony tummy", "worst pain", "rigid tummy", "unbearable pain", "stomach rock hard",
        "doubled over pain", "excruciat*",
        "tummy pain screaming", "stomach pain screaming", "severe belly pain", "belly rock hard",
        "agony belly", "worst tummy", "worst stomach",
    ), is_first=True),
    RedFlag("thunderclap", "Sudden worst headache ever", _A, (
        "worst headache", "thunderclap", "sudden* severe headache", "headache sudden*",
        "headache like hit",
        "worst head ache", "worst ever headache", "head ache suddenly", "headache came suddenly",
        "explod* head*", "hit back head",
    )),
    RedFlag("head_injury", "Head injury: blood thinners, vomiting, drowsy, bleeding ear", _ED, (
        "head injur*", "hit head", "bang* head", "knock* head", "fell head", "bleed* ear",
        "blood ear", "blood thinn* fall*", "warfarin fall*", "warfarin fell", "apixaban fell",
        "bump* head", "crack* head", "whack* head", "fell hit head", "headinjury", "concuss*",
    )),
    RedFlag("vomiting_blood", "Vomiting blood, or black tarry stool", _A, (
        "vomit* blood", "sick blood", "cough* up blood", "black stool*", "black poo*", "tarry",
        "throw* up blood", "coffee grounds", "cough* blood", "spit* blood",
        "bringing up blood", "blood sick", "sick up blood", "stool* black", "poo* black",
    )),
    RedFlag("rectal_bleeding", "Heavy bleeding from the bottom", _ED, (
        "bleed* bottom", "blood bottom", "rectal bleed*", "blood back passage", "blood poo*",
        "blood stool*", "bleed* back passage",
        "blood toilet", "blood loo", "bleed* bum", "blood bum", "bleed* rectum",
    )),
    RedFlag("baby_fever", "Fever in a baby under 3 months", _ED, (
        "newborn fever", "newborn temperature", "week* old fever", "week* old temperature",
        "baby temperature", "baby fever", "newborn hot", "baby hot", "month* old fever",
        "month* old temperature", "week* old hot",
        "weeks baby temp", "baby temp", "newborn temp", "week old temp", "week* baby hot",
        "baby burning up",
    )),
    RedFlag("chemo_fever", "Fever or unwell on chemotherapy", _ED, (
        "chemo* fever", "chemo* temperature", "chemo* unwell", "chemo* shiver*",
        "neutropenic", "chemo* hot", "immunosuppress* fever",
        "chemo* temp", "chemo* fever*", "chemo* infection",
    )),
    RedFlag("battery", "Swallowed a button battery or magnet", _A, (
        "button battery", "swallow* battery", "swallow* magnet*", "ate battery",
        "swallow* batteries", "swallow* button", "battery nose", "eaten battery",
    )),
    RedFlag("adrenal_crisis", "Addison's or on steroids, and vomiting or collapsing", _A, (
        "adrenal crisis", "addison*", "steroid* vomit*", "hydrocortisone vomit*",
        "steroid* collaps*", "steroid* being sick",
    )),
    RedFlag("sickle_crisis", "Sickle cell with severe pain or fever", _ED, (
        "sickle crisis", "sickle pain", "sickle fever", "sickle cell",
        "sickle chest",
    )),
    RedFlag("clot_lung", "Calf swelling with breathlessness", _A, (
        "calf swollen", "calf swell*", "leg swollen breath*", "blood clot", "calf pain",
        "dvt", "pulmonary embol*", "leg swollen painful",
        "calf hot", "calf red", "calf hurts", "leg red swollen", "leg hot swollen", "bloodclot",
    )),
    RedFlag("sudden_sight_loss", "Sudden loss of sight", Endpoint.EYE_CASUALTY, (
        "lost sight", "lost vision", "cant see", "cannot see", "sudden* blind*", "curtain eye",
        "curtain vision", "loss vision", "loss sight", "flash* floater*", "vision gone",
        "blind one eye", "gone blind", "going blind", "sight gone", "sight went", "lost eyesight",
        "black eye vision", "vision went",
    )),
    RedFlag("chemical_eye", "Chemical in the eye, or something through it", Endpoint.EYE_CASUALTY, (
        "bleach eye*", "chemical* eye*", "acid eye*", "splash* eye*", "cement eye*",
        "oven cleaner eye*", "metal eye*",
        "cleaner eye*", "superglue eye*", "sprayed eye*", "detergent eye*", "lime eye*",
    )),
    RedFlag("diabetic_crisis", "Child or diabetic: very thirsty, drowsy, vomiting", _A, (
        "ketone*", "ketoacidosis", "dka", "diabet* vomit*", "diabet* drowsy", "thirst* drowsy",
        "thirst* wee* lot", "run out insulin", "ran out insulin", "no insulin", "hypo",
        "drowsy child", "drowsy baby", "child very sleepy",
        "sugar too high", "sugar too low", "sugar very high", "sugar very low",
        "missed insulin",
    )),
    RedFlag("cauda_equina", "Back pain with numb saddle area, weak legs, cannot pass urine", _ED, (
        "numb saddle", "numb* between legs", "numb* groin", "numb* bottom", "cant wee",
        "cannot wee", "cant pass urine", "cannot pass urine", "cannot pee", "cant pee",
        "legs numb", "numb* legs", "legs weak", "lost control bladder", "lost control bowel*",
        "incontinen* back", "both legs tingl*",
        "saddle numb*", "not able wee", "not able pee", "cant feel bottom", "cant feel legs",
        "cant hold wee", "wet myself back", "soil* myself", "no feeling between legs",
    )),
    RedFlag("testicular_torsion", "Sudden testicle pain", _ED, (
        "testic* agony", "balls agony",
        "testic* pain", "testic* hurt*", "ball* pain sudden*", "pain* testic*", "testic* swollen",
        "swollen testic*", "balls hurt*", "scrotum pain*",
        "testic* swell*", "testic* ache*", "balls swollen",
    )),
    RedFlag(
        "pregnancy_bleeding", "Pregnant: bleeding or severe pain", Endpoint.MATERNITY_UNIT, (
        "pregnan* bleed*", "pregnan* blood", "pregnan* pain*", "ectopic", "miscarr*",
        "waters broke*", "waters gone", "pregnan* spotting", "pregnan* headache",
        "weeks pregnant cramp*", "pregnan* cramp*", "pregnan* waters", "water* broken",
        "pregnan* bad head",
    )),
    RedFlag(
        "reduced_movements", "Pregnant: baby moving less", Endpoint.MATERNITY_UNIT, (
        "baby not moving", "baby moving less", "reduced movement*", "baby stop* moving",
        "baby hasnt moved", "baby isnt moving", "less movement* baby", "no movement* baby",
        "baby not moved", "baby hasnt kicked", "baby not kick*", "baby stop* kick*",
        "havent felt baby", "not felt baby", "cant feel baby", "less kicks",
        "fewer kicks",
    )),
    RedFlag("burn", "Large, deep or face burn, or electric shock", _A, (
        "burn* face", "bad burn*", "scald*", "electric* shock", "severe burn*", "burn* badly",
        "burn* hand bad*", "boiling water", "burnt face", "blister* burn*", "chemical burn*",
        "hot oil", "electrocut*",
    )),
    RedFlag("choking", "Choking, or drooling and cannot swallow", _A, (
        "choking", "choked", "drool*", "cant swallow spit", "cant swallow saliva",
        "cannot swallow",
        "stuck throat", "cant swallow anything", "dribbl* cant swallow",
    )),
    RedFlag("psychosis_danger", "Danger to others, or hearing voices telling them to harm",
            Endpoint.CRISIS_LINE, (
        "harm baby", "hurt baby", "harm my child", "hurt my child",
        "hear* voices", "voices tell*", "hurt someone", "kill someone", "harm* others",
        "hears voices", "voices head", "want hurt him", "want hurt her",
        "harm someone", "kill him", "kill her", "kill them",
    )),
    RedFlag("abuse_now", "In danger from somebody now", _A, (
        "strangl*", "raped", "hit me", "attack* me", "stab*", "afraid of him", "scared of him",
        "hits me", "beat me", "beating me", "beats me", "hitting me", "choked me", "partner hit",
        "husband hit", "afraid of husband", "scared of husband", "scared of partner",
        "not safe home", "raping", "sexual* assault*",
    )),
)  # fmt: skip
