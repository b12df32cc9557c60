"""The API's page of documents works under our own strict content security policy."""


def test_the_documents_need_no_inline_script_or_style(world, client):
    client.force_login(world.users["clinical_lead"])

    page = client.get("/api/docs/")
    script = client.get("/api/docs/?script=")

    assert page.status_code == 200
    assert "<style" not in page.content.decode()
    assert "<script>" not in page.content.decode()
    assert "SwaggerUIBundle" in script.content.decode()
