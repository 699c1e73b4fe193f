"""The registry, driven by MLflow's own client. Passes against MLflow's server and against Slipway alike."""

import uuid

import mlflow
import pytest
from mlflow.exceptions import MlflowException


@pytest.fixture
def name():
    return f"model {uuid.uuid4().hex} ü"


def code(call):
    with pytest.raises(MlflowException) as refused:
        call()
    return refused.value.error_code


def test_a_model_is_made_once(client, name):
    made = client.create_registered_model(name, tags={"a": "1"}, description="first")
    assert (made.name, made.tags, made.description) == (name, {"a": "1"}, "first")
    assert code(lambda: client.create_registered_model(name)) == "RESOURCE_ALREADY_EXISTS"
    found = client.get_registered_model(name)
    assert found.tags == {"a": "1"}
    assert found.latest_versions == []
    assert found.creation_timestamp == made.creation_timestamp


def test_what_is_unknown_does_not_exist(client, name):
    unknown = [
        lambda: client.get_registered_model(name),
        lambda: client.update_registered_model(name, "text"),
        lambda: client.rename_registered_model(name, name + "2"),
        lambda: client.delete_registered_model(name),
        lambda: client.set_registered_model_tag(name, "k", "v"),
        lambda: client.create_model_version(name, "s3://bucket/model"),
        lambda: client.get_model_version(name, "1"),
        lambda: client.get_model_version_download_uri(name, "1"),
        lambda: client.delete_model_version(name, "1"),
        lambda: client.get_model_version_by_alias(name, "champion"),
    ]
    for call in unknown:
        assert code(call) == "RESOURCE_DOES_NOT_EXIST"


@pytest.mark.parametrize("bad", ["", " ", "a/b", "a:b", ".."])
def test_names_are_checked(client, bad):
    assert code(lambda: client.create_registered_model(bad)) == "INVALID_PARAMETER_VALUE"


def test_versions_are_numbered(client, name):
    client.create_registered_model(name)
    first = client.create_model_version(
        name, "s3://bucket/a", run_link="https://example.org/r", description="text", tags={"t": "1"}
    )
    assert (first.version, first.status, first.current_stage) == (1, "READY", "None") or (
        first.version,
        first.status,
        first.current_stage,
    ) == ("1", "READY", "None")
    assert (first.source, first.run_link, first.description) == ("s3://bucket/a", "https://example.org/r", "text")
    assert first.tags == {"t": "1"}
    assert str(client.create_model_version(name, "s3://bucket/b").version) == "2"
    client.delete_model_version(name, "2")
    assert code(lambda: client.get_model_version(name, "2")) == "RESOURCE_DOES_NOT_EXIST"
    assert str(client.create_model_version(name, "s3://bucket/c").version) == "3"
    assert client.get_model_version_download_uri(name, "3") == "s3://bucket/c"
    assert client.update_model_version(name, "1", "other").description == "other"
    assert code(lambda: client.get_model_version(name, "one")) == "INVALID_PARAMETER_VALUE"


def test_tags_are_set_and_deleted(client, name):
    client.create_registered_model(name)
    client.create_model_version(name, "s3://bucket/a")
    for value in ["z", "a", ""]:
        client.set_registered_model_tag(name, "k", value)
        client.set_model_version_tag(name, "1", "k", value)
        assert client.get_registered_model(name).tags == {"k": value}
        assert client.get_model_version(name, "1").tags == {"k": value}
    client.set_registered_model_tag(name, "long", "x" * 100_000)
    assert client.get_registered_model(name).tags["long"] == "x" * 100_000
    client.delete_registered_model_tag(name, "k")
    client.delete_registered_model_tag(name, "long")
    client.delete_registered_model_tag(name, "never there")
    client.delete_model_version_tag(name, "1", "k")
    assert client.get_registered_model(name).tags == {}
    assert client.get_model_version(name, "1").tags == {}
    client.set_registered_model_tag(name, "k", "again")
    assert client.get_registered_model(name).tags == {"k": "again"}
    assert code(lambda: client.set_registered_model_tag(name, "a*b", "v")) == "INVALID_PARAMETER_VALUE"
    assert code(lambda: client.set_registered_model_tag(name, "k", "x" * 100_001)) == "INVALID_PARAMETER_VALUE"


