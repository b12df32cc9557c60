"""Who: organisations by their codes, and where they see people."""

from collections.abc import Collection

from practices.models import Organisation, Practice, Site


def practice_ids_by_code() -> dict[str, int]:
    """Every practice's id under its code. One statement."""
    return dict(Practice.objects.order_by("pk").values_list("organisation__code", "pk"))


def code_of(organisation_id: int) -> str:
    """The organisation's code. One statement."""
    return Organisation.objects.values_list("code", flat=True).get(pk=organisation_id)


def organisation_id(code: str, *, kind: str, among: Collection[int]) -> int | None:
    """The organisation of the kind under the code, if it is one of these. One statement."""
    found = Organisation.objects.filter(code=code, kind=kind, pk__in=among)
    return found.values_list("pk", flat=True).first()


def main_site_id(of: int) -> int | None:
    """The building an organisation sees people in unless told. One statement."""
    sites = Site.objects.filter(organisation_id=of).order_by("-is_main", "pk")
    return sites.values_list("pk", flat=True).first()
