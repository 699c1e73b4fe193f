"""What MLflow's own stores hold is brought over by `slipway import mlflow`: from files, from a database, from a server."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import mlflow
import pytest
import requests
from mlflow import MlflowClient

COMMAND = Path(__file__).parents[2] / "slipway"
SECONDS = 180

# Run by a Python of its own, as a store is chosen once for a process.
MAKE = """
import sys, mlflow, pandas as pd
from mlflow import MlflowClient
uri, word = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
experiment = mlflow.set_experiment(f"über {word}").experiment_id
client.set_experiment_tag(experiment, "owner", "x/y")

class Doubling(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[float]) -> list[float]:
        return [2 * x for x in model_input]

with mlflow.start_run(run_name="parent"):
    mlflow.log_params({"a/b": "1\\n2", "empty": ""})
    for step in range(30):
        mlflow.log_metric("loss/train", 1 / (step + 1), step=step)
    mlflow.log_metric("nan", float("nan"))
    mlflow.log_metric("down", -1.5)
    mlflow.log_text("hello", "folder/größe 1.txt")
    mlflow.log_text("", "empty.txt")
    mlflow.log_input(mlflow.data.from_pandas(pd.DataFrame({"a": [1, 2]}), name="frame"), context="training")
    with mlflow.start_run(run_name="child", nested=True) as child:
        logged = mlflow.pyfunc.log_model(
            name="model", python_model=Doubling(), pip_requirements=[], registered_model_name=f"my model é {word}"
        )
        mlflow.log_metric("acc", 0.5, step=1, model_id=logged.model_id)
with mlflow.start_run() as deleted:
    mlflow.log_metric("m", 1)
client.delete_run(deleted.info.run_id)
name = f"my model é {word}"
client.set_registered_model_tag(name, "k", "v")
client.update_registered_model(name, "described")
source = client.get_model_version(name, "1").source
for _ in range(2):
    client.create_model_version(name, source, run_id=child.info.run_id, model_id=logged.model_id)
client.delete_model_version(name, "2")
client.set_model_version_tag(name, "3", "vk", "vv")
client.set_registered_model_alias(name, "champion", "3")
gone = client.create_experiment(f"gone {word}")
client.create_run(gone)
client.delete_experiment(gone)
"""


@pytest.fixture(autouse=True)
def only_slipway(server):
    if requests.post(f"{server}/graphql", json={"query": "{ __typename }"}).status_code in (404, 405):
        pytest.skip("this server is not one to import to")


def make(uri, word, cwd):
    environment = {**os.environ, "MLFLOW_ALLOW_FILE_STORE": "true", "MLFLOW_TRACKING_URI": uri}
    subprocess.run([sys.executable, "-c", MAKE, uri, word], check=True, cwd=cwd, env=environment)


@pytest.fixture
def mlflow_server(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--backend-store-uri", f"sqlite:///{tmp_path}/server.db", "--artifacts-destination", f"{tmp_path}/art"]
    with open(tmp_path / "server.log", "w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        until = time.monotonic() + SECONDS
        while True:
            try:
                requests.get(f"http://127.0.0.1:{port}/health").raise_for_status()
                break
            except requests.RequestException:
                assert process.poll() is None and time.monotonic() < until, (tmp_path / "server.log").read_text()
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, 15)
        process.wait()


def bring(source, server, cwd, *more):
    command = [COMMAND, "import", "mlflow", source, "--server", server, "--json", *more]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, cwd=cwd, env=environment)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return json.loads(done.stdout)


def seen(client, word):
    """All that a client sees, but for what is said not to be brought over."""
    found = {}
    for name in (f"über {word}", f"gone {word}"):
        experiment = client.get_experiment_by_name(name)
        found[name] = (experiment.lifecycle_stage, own(experiment.tags))
        for run in client.search_runs([experiment.experiment_id], run_view_type=mlflow.entities.ViewType.ALL):
            info = run.info
            found[info.run_id] = (
                info.run_name,
                info.status,
                info.lifecycle_stage,
                info.start_time,
                info.end_time,
                info.user_id,
                run.data.params,
                run.data.tags,
                [(d.dataset.to_dictionary(), [(t.key, t.value) for t in d.tags]) for d in run.inputs.dataset_inputs],
                [(m.model_id, m.step) for m in run.outputs.model_outputs],
                {
                    key: sorted((m.step, m.timestamp, str(m.value)) for m in client.get_metric_history(info.run_id, key))
                    for key in run.data.metrics
                },
                files(client, info.run_id),
            )
        for model in client.search_logged_models([experiment.experiment_id]):
            found[model.model_id] = (
                model.name,
                model.status,
                model.source_run_id,
                model.tags,
                model.params,
                [(m.key, m.value, m.step, m.timestamp, m.run_id) for m in model.metrics or []],
            )
    model = client.get_registered_model(f"my model é {word}")
    found["model"] = (
        model.description,
        own(model.tags),
        {alias: str(version) for alias, version in model.aliases.items()},
    )
    for version in client.search_model_versions(f"name = 'my model é {word}'"):
        found[f"version {version.version}"] = (version.run_id, version.description or "", own(version.tags), version.source)
    return found


def own(tags):
    """Those that the import has not added."""
    return {key: value for key, value in tags.items() if "slipway." not in key}


def same(found, expected):
    """One by one, so that a difference is told where it is."""
    assert found.keys() == expected.keys()
    for key, things in expected.items():
        for thing, other in zip(found[key], things):
            assert thing == other


def files(client, run, folder=None):
    found = []
    for file in client.list_artifacts(run, folder):
        found += files(client, run, file.path) if file.is_dir else [(file.path, file.file_size or 0)]
    return sorted(found)


def check(uri, server, word, tmp_path, address):
    environment = os.environ.get("MLFLOW_ALLOW_FILE_STORE")
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    try:
        expected = seen(MlflowClient(uri, registry_uri=uri), word)
    finally:
        if environment is None:
            del os.environ["MLFLOW_ALLOW_FILE_STORE"]
    survey = bring(address, server, tmp_path, "--dry-run")["counts"]
    first = bring(address, server, tmp_path)
    assert first["complete"] and first["failed"] == 0
    assert {k: v["source"] for k, v in first["counts"].items()} == {k: v["source"] for k, v in survey.items()}
    client = MlflowClient(server, registry_uri=server)
    same(seen(client, word), expected)
    again = bring(address, server, tmp_path)
    assert again["counts"] == first["counts"]
    for journal in tmp_path.glob("*.journal"):
        journal.unlink()
    assert bring(address, server, tmp_path)["counts"] == first["counts"]
    same(seen(client, word), expected)
    mlflow.set_tracking_uri(server)
    assert mlflow.pyfunc.load_model(f"models:/my model é {word}@champion").predict([1.0]) == [2.0]


def test_a_folder_of_files(server, unique, tmp_path):
    word = unique("files")
    make(f"file://{tmp_path}/mlruns", word, tmp_path)
    check(f"file://{tmp_path}/mlruns", server, word, tmp_path, str(tmp_path))


def test_a_database_with_artifacts_beside_it(server, unique, tmp_path):
    word = unique("database")
    make(f"sqlite:///{tmp_path}/mlflow.db", word, tmp_path)
    check(f"sqlite:///{tmp_path}/mlflow.db", server, word, tmp_path, str(tmp_path))


def test_a_server(server, mlflow_server, unique, tmp_path):
    word = unique("server")
    make(mlflow_server, word, tmp_path)
    check(mlflow_server, server, word, tmp_path, mlflow_server)
