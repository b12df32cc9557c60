"""What the parts of an address look like; anything else names nothing and is not found."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter


class ReferenceConverter(StringConverter):
    """The reference of a case or an emergency."""

    regex = "[A-Z0-9-]{1,20}"


class CodeConverter(StringConverter):
    """The code of an organisation."""

    regex = "[A-Za-z0-9-]{1,12}"


class RowConverter(IntConverter):
    """The number of a session or a clinician, as large as the database's numbers go."""

    regex = "[0-9]{1,18}"


CONVERTERS = {"reference": ReferenceConverter, "code": CodeConverter, "row": RowConverter}
for name, converter in CONVERTERS.items():
    register_converter(converter, name)
