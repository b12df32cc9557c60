"""Why: the worklist for programs, turned page by page in either direction."""

from datetime import datetime

from practices.queries.paging import Page, Turn, page_of
from triage.models import Case
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.queries.worklist import Filters, which

ORDER = ("urgency", "due_at", "reference")


def case_list(*, filters: Filters, turn: Turn, at: datetime) -> Page[QueueRow]:
    """Cases in reach by class, then due, then reference. One statement."""
    found = names_of_case(Case.objects.filter(which(filters, at=at)))
    return page_of(found, keys=ORDER, turn=turn, row=lambda case: row_of(case, at=at))
