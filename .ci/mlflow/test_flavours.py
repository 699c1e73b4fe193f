"""Training code as people have it: autologging, flavours, nested runs, loading what was logged."""

import mlflow
import numpy as np
import pytest
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV


@pytest.fixture(scope="module")
def iris():
    return load_iris(return_X_y=True)


def test_autologging_keeps_params_metrics_and_the_model(client, experiment, iris):
    mlflow.sklearn.autolog(log_datasets=True)
    try:
        with mlflow.start_run() as run:
            model = LogisticRegression(C=0.5, max_iter=200).fit(*iris)
    finally:
        mlflow.sklearn.autolog(disable=True)
    logged = client.get_run(run.info.run_id)
    assert logged.info.status == "FINISHED"
    assert logged.data.params["C"] == "0.5"
    assert logged.data.metrics["training_accuracy_score"] > 0.9
    assert logged.inputs.dataset_inputs
    loaded = mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/model")
    assert (loaded.predict(iris[0]) == model.predict(iris[0])).all()


def test_a_grid_search_logs_child_runs(client, experiment, iris):
    mlflow.sklearn.autolog(max_tuning_runs=3)
    try:
        with mlflow.start_run() as run:
            GridSearchCV(LogisticRegression(max_iter=300), {"C": [0.1, 1.0, 10.0]}, cv=2).fit(*iris)
    finally:
        mlflow.sklearn.autolog(disable=True)
    children = client.search_runs([experiment], f"tags.mlflow.parentRunId = '{run.info.run_id}'")
    assert len(children) == 3


def test_an_onnx_model_is_logged_registered_and_loaded(client, experiment, iris, unique):
    from skl2onnx import to_onnx

    samples = iris[0].astype(np.float32)
    onnx_model = to_onnx(LogisticRegression(max_iter=200).fit(*iris), samples[:1], options={"zipmap": False})
    name = unique("iris")
    with mlflow.start_run():
        info = mlflow.onnx.log_model(
            onnx_model,
            name="model",
            signature=infer_signature(samples, iris[1]),
            registered_model_name=name,
        )
    loaded = mlflow.onnx.load_model(info.model_uri)
    assert loaded.SerializeToString() == onnx_model.SerializeToString()
    client.set_registered_model_alias(name, "champion", 1)
    predicted = mlflow.pyfunc.load_model(f"models:/{name}@champion").predict(samples)
    assert len(predicted) > 0
    version = client.get_model_version(name, "1")
    assert version.status == "READY"
    assert version.run_id


def test_nested_runs_know_their_parent(client, experiment):
    with mlflow.start_run() as parent:
        for rate in (0.1, 0.2):
            with mlflow.start_run(nested=True):
                mlflow.log_param("rate", rate)
                mlflow.log_metrics({"loss": rate * 2, "accuracy": 1 - rate}, step=1)
    found = mlflow.search_runs(
        [experiment], f"tags.mlflow.parentRunId = '{parent.info.run_id}'", order_by=["metrics.loss DESC"]
    )
    assert list(found["params.rate"]) == ["0.2", "0.1"]


def test_a_run_that_fails_is_told_as_failed(client, experiment):
    with pytest.raises(ZeroDivisionError):
        with mlflow.start_run() as run:
            mlflow.log_metric("m", 1 / 0)
    assert client.get_run(run.info.run_id).info.status == "FAILED"


def test_figures_texts_dictionaries_and_tables_are_kept(experiment):
    with mlflow.start_run() as run:
        mlflow.log_text("hello", "notes/hello.txt")
        mlflow.log_dict({"a": [1, 2]}, "config.json")
        mlflow.log_table({"x": [1, 2], "y": ["a", "b"]}, "table.json")
        mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), "image.png")
    root = f"runs:/{run.info.run_id}"
    assert mlflow.artifacts.load_text(f"{root}/notes/hello.txt") == "hello"
    assert mlflow.artifacts.load_dict(f"{root}/config.json") == {"a": [1, 2]}
    assert mlflow.load_table("table.json", run_ids=[run.info.run_id]).shape == (2, 2)
    assert mlflow.artifacts.load_image(f"{root}/image.png").size == (4, 4)
