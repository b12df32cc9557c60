"""Our own signs: words say it all, shapes and colours repeat it, and nothing unknown is drawn."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from hypothesis import given
from hypothesis import strategies as st

from practices.templatetags.components.charts import hourly_chart, nice_top
from practices.templatetags.components.measures import (
    LEVELS,
    METER_WIDTH,
    PRIORITIES,
    meter,
    priority_tag,
    time_left,
)
from practices.templatetags.components.patients import patient_banner
from tests.pages.markup import elements, words

NASTY = "<img src=x onerror=alert(1)>\"'"


@pytest.mark.parametrize(
    "source",
    [
        '{% nhs_tag txt="a" %}',
        '{% nhs_button "Book" %}',
        "{% nhs_table %}",
        '{% nhs_details title="a" %}x{% endnhs_details %}',
        '{% meter label="Dr Moss" %}',
        '{% patient_banner name="LEE, Ann" %}',
    ],
)
def test_a_wrong_argument_fails_when_the_template_compiles(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


def test_priorities_differ_by_shape_as_well_as_by_colour():
    """U07: word, shape and colour."""
    shapes = {shape for _, shape in PRIORITIES.values()}

    assert len(shapes) == len(PRIORITIES)
    assert words(priority_tag(text="Urgent", level="urgent")) == "▲ Urgent"


def test_the_shape_of_a_priority_is_not_read_out():
    spans = elements(priority_tag(text="Soon", level="soon"), "span")

    assert [span["aria-hidden"] for span in spans] == ["true"]


def test_time_left_is_words_and_a_time_for_machines():
    drawn = time_left(words="overdue by 5 minutes", tense="late", at="2026-11-30T09:26:00Z")

    assert words(drawn) == "overdue by 5 minutes"
    assert elements(drawn, "time") == [
        {"class": "app-time-left app-time-left--late", "datetime": "2026-11-30T09:26:00Z"}
    ]


def test_unknown_levels_are_refused():
    with pytest.raises(ValueError, match="tense is one of"):
        time_left(words="soon", tense="red")
    with pytest.raises(ValueError, match="level is one of"):
        meter(used=1, limit=2, text="1 of 2", label="Today", level="red")


@given(
    used=st.integers(0, 5000),
    limit=st.integers(0, 5000),
    level=st.sampled_from(LEVELS),
    share=st.floats(0, 1),
)
def test_the_bar_never_leaves_its_frame_and_the_limit_is_marked(used, limit, level, share):
    held = round(used * share)
    drawn = meter(used=used, limit=limit, reserved=held, text="words", label="Today", level=level)

    ends = [float(r["x"]) + float(r["width"]) for r in elements(drawn, "rect")]
    mark = float(elements(drawn, "line")[0]["x1"])
    assert all(0 <= end <= METER_WIDTH + 0.2 for end in ends)
    assert (mark < METER_WIDTH) == (limit < max(used, 1)) or abs(mark - METER_WIDTH) < 0.1


def test_the_bar_is_not_read_out_but_its_words_are():
    drawn = meter(used=230, limit=250, text="23 of 25 contacts", label="Dr Moss", level="busy")

    assert elements(drawn, "svg")[0]["aria-hidden"] == "true"
    assert words(drawn) == "Dr Moss 23 of 25 contacts"


def test_the_patient_banner_says_who_this_is():
    """U22."""
    drawn = patient_banner(
        name="LEE, Ann",
        born="27 March 1984",
        age="42 years",
        nhs_number="999 012 3456",
        practice="Elm Tree Surgery",
    )

    assert words(drawn) == (
        "Patient: LEE, Ann Born 27 March 1984 (42 years) "
        "NHS number 999 012 3456 Practice Elm Tree Surgery"
    )


def test_the_patient_banner_runs_nothing():
    drawn = patient_banner(
        name=NASTY, born=NASTY, age=NASTY, nhs_number=NASTY, practice=NASTY, alert=NASTY
    )

    assert elements(drawn, "img") == []
    assert drawn.count("&lt;img") == 7


SERIES = [{"name": "Own practice", "values": [4, 2]}, {"name": "Hub", "values": [1, 0]}]


def test_the_chart_has_a_title_a_description_and_its_table():
    """U36: the table beside it."""
    drawn = hourly_chart(id="c", title="Most come at 8am", hours=["8am", "9am"], series=SERIES)

    assert elements(drawn, "svg")[-1]["aria-labelledby"] == "c-title c-desc"
    assert words(drawn, "title") == "Most come at 8am"
    assert words(drawn, "tbody") == "8am 4 1 9am 2 0"
    assert words(drawn, "thead") == "Hour Own practice Hub"


@pytest.mark.parametrize("grouped", [False, True])
def test_stacked_bars_stand_on_each_other_and_grouped_ones_on_the_ground(grouped):
    drawn = hourly_chart(
        id="c",
        title="t",
        hours=["8am", "9am"],
        grouped=grouped,
        series=[{"name": "a", "values": [10, 0]}, {"name": "b", "values": [10, 0]}],
    )

    bars = elements(drawn, "rect")[2:]
    ground = [float(bar["y"]) + float(bar["height"]) for bar in bars if float(bar["height"])]
    assert (len(set(ground)) == 1) is grouped


def test_a_series_of_another_length_is_refused():
    with pytest.raises(ValueError, match="one value for each hour"):
        hourly_chart(id="c", title="t", hours=["8am"], series=SERIES)


def test_a_name_below_the_bars_has_a_line_for_each_word():
    plain = hourly_chart(id="c", title="t", hours=["8am", "9am"], series=SERIES)
    named = hourly_chart(id="c", title="t", hours=["Dr Oak", "Nia Hill Owen"], series=SERIES)

    assert "<tspan" not in plain
    assert [" ".join(one.split()) for one in re.findall(r"<tspan[^>]*>([^<]+)", named)] == [
        "Oak",
        "Hill",
        "Owen",
    ]
    assert 'viewBox="0 0 720 260"' in plain
    assert 'viewBox="0 0 720 318"' in named


@given(st.floats(0, 1_000_000))
def test_the_scale_is_high_enough_and_its_quarters_are_whole(highest):
    top = nice_top(highest)

    assert top >= highest
    assert (top / 4).is_integer()
    assert top <= max(4, highest * 2.5)


def test_an_empty_error_summary_is_nothing():
    assert Template("{% nhs_error_summary form=form %}").render(Context({"form": None})) == ""
