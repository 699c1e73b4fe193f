"""From a data scientist's log_model to a phone: what MLflow's client registers is converted, judged, released and fetched."""

import json
import os
import subprocess
import time
from pathlib import Path

import mlflow
import numpy as np
import pytest
import requests
from mlflow.models import infer_signature
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

COMMAND = Path(__file__).parents[2] / "slipway"
SECONDS = 180


@pytest.fixture(autouse=True)
def only_slipway(server):
    if requests.post(f"{server}/graphql", json={"query": "{ __typename }"}).status_code in (404, 405):
        pytest.skip("this server delivers nothing")


def ask(server, query, **variables):
    answer = requests.post(f"{server}/graphql", json={"query": query, "variables": variables}).json()
    assert "errors" not in answer, answer
    return answer["data"]


def finished(server, job):
    """The job when it has ended."""
    query = "query($id: ID!) { job(id: $id) { state failure { code message } } }"
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = ask(server, query, id=job)["job"]
        if found["state"] in ("SUCCEEDED", "FAILED", "CANCELLED"):
            return found
        time.sleep(0.1)
    raise AssertionError(f"job {job} did not end within {SECONDS} s")


def softmax_regression(fitted):
    """The fitted model in the operators of neural networks, which is what phones run."""
    graph = helper.make_graph(
        [
            helper.make_node("Gemm", ["x", "weights", "bias"], ["scores"]),
            helper.make_node("Softmax", ["scores"], ["probabilities"], axis=-1),
        ],
        "softmax regression",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", fitted.n_features_in_])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["batch", len(fitted.classes_)])],
        [
            numpy_helper.from_array(fitted.coef_.T.astype(np.float32), "weights"),
            numpy_helper.from_array(fitted.intercept_.astype(np.float32), "bias"),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.mark.parametrize("kind", ["my model é", "größe 100% & <b>'q\" 模型 😀", "a+b=c?d#e;f,g\\h"])
def test_an_onnx_model_gets_to_a_phone(server, client, experiment, unique, tmp_path, kind):
    samples, labels = load_iris(return_X_y=True)
    samples = samples.astype(np.float32)
    fitted = LogisticRegression(max_iter=200).fit(samples, labels)
    name = unique(kind)
    with mlflow.start_run() as run:
        mlflow.onnx.log_model(
            softmax_regression(fitted),
            name="model",
            signature=infer_signature(samples, fitted.predict_proba(samples).astype(np.float32)),
            registered_model_name=name,
        )
    version = ask(
        server,
        "query($name: String!) { modelNamed(name: $name) { id versions { nodes { id number onnx statusMessage run { id } inputShape } } } }",
        name=name,
    )["modelNamed"]
    model, version = version["id"], version["versions"]["nodes"][0]
    assert version["onnx"], version["statusMessage"]
    assert version["run"]
    assert version["inputShape"] == [4]

    # There is no labelled test set, so the policy must not ask for an accuracy.
    ask(
        server,
        """mutation($model: ID!) { setModelPolicy(input: {model: $model, policy: {
             minimumAccuracy: 0, maximumParityError: 0.0001, maximumFileSize: "1000000", maximumAccuracyLoss: 1, targets: [TFLITE]
           }}) { policy { targets } } }""",
        model=model,
    )
    started = ask(
        server,
        "mutation($id: ID!) { startConversion(input: {modelVersion: $id, target: TFLITE}) { job { id } } }",
        id=version["id"],
    )["startConversion"]
    converted = finished(server, started["job"]["id"])
    assert converted["state"] == "SUCCEEDED", converted
    release = ask(
        server,
        'mutation($id: ID!) { releaseVersion(input: {modelVersion: $id, channel: "beta"}) { id } }',
        id=version["id"],
    )["releaseVersion"]
    released = finished(server, release["id"])
    assert released["state"] == "SUCCEEDED", released
    # The channel's alias is one that MLflow's client sees.
    assert str(client.get_model_version_by_alias(name, "beta").version) == "1"

    fetched = subprocess.run(
        [COMMAND, "fetch", name, "--channel", "beta", "--server", server, "-o", tmp_path, "--json"],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert fetched.returncode == 0, fetched.stderr.decode()
    told = json.loads(fetched.stdout)
    assert (told["model"], told["channel"], told["version"]) == (name, "beta", 1)
    (file,) = told["files"]
    assert Path(file["path"]).parent == tmp_path
    assert Path(file["path"]).read_bytes()[4:8] == b"TFL3"

    # Nothing of a model that devices have can be taken away.
    with pytest.raises(mlflow.MlflowException):
        client.delete_registered_model(name)
    assert client.get_run(run.info.run_id).info.status == "FINISHED"
