"""Logged models, what runs use and make, through MLflow's own client. Passes on an MLflow server too."""

import uuid

import mlflow
import numpy as np
import pandas as pd
import pytest
from mlflow.entities import LoggedModelStatus
from mlflow.exceptions import MlflowException
from sklearn.linear_model import LogisticRegression

X = pd.DataFrame({"a": np.arange(20.0), "b": np.arange(20.0)[::-1]})
Y = (X["a"] > 9.5).astype(int)


def test_a_logged_model_is_loaded_by_its_id_and_by_its_run(experiment):
    model = LogisticRegression().fit(X, Y)
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(model, name="m", input_example=X[:2])
    expected = model.predict(X).tolist()
    assert mlflow.pyfunc.load_model(f"models:/{info.model_id}").predict(X).tolist() == expected
    assert mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/m").predict(X).tolist() == expected
    logged = mlflow.get_logged_model(info.model_id)
    assert (logged.name, logged.status, logged.source_run_id) == ("m", LoggedModelStatus.READY, run.info.run_id)
    outputs = mlflow.get_run(run.info.run_id).outputs.model_outputs
    assert [(output.model_id, output.step) for output in outputs] == [(info.model_id, 0)]


def test_a_logged_model_goes_from_pending_to_ready(experiment, client):
    model = client.create_logged_model(experiment, name="x", params={"lr": "0.1"}, tags={"t": "1"}, model_type="agent")
    assert model.status == LoggedModelStatus.PENDING
    assert model.artifact_location.endswith(f"/models/{model.model_id}/artifacts")
    assert (model.params, model.tags, model.model_type) == ({"lr": "0.1"}, {"t": "1"}, "agent")
    ready = client.finalize_logged_model(model.model_id, LoggedModelStatus.READY)
    assert ready.status == LoggedModelStatus.READY
    client.set_logged_model_tags(model.model_id, {"t": "2", "u": "3"})
    client.log_model_params(model.model_id, {"depth": "4"})
    assert client.get_logged_model(model.model_id).tags == {"t": "2", "u": "3"}
    assert client.get_logged_model(model.model_id).params == {"lr": "0.1", "depth": "4"}
    client.delete_logged_model_tag(model.model_id, "t")
    assert client.get_logged_model(model.model_id).tags == {"u": "3"}
    client.delete_logged_model(model.model_id)
    with pytest.raises(MlflowException, match="(?i)not found|no logged model") as gone:
        client.get_logged_model(model.model_id)
    assert gone.value.error_code == "RESOURCE_DOES_NOT_EXIST"
    assert client.search_logged_models([experiment]) == []


def test_wrong_requests_are_refused(experiment, client):
    with pytest.raises(MlflowException) as name:
        client.create_logged_model(experiment, name="a/b")
    assert name.value.error_code == "INVALID_PARAMETER_VALUE"
    with pytest.raises(MlflowException) as unknown:
        client.get_logged_model("m-" + "0" * 32)
    assert unknown.value.error_code == "RESOURCE_DOES_NOT_EXIST"
    with pytest.raises(MlflowException) as tag:
        model = client.create_logged_model(experiment, name="x")
        client.delete_logged_model_tag(model.model_id, "none")
    assert tag.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_metrics_are_those_of_the_model_too(experiment, client):
    with mlflow.start_run() as run:
        model = mlflow.create_external_model(name="m")
        data = mlflow.data.from_pandas(X, name="test")
        mlflow.log_metric("loss", 0.5, step=3, model_id=model.model_id, dataset=data)
        mlflow.log_metrics({"acc": 0.9, "f1": 0.8}, model_id=model.model_id)
    metrics = {metric.key: metric for metric in mlflow.get_logged_model(model.model_id).metrics}
    assert {key: metric.value for key, metric in metrics.items()} == {"loss": 0.5, "acc": 0.9, "f1": 0.8}
    loss = metrics["loss"]
    assert (loss.step, loss.run_id, loss.dataset_name, loss.dataset_digest) == (3, run.info.run_id, "test", data.digest)
    assert mlflow.get_run(run.info.run_id).data.metrics == {"loss": 0.5, "acc": 0.9, "f1": 0.8}


