"""Words for people: dates, times and numbers as the NHS writes them."""

from datetime import date, datetime

from practices.clock import local
from practices.rules.london import turn_words


def time_words(at: datetime) -> str:
    """ "5:30pm", "9am", "midday", "midnight" in wall time."""
    moment = local(at)
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midday" if moment.hour else "midnight"
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}{turn_words(at)}"


def day_words(day: date) -> str:
    """ "Monday 30 November"."""
    return f"{day:%A} {day.day} {day:%B}"


def date_words(day: date) -> str:
    """ "30 November 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def clock_words(at: datetime) -> str:
    """ "Monday 30 November, 9:31am"."""
    return f"{day_words(local(at).date())}, {time_words(at)}"


def age_words(born_on: date, *, on: date) -> str:
    """ "34 years", "7 months" under two years, "12 days" under a month."""
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if months >= 24:
        return f"{months // 12} years"
    if months >= 1:
        return f"{months} month{'s' if months > 1 else ''}"
    days = (on - born_on).days
    return f"{days} day{'s' if days != 1 else ''}"


def minutes_words(minutes: int) -> str:
    """ "1 minute", "42 minutes", "2 hours 5 minutes"; of more than a day "1 day 8 hours"."""
    hours, rest = divmod(minutes, 60)
    days, over = divmod(hours, 24)
    parts = [(days, "day"), (over, "hour")] if days else [(hours, "hour"), (rest, "minute")]
    said = [f"{number} {what}{'' if number == 1 else 's'}" for number, what in parts if number]
    return " ".join(said) or "0 minutes"


def due_words(due_at: datetime, *, now: datetime) -> str:
    """ "42 minutes left, due by 11:20am", "due now" or "overdue by 5 minutes"."""
    minutes = int((due_at - now).total_seconds() // 60)
    if minutes < 0:
        return f"overdue by {minutes_words(-minutes)}"
    if not minutes:
        return "due now"
    by = time_words(due_at)
    if local(due_at).date() != local(now).date():
        return f"due by {by} on {day_words(local(due_at).date())}"
    return f"{minutes_words(minutes)} left, due by {by}"


def points_words(tenths: int) -> str:
    """ "18.5", "25": tenths of a point as people read them."""
    return f"{tenths / 10:g}"
