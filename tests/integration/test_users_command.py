from flask import Flask

from portal.policy import Role
from tests.support import make


def create(app: Flask, **options: str) -> tuple[int, str]:
    args = [part for name, value in options.items() for part in (f"--{name}", value)]
    result = app.test_cli_runner().invoke(args=["users", "create", *args])
    return result.exit_code, result.output


def test_the_first_administrator_chooses_a_password_by_the_printed_link(app: Flask) -> None:
    said = {"email": "Root@Example.org", "name": "Root", "role": "administrator"}
    code, output = create(app, **said)
    assert code == 0
    path = output.split("http://localhost")[1].strip()
    client = app.test_client()
    assert client.post(path, data={"password": "Kestrel!window9"}).status_code == 302
    client.post("/sign-in", data={"email": "root@example.org", "password": "Kestrel!window9"})
    assert client.get("/organisations").status_code == 200
    code, output = create(app, **said)
    assert code == 0
    assert "http" not in output, "whoever has a password needs no link"


def test_a_role_within_a_body_names_the_body(app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        body = make.authority(session, name="Evenholt City Council")
        make.grant(session, make.person(session, email="a@example.org"), Role.CHALLENGE_OWNER, body)
    said = {"email": "a@example.org", "name": "A", "role": "authority_administrator"}
    assert create(app, **said, organisation="Evenholt City Council")[0] == 0
    assert create(app, **said, organisation=body.code or "")[0] == 0
    for wrong in ({}, {"organisation": "Nowhere"}):
        code, output = create(app, **said, **wrong)
        assert code == 2
        assert "no organisation has this" in output
    code, output = create(app, **(said | {"role": "supplier_member"}), organisation=body.reference)
    assert code == 2
    assert "is no supplier" in output
    assert create(app, email="nobody", name="A", role="administrator")[0] == 2