def test_aliases_name_versions(client, name):
    client.create_registered_model(name)
    for folder in "ab":
        client.create_model_version(name, f"s3://bucket/{folder}")
    client.set_registered_model_alias(name, "champion", "1")
    client.set_registered_model_alias(name, "champion", "2")
    assert str(client.get_model_version_by_alias(name, "champion").version) == "2"
    assert client.get_model_version(name, "2").aliases == ["champion"]
    assert {a: str(v) for a, v in client.get_registered_model(name).aliases.items()} == {"champion": "2"}
    assert str(client.get_model_version_by_alias(name, "latest").version) == "2"
    for reserved in ["latest", "v3", "a b", ""]:
        assert code(lambda: client.set_registered_model_alias(name, reserved, "1")) == "INVALID_PARAMETER_VALUE"
    assert code(lambda: client.set_registered_model_alias(name, "champion", "9")) == "RESOURCE_DOES_NOT_EXIST"
    client.delete_registered_model_alias(name, "champion")
    client.delete_registered_model_alias(name, "champion")
    assert code(lambda: client.get_model_version_by_alias(name, "champion")) == "INVALID_PARAMETER_VALUE"
    client.set_registered_model_alias(name, "champion", "2")
    client.delete_model_version(name, "2")
    assert client.get_registered_model(name).aliases == {}


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_versions_move_between_stages(client, name):
    client.create_registered_model(name)
    for folder in "abc":
        client.create_model_version(name, f"s3://bucket/{folder}")
    assert client.transition_model_version_stage(name, "1", "staging").current_stage == "Staging"
    client.transition_model_version_stage(name, "2", "Staging", archive_existing_versions=True)
    stages = {v.current_stage: str(v.version) for v in client.get_latest_versions(name)}
    assert stages == {"Archived": "1", "Staging": "2", "None": "3"}
    assert [str(v.version) for v in client.get_latest_versions(name, ["Staging"])] == ["2"]
    assert code(lambda: client.get_latest_versions(name, ["nowhere"])) == "INVALID_PARAMETER_VALUE"


def test_a_model_is_renamed_and_deleted(client, name):
    client.create_registered_model(name)
    client.create_registered_model(name + "taken")
    client.create_model_version(name, "s3://bucket/a")
    assert client.update_registered_model(name, "text").description == "text"
    assert code(lambda: client.rename_registered_model(name, name + "taken")) == "RESOURCE_ALREADY_EXISTS"
    client.rename_registered_model(name, name + "2")
    assert client.get_model_version(name + "2", "1").name == name + "2"
    assert code(lambda: client.get_registered_model(name)) == "RESOURCE_DOES_NOT_EXIST"
    client.delete_registered_model(name + "2")
    assert code(lambda: client.get_registered_model(name + "2")) == "RESOURCE_DOES_NOT_EXIST"
    client.create_registered_model(name + "2")
    assert str(client.create_model_version(name + "2", "s3://bucket/a").version) == "1"


@pytest.mark.parametrize(
    "source",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "s3://bucket/../other",
        "s3://bucket/%252e%252e/other",
        "ftp://host/model",
        "mlflow-artifacts:/1/2/artifacts/model",
        "mlflow-artifacts://host/1/2/artifacts/model",
        "runs:/0123/model",
    ],
)
def test_sources_that_lead_elsewhere_are_refused(client, name, source):
    client.create_registered_model(name)
    assert code(lambda: client.create_model_version(name, source)) == "INVALID_PARAMETER_VALUE"


def test_a_version_of_a_version_knows_where_its_files_are(client, name):
    client.create_registered_model(name)
    client.create_model_version(name, "s3://bucket/a")
    copy = client.copy_model_version(f"models:/{name}/1", name + "copy")
    assert (copy.name, str(copy.version), copy.source) == (name + "copy", "1", f"models:/{name}/1")
    assert client.get_model_version_download_uri(name + "copy", "1") == "s3://bucket/a"
    assert code(lambda: client.create_model_version(name, f"models:/{name}/9")) == "RESOURCE_DOES_NOT_EXIST"


