"""The card and the scan: each phrase is found however it is written; nothing lowers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.refusals import BadInput
from triage.rules.red_flag_list import RED_FLAGS, SAY, Endpoint
from triage.rules.red_flags import BY_CODE, USUAL, flags_of, fold, scan

# What people write, and the flag that must be found in it.
PHRASES = [
    ("It is like an elephant on my chest", "heart_attack"),
    ("my left arm is numb", "heart_attack"),
    ("he is slurring his words", "stroke"),
    ("she took a load of pills", "overdose"),
    ("a packet of paracetamol, all of it", "overdose"),
    ("She doesn't want to be here any more", "suicide_plan"),
    ("cut her wrists last night", "suicide_plan"),
    ("worried about self-harm", "suicide_plan"),
    ("afraid I will harm the baby", "psychosis_danger"),
    ("agony in one testicle", "testicular_torsion"),
    ("chestpain since morning", "heart_attack"),
    ("pain down my left arm", "heart_attack"),
    ("he wants to end his life", "suicide_plan"),
    ("thinking of ending my life", "suicide_plan"),
    ("cutting myself again", "suicide_plan"),
    ("feeling sucidal", "suicide_plan"),
    ("unable to breathe", "breathless"),
    ("not breathing properly", "breathless"),
    ("took too many paracetamol", "overdose"),
    ("havent felt the baby move today", "reduced_movements"),
    ("my baby has not moved", "reduced_movements"),
    ("worst ever head ache", "thunderclap"),
    ("gone blind in one eye", "sudden_sight_loss"),
    ("fainted twice", "unconscious"),
    ("I have had chest pain since this morning", "heart_attack"),
    ("pain in my chest and left arm", "heart_attack"),
    ("CHEST feels really TIGHT", "heart_attack"),
    ("my chest is hurting", "heart_attack"),
    ("mum's face has dropped on one side", "stroke"),
    ("his speech is slurred", "stroke"),
    ("I think she is having a stroke", "stroke"),
    ("I can’t breathe properly", "breathless"),
    ("cant catch my breath", "breathless"),
    ("short of breath walking upstairs", "breathless"),
    ("his lips have gone blue", "breathless"),
    ("baby's ribs are sucking in", "child_breathing"),
    ("nose bleed and it won't stop bleeding", "heavy_bleeding"),
    ("bleeding very heavily", "heavy_bleeding"),
    ("my tongue is swollen after peanuts", "anaphylaxis"),
    ("throat is closing up", "anaphylaxis"),
    ("he had a fit", "unconscious"),
    ("she passed out twice", "unconscious"),
    ("collapsed in the kitchen", "unconscious"),
    ("took too many of her tablets", "overdose"),
    ("I want to die", "suicide_plan"),
    ("thinking of ending it", "suicide_plan"),
    ("I don't want to live any more", "suicide_plan"),
    ("suicidal thoughts", "suicide_plan"),
    ("skin looks mottled and cold", "sepsis"),
    ("he says he is going to die", "sepsis"),
    ("a rash which does not fade", "meningitis_rash"),
    ("very stiff neck", "meningitis_rash"),
    ("the worst headache of my life", "thunderclap"),
    ("grandad hit his head and takes warfarin", "head_injury"),
    ("been vomiting blood", "vomiting_blood"),
    ("my poo is black: black stools", "vomiting_blood"),
    ("bleeding from my bottom", "rectal_bleeding"),
    ("newborn has a temperature", "baby_fever"),
    ("8 week old with a fever", "baby_fever"),
    ("on chemotherapy with a temperature of 38.5", "chemo_fever"),
    ("toddler swallowed a battery", "battery"),
    ("I have Addison's and am vomiting", "adrenal_crisis"),
    ("sickle cell pain is bad", "sickle_crisis"),
    ("calf is swollen and hot", "clot_lung"),
    ("lost the sight in one eye", "sudden_sight_loss"),
    ("like a curtain over my eye", "sudden_sight_loss"),
    ("bleach in her eye", "chemical_eye"),
    ("I've run out of insulin", "diabetic_crisis"),
    ("child is drowsy and thirsty", "diabetic_crisis"),
    ("numb between my legs", "cauda_equina"),
    ("can't wee since yesterday", "cauda_equina"),
    ("sudden pain in his testicle", "testicular_torsion"),
    ("pregnant and bleeding", "pregnancy_bleeding"),
    ("baby is not moving as much", "reduced_movements"),
    ("severe stomach pain, cannot stand", "severe_abdominal"),
    ("scalded his arm with tea", "burn"),
    ("choking on a sweet", "choking"),
    ("he is hearing voices", "psychosis_danger"),
    ("my husband tried to strangle me", "abuse_now"),
]

# Everyday requests: a hit here would only teach people to ignore hits (hazard HZ12).
EVERYDAY = [
    "Needs a fit note, been off for two weeks",
    "Sick note or fit note for having my knee done",
    "repeat prescription for my usual cream please",
    "sore throat for three days, no fever",
    "need a sick note for work, bad cold",
    "my ear aches when I swallow",
    "knee pain after running",
    "burning when I wee, third day",
    "itchy rash on my elbows since last week",
    "blood pressure check please",
    "blood test results",
    "cough that will not go, otherwise well",
    "smear test is due",
    "low mood and not sleeping, would like to talk",
    "fungal toenail",
    "hay fever, eyes itching",
    "heavy periods, would like to talk about options",
    "letter for housing",
    "back ache after gardening",
    "ingrown nail is sore",
    "sore jaw, I think it is a wisdom tooth",
    "nasal spray and eye drops for hay fever",
    "nail infection, and my eye is itchy",
    "I cannot talk at work, ring after five",
    "a fish bone scratched my throat last week, fine now",
    "swollen ball of my foot after a run",
    "blood sugar check, due for my review",
    "chemo finished last year, sick note please",
    "baby is due her injections",
    "my son fell over and grazed his knee",
    "does the new brace fit him",
    "heel pain in the morning",
    "a cold and a blocked nose",
]


@pytest.mark.parametrize(("words", "code"), PHRASES)
def test_phrase_is_found(words, code):
    assert code in [hit.code for hit in scan(words)]


@pytest.mark.parametrize("words", EVERYDAY)
def test_everyday_words_are_left_alone(words):
    assert scan(words) == ()


def test_every_flag_is_found_by_some_phrase_of_the_set():
    assert {code for _, code in PHRASES} == set(BY_CODE)


@pytest.mark.parametrize(
    "words",
    ["no chest pain", "not suicidal", "denies chest pain", "without any chest pain at all"],
)
def test_negation_does_not_lower(words):
    assert scan(words)


@pytest.mark.parametrize(
    "words",
    [
        "Chést Pâin",
        "chest\npain",
        "CHEST-PAIN!!!",
        "ｃｈｅｓｔ ｐａｉｎ",
        "chest  ...  pain",
    ],
)
def test_writing_does_not_matter(words):
    assert [hit.code for hit in scan(words)] == ["heart_attack"]


@pytest.mark.parametrize(
    "words", ["can't breathe", "can’t breathe", "cant breathe", "CAN`T BREATHE"]
)
def test_apostrophes_do_not_matter(words):
    assert [hit.code for hit in scan(words)] == ["breathless"]


def test_hit_shows_the_words_that_did_it():
    (hit,) = scan("Since Sunday a pain in my chest, please ring")

    assert hit.words == "pain in my chest"
    assert hit.code == "heart_attack"


def test_words_far_apart_are_not_one_phrase():
    assert scan("chest infection last year, all fine since, today only a pain in the knee") == ()


@given(st.text(max_size=40), st.sampled_from(PHRASES), st.text(max_size=40))
def test_words_around_a_phrase_never_hide_it(before, phrase, after):
    words, code = phrase

    assert code in [hit.code for hit in scan(f"{before} . {words} . {after}")]


def test_fold_gives_plain_words():
    assert fold("Señor D’Angelo’s héart-rate: 120!") == [
        "senor",
        "dangelos",
        "heart",
        "rate",
        "120",
    ]


def test_card_shows_twelve_first_and_the_rest_behind_more():
    assert len(USUAL.first) == 12
    assert USUAL.first + USUAL.more == RED_FLAGS


def test_codes_questions_and_phrases_are_well_formed():
    codes = [flag.code for flag in RED_FLAGS]
    assert len(set(codes)) == len(codes)
    for flag in RED_FLAGS:
        assert len(flag.question) <= 65
        assert flag.say == SAY[flag.endpoint]
        for phrase in flag.phrases:
            assert fold(phrase) == phrase.replace("*", "").split()


def test_each_endpoint_is_used():
    assert {flag.endpoint for flag in RED_FLAGS} == set(Endpoint)


def test_ticked_flags_come_in_the_order_of_the_card():
    assert [flag.code for flag in flags_of({"sepsis", "stroke"})] == ["stroke", "sepsis"]


def test_unknown_flag_is_refused():
    with pytest.raises(BadInput, match="There is no red flag called hiccups"):
        flags_of({"hiccups"})
