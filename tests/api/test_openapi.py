"""The document other programs are written from."""

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from config.api_urls import urlpatterns

ALWAYS = {"400", "401", "403", "404", "405", "406", "422", "429", "503"}
CONTRACT = {
    "Me": "username name roles organisation networks scopes now",
    "Workload": "limit limit_source points contacts by_kind held_points room level"
    " breach_forecast_at",
    "Slot": "id session clinician place travel_minutes starts_at ends_at mode places_left",
    "Case": "reference state class due_at owner version bookable_now",
    "Options": "options refused",
    "Option": "kind slot place starts_at mode role travel_minutes points_after reasons",
    "Refused": "what code text",
    "Hold": "hold expires_at",
    "Run": "status objective proved_optimal bound proposals",
    "Proposal": "id subject from to reasons effects needs_consent state",
    "Board": "as_of practices hubs clinicians_near_limit metrics",
}
ON_WRITES = {"409", "412", "413", "415"}


@pytest.fixture(scope="module")
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_valid_and_names_every_address(document):
    validate_schema(document)

    assert len(document["paths"]) == len(urlpatterns)


def test_every_error_answer_is_documented_as_a_problem(document):
    for path, method, operation in operations(document):
        wanted = ALWAYS if method == "get" else ALWAYS | ON_WRITES
        errors = {code for code in operation["responses"] if code >= "400"}
        assert errors == wanted, (method, path)
        for code in errors:
            kinds = operation["responses"][code]["content"]
            assert list(kinds) == ["application/problem+json"]


def test_writes_take_a_key_and_operations_have_names_of_their_own(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]

    assert len(set(names)) == len(names)
    for path, method, operation in operations(document):
        headers = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
        assert ("Idempotency-Key" in headers) == (method != "get"), (method, path)


def test_names_of_fields_are_those_of_the_contract(document):
    shapes = document["components"]["schemas"]
    for name, fields in CONTRACT.items():
        shape = shapes.get(f"{name}Shape") or shapes[name]
        assert set(fields.split()) <= set(shape["properties"]), name


def test_document_and_docs_are_open(client, world):
    assert client.get("/api/schema/").status_code == 200
    assert client.get("/api/docs/").status_code == 200