def test_all_values_of_a_metric_are_told_and_any_of_them_is_found(experiment, client):
    with mlflow.start_run() as run:
        rising, falling = (mlflow.create_external_model(name=name) for name in ("rising", "falling"))
        for step in range(4):
            for model, value in ((rising, step / 10), (falling, 1 - step / 10)):
                mlflow.log_metric("score", value, step=step, timestamp=1000 + step, model_id=model.model_id)
        # Of an earlier step, but later.
        mlflow.log_metric("score", 0.9, step=1, timestamp=5000, model_id=rising.model_id)
        mlflow.log_metric("score", 0.9, step=1, timestamp=5000, model_id=rising.model_id)
    told = mlflow.get_logged_model(rising.model_id).metrics
    assert {metric.run_id for metric in told} == {run.info.run_id}
    assert sorted((metric.timestamp, metric.step, metric.value) for metric in told) == [
        (1000, 0, 0.0),
        (1001, 1, 0.1),
        (1002, 2, 0.2),
        (1003, 3, 0.3),
        (5000, 1, 0.9),
    ]

    def search(**what):
        return client.search_logged_models([experiment], **what)

    assert {model.name: len(model.metrics) for model in search()} == {"rising": 5, "falling": 4}
    assert names(search(filter_string="metrics.score < 0.05")) == ["rising"]
    assert names(search(filter_string="metrics.score > 0.95")) == ["falling"]
    by_score = [{"field_name": "metrics.score", "ascending": True}]
    assert names(search(filter_string="metrics.score >= 0.9", order_by=by_score)) == ["falling", "rising"]


def names(models):
    return [model.name for model in models]


def test_models_are_searched(experiment, client):
    train, test = mlflow.data.from_pandas(X, name="train"), mlflow.data.from_pandas(X[:5], name="test")
    with mlflow.start_run():
        for i, name in enumerate(("one", "two", "three", "four")):
            model = mlflow.create_external_model(name=name, params={"size": str(i)}, tags={"even": str(i % 2 == 0)})
            if name != "four":
                mlflow.log_metric("loss", i / 10, model_id=model.model_id, dataset=train)
                mlflow.log_metric("loss", 1 - i / 10, model_id=model.model_id, dataset=test if i else None)

    def search(**what):
        return client.search_logged_models([experiment], **what)

    assert sorted(names(search())) == ["four", "one", "three", "two"]
    assert names(search(filter_string="name = 'two'")) == ["two"]
    assert names(search(filter_string="params.size = '1' AND tags.even = 'False'")) == ["two"]
    assert sorted(names(search(filter_string="name LIKE 't%'"))) == ["three", "two"]
    on_test, on_train = (
        [{"dataset_name": data.name, "dataset_digest": data.digest}] for data in (test, train)
    )
    assert sorted(names(search(datasets=on_test))) == ["three", "two"]
    assert sorted(names(search(datasets=on_train, filter_string="metrics.loss < 0.15"))) == ["one", "two"]
    assert sorted(names(search(datasets=on_train + on_test))) == ["one", "three", "two"]
    by_loss = [{"field_name": "metrics.loss", "ascending": False, "dataset_name": "train"}]
    assert names(search(order_by=by_loss)) == ["three", "two", "one", "four"]
    assert names(search(order_by=[{"field_name": "name", "ascending": True}])) == ["four", "one", "three", "two"]
    first = search(order_by=[{"field_name": "name"}], max_results=3)
    rest = search(order_by=[{"field_name": "name"}], max_results=3, page_token=first.token)
    assert (names(first), names(rest), rest.token) == (["four", "one", "three"], ["two"], None)
    with pytest.raises(MlflowException):
        search(filter_string="name ~ 'x'")
    with pytest.raises(MlflowException):
        search(datasets=[{"dataset_name": ""}])


