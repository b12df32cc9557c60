"""Who: organisations by their codes."""

from practices.models import Practice


def practice_ids_by_code() -> dict[str, int]:
    """Every practice's id under its code. One statement."""
    return dict(Practice.objects.order_by("pk").values_list("organisation__code", "pk"))
