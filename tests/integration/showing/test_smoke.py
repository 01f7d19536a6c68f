from tests.integration.showing.conftest import Scene, event_in


def test_pages(client_of, scene: Scene, database) -> None:
    ref = scene.reference
    with database.writing() as session:
        event = event_in(session, scene, days=-1)
        eref = event.reference
    owner, adviser, firm, guest = (client_of(w) for w in ("owner", "adviser", "arbor", "guest"))
    for client, path in [
        (owner, f"/challenges/{ref}/support"),
        (owner, f"/challenges/{ref}/support/1"),
        (adviser, "/support"),
        (firm, f"/responses/{scene.references[0]}/support"),
        (owner, f"/challenges/{ref}/showcase"),
        (owner, f"/challenges/{ref}/showcase/plan"),
        (owner, f"/challenges/{ref}/showcase/choice"),
        (firm, f"/responses/{scene.references[0]}/showcase"),
        (owner, f"/responses/{scene.references[0]}/showcase"),
        (guest, f"/showcase/{eref}"),
    ]:
        answer = client.get(path)
        print(path, answer.status_code)
        assert answer.status_code == 200, path