def test_data_sets_that_runs_used_are_told_once(experiment, client):
    data = mlflow.data.from_numpy(X.to_numpy(), targets=Y.to_numpy(), name="numbers")
    with mlflow.start_run() as run:
        mlflow.log_input(data, context="training", tags={"k": "v"})
        mlflow.log_input(data, context="evaluation")
        mlflow.log_input(mlflow.data.from_pandas(X, name="table"))
    with mlflow.start_run():
        mlflow.log_input(data, context="evaluation")
    inputs = {used.dataset.name: used for used in mlflow.get_run(run.info.run_id).inputs.dataset_inputs}
    assert sorted(inputs) == ["numbers", "table"]
    numbers = inputs["numbers"]
    assert {tag.key: tag.value for tag in numbers.tags} == {"mlflow.data.context": "training", "k": "v"}
    assert (numbers.dataset.digest, numbers.dataset.source_type) == (data.digest, data.source._get_source_type())
    assert numbers.dataset.profile and numbers.dataset.schema
    found = mlflow.search_runs([experiment], filter_string="datasets.name = 'table'", output_format="list")
    assert [one.info.run_id for one in found] == [run.info.run_id]
    for clause, count in {
        f"datasets.digest = '{data.digest}'": 2,
        "datasets.context = 'training'": 1,
        "datasets.name LIKE 'num%'": 2,
        "datasets.name ILIKE 'TAB%'": 1,
        "datasets.name IN ('table', 'other')": 1,
        "datasets.name = 'other'": 0,
    }.items():
        assert len(mlflow.search_runs([experiment], filter_string=clause, output_format="list")) == count, clause


def test_search_datasets(experiment):
    import os

    import requests

    data = mlflow.data.from_pandas(X, name="numbers")
    for context in ("training", "evaluation", None):
        with mlflow.start_run():
            mlflow.log_input(data, context=context)
    answer = requests.post(
        f"{os.environ['MLFLOW_TRACKING_URI']}/ajax-api/2.0/mlflow/experiments/search-datasets",
        json={"experiment_ids": [experiment]},
    )
    summaries = answer.json()["dataset_summaries"]
    assert all((one["name"], one["digest"]) == ("numbers", data.digest) for one in summaries)
    assert sorted(one.get("context", "") for one in summaries) == ["", "evaluation", "training"]
    assert requests.post(answer.url, json={}).status_code == 400


def test_a_run_tells_the_models_it_used(experiment):
    with mlflow.start_run():
        model = mlflow.create_external_model(name="base")
    with mlflow.start_run() as run:
        mlflow.MlflowClient().log_inputs(run.info.run_id, models=[mlflow.entities.LoggedModelInput(model.model_id)])
    used = mlflow.get_run(run.info.run_id).inputs.model_inputs
    assert [one.model_id for one in used] == [model.model_id]


def test_artifacts_of_runs_and_models(experiment, client, tmp_path):
    with mlflow.start_run() as run:
        mlflow.log_text("hello", "notes/hello.txt")
        mlflow.log_dict({"a": 1}, "config.json")
        info = mlflow.sklearn.log_model(LogisticRegression().fit(X, Y), name="m")
    assert [(one.path, one.is_dir) for one in client.list_artifacts(run.info.run_id)] == [
        ("config.json", False),
        ("notes", True),
    ]
    local = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="notes", dst_path=str(tmp_path))
    assert open(f"{local}/hello.txt").read() == "hello"
    assert mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/notes/hello.txt") == "hello"
    files = {one.path for one in client.list_logged_model_artifacts(info.model_id)}
    assert {"MLmodel", "requirements.txt"} <= files
    with pytest.raises(Exception):
        client.download_artifacts(run.info.run_id, "nothing")


def test_autologging_tells_the_whole_of_a_training(experiment, client):
    mlflow.sklearn.autolog(log_input_examples=True, silent=True)
    try:
        with mlflow.start_run() as run:
            LogisticRegression(C=0.5).fit(X, Y)
    finally:
        mlflow.sklearn.autolog(disable=True)
    logged = mlflow.get_run(run.info.run_id)
    assert logged.data.params["C"] == "0.5"
    assert "training_score" in logged.data.metrics
    assert [used.dataset.name for used in logged.inputs.dataset_inputs] == ["dataset"]
    (model,) = client.search_logged_models([experiment])
    assert [output.model_id for output in logged.outputs.model_outputs] == [model.model_id]
    assert any(metric.key == "training_score" for metric in model.metrics)
    assert mlflow.pyfunc.load_model(f"models:/{model.model_id}").predict(X).shape == (20,)


def test_an_onnx_model_is_loaded_by_its_id(experiment):
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    helper = onnx.helper
    graph = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])],
        "relu",
        [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [None, 2])],
        [helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [None, 2])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    with mlflow.start_run():
        info = mlflow.onnx.log_model(model, name="relu")
    loaded = mlflow.pyfunc.load_model(f"models:/{info.model_id}")
    answer = loaded.predict(np.array([[-1, 2]], dtype=np.float32))
    assert list(answer.values())[0].tolist() == [[0.0, 2.0]]