def test_models_are_searched(client, name):
    word = uuid.uuid4().hex
    for i in range(5):
        client.create_registered_model(f"{word}-{i}", tags={"team": "even" if i % 2 == 0 else "odd"})
    named = lambda models: [m.name[len(word) :] for m in models]
    search = lambda text, **more: client.search_registered_models(filter_string=text, **more)
    assert named(search(f"name LIKE '{word}%'")) == ["-0", "-1", "-2", "-3", "-4"]
    assert named(search(f"name LIKE '{word}%'", order_by=["name DESC"])) == ["-4", "-3", "-2", "-1", "-0"]
    assert named(search(f"name ILIKE '{word.upper()}%' AND tags.team = 'odd'")) == ["-1", "-3"]
    assert named(search(f"name LIKE '{word}%' AND tag.team != 'odd'")) == ["-0", "-2", "-4"]
    assert named(search(f"name = '{word}-3'")) == ["-3"]
    client.set_registered_model_tag(f"{word}-0", "team", "odd")
    newest = search(f"name LIKE '{word}%'", order_by=["last_updated_timestamp DESC", "name"])
    assert sorted(named(newest)) == ["-0", "-1", "-2", "-3", "-4"]
    found, token = [], None
    while True:
        page = search(f"name LIKE '{word}%'", max_results=2, page_token=token)
        assert len(page) <= 2
        found += page
        token = page.token
        if not token:
            break
    assert named(found) == ["-0", "-1", "-2", "-3", "-4"]
    for bad in ["nonsense", "colour = 'red'", "name ~ 'x'", "name = x"]:
        assert code(lambda: search(bad)) == "INVALID_PARAMETER_VALUE"
    assert code(lambda: search("", max_results=1001)) == "INVALID_PARAMETER_VALUE"
    client.delete_registered_model(f"{word}-1")
    client.rename_registered_model(f"{word}-2", f"{word}-9")
    assert named(search(f"name LIKE '{word}%'")) == ["-0", "-3", "-4", "-9"]


def test_versions_are_searched(client, name):
    word = uuid.uuid4().hex
    run = uuid.uuid4().hex
    for model in ["a", "b"]:
        client.create_registered_model(f"{word}-{model}")
        for i in range(3):
            client.create_model_version(
                f"{word}-{model}", f"s3://{word}/{model}{i}", run_id=run if i == 1 else None, tags={"i": str(i)}
            )
    numbers = lambda versions: [f"{v.name[len(word) + 1:]}{v.version}" for v in versions]
    search = lambda text, **more: numbers(client.search_model_versions(text, **more))
    assert search(f"name = '{word}-a'", order_by=["version_number ASC"]) == ["a1", "a2", "a3"]
    assert search(f"name = '{word}-a'", order_by=["version_number DESC"]) == ["a3", "a2", "a1"]
    assert search(f"run_id = '{run}'", order_by=["name ASC"]) == ["a2", "b2"]
    assert search(f"name LIKE '{word}%' AND version_number > 2", order_by=["name"]) == ["a3", "b3"]
    assert search(f"source_path = 's3://{word}/b2'") == ["b3"]
    assert search(f"name LIKE '{word}%' AND tags.i = '0'", order_by=["name"]) == ["a1", "b1"]
    assert search(f"name IN ('{word}-a', '{word}-b') AND tags.i LIKE '2%'", order_by=["name"]) == ["a3", "b3"]
    everything = search(f"name LIKE '{word}%'", order_by=["name ASC", "version_number DESC"])
    assert everything == ["a3", "a2", "a1", "b3", "b2", "b1"]
    client.delete_model_version(f"{word}-a", "2")
    client.rename_registered_model(f"{word}-b", f"{word}-c")
    assert search(f"run_id = '{run}'") == ["c2"]
    for bad in ["nonsense", "colour = 'red'", "version_number = 'x'"]:
        assert code(lambda: search(bad)) == "INVALID_PARAMETER_VALUE"


def test_a_logged_model_is_registered_and_loaded(client, name, tmp_path):
    class Doubling(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input: list[float]) -> list[float]:
            return [2 * x for x in model_input]

    mlflow.set_experiment(f"registry {uuid.uuid4().hex}")
    with mlflow.start_run() as run:
        logged = mlflow.pyfunc.log_model(name="model", python_model=Doubling(), pip_requirements=[])
    version = mlflow.register_model(logged.model_uri, name)
    assert (version.name, str(version.version)) == (name, "1")
    assert version.run_id == run.info.run_id
    assert mlflow.pyfunc.load_model(f"models:/{name}/1").predict([1.0, 2.0]) == [2.0, 4.0]
    client.set_registered_model_alias(name, "champion", "1")
    assert mlflow.pyfunc.load_model(f"models:/{name}@champion").predict([3.0]) == [6.0]
    by_run = mlflow.register_model(f"runs:/{run.info.run_id}/model", name)
    assert str(by_run.version) == "2"
    assert mlflow.pyfunc.load_model(f"models:/{name}/latest").predict([4.0]) == [8.0]
