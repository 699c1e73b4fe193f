"""Experiments, runs and metrics through MLflow's own Python client; passes against MLflow's own server as well."""

import math
import time
import uuid

import mlflow
import pytest
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

UNKNOWN_RUN = "0" * 32


def refused(code, call, *args, **kwargs):
    with pytest.raises(MlflowException) as error:
        call(*args, **kwargs)
    assert error.value.error_code == code, error.value


# Experiments


def test_experiment_is_kept_with_its_tags(client):
    name = "kept-" + uuid.uuid4().hex
    created = client.create_experiment(name, tags={"team": "vision", "empty": ""})
    found = client.get_experiment(created)
    assert (found.name, found.lifecycle_stage) == (name, "active")
    assert found.tags == {"team": "vision", "empty": ""}
    assert found.artifact_location.endswith("/" + created)
    assert found.creation_time == found.last_update_time
    assert client.get_experiment_by_name(name).experiment_id == created
    client.set_experiment_tag(created, "team", "sound")
    client.set_experiment_tag(created, "long", "x" * 20000)
    assert client.get_experiment(created).tags["team"] == "sound"
    client.delete_experiment_tag(created, "long")
    assert "long" not in client.get_experiment(created).tags
    refused("RESOURCE_DOES_NOT_EXIST", client.delete_experiment_tag, created, "long")
    refused("INVALID_PARAMETER_VALUE", client.set_experiment_tag, created, "a//b", "x")


def test_experiment_names_are_taken_once_even_by_deleted_ones(client, experiment):
    name = client.get_experiment(experiment).name
    refused("RESOURCE_ALREADY_EXISTS", client.create_experiment, name)
    client.delete_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "deleted"
    refused("RESOURCE_ALREADY_EXISTS", client.create_experiment, name)
    refused("RESOURCE_DOES_NOT_EXIST", client.delete_experiment, experiment)
    refused("INVALID_PARAMETER_VALUE", client.create_run, experiment)
    refused("INVALID_PARAMETER_VALUE", client.set_experiment_tag, experiment, "a", "b")
    client.restore_experiment(experiment)
    refused("RESOURCE_DOES_NOT_EXIST", client.restore_experiment, experiment)
    client.rename_experiment(experiment, name + "-2")
    assert client.get_experiment(experiment).name == name + "-2"
    assert client.get_experiment_by_name(name) is None
    assert client.create_experiment(name) != experiment


def test_runs_go_and_come_with_their_experiment(client, experiment):
    runs = [client.create_run(experiment).info.run_id for _ in range(3)]
    client.delete_experiment(experiment)
    assert {client.get_run(run).info.lifecycle_stage for run in runs} == {"deleted"}
    refused("INVALID_PARAMETER_VALUE", client.log_metric, runs[0], "m", 1)
    client.restore_experiment(experiment)
    assert {client.get_run(run).info.lifecycle_stage for run in runs} == {"active"}


def test_default_experiment_is_there(client):
    default = client.get_experiment("0")
    assert (default.name, default.experiment_id) == ("Default", "0")
    run = client.create_run("0")
    assert run.info.experiment_id == "0"
    assert client.get_run(run.info.run_id).info.experiment_id == "0"
    assert run.info.run_id in {found.info.run_id for found in client.search_runs(["0"], max_results=10)}


def test_unknown_experiments_are_refused(client):
    refused("RESOURCE_DOES_NOT_EXIST", client.get_experiment, "123456789")
    refused("INVALID_PARAMETER_VALUE", client.create_experiment, "x" * 501)
    assert client.get_experiment_by_name("nobody has this name") is None


def test_experiments_are_searched(client):
    mark = uuid.uuid4().hex
    names = [f"{mark}-{letter}" for letter in "cab"]
    ids = {}
    for number, name in enumerate(names):
        ids[name] = client.create_experiment(name, tags={"number": str(number), "mark": mark})
        time.sleep(0.002)

    def search(filter_string, **kwargs):
        return [found.name for found in client.search_experiments(filter_string=filter_string, **kwargs)]

    assert search(f"name LIKE '{mark}%'") == list(reversed(names))
    assert search(f"tags.mark = '{mark}'", order_by=["name ASC"]) == sorted(names)
    assert search(f"tags.mark = '{mark}' AND tags.number != '1'", order_by=["name DESC"]) == [names[0], names[2]]
    assert search(f"name ILIKE '{mark.upper()}-A'") == [f"{mark}-a"]
    assert search(f"tags.mark = '{mark}'", order_by=["creation_time ASC"]) == names
    client.delete_experiment(ids[names[1]])
    assert len(search(f"tags.mark = '{mark}'")) == 2
    assert search(f"tags.mark = '{mark}'", view_type=ViewType.DELETED_ONLY) == [names[1]]
    assert len(search(f"tags.mark = '{mark}'", view_type=ViewType.ALL)) == 3
    first = client.search_experiments(
        filter_string=f"tags.mark = '{mark}'", view_type=ViewType.ALL, max_results=2, order_by=["name"]
    )
    second = client.search_experiments(
        filter_string=f"tags.mark = '{mark}'",
        view_type=ViewType.ALL,
        max_results=2,
        order_by=["name"],
        page_token=first.token,
    )
    assert [found.name for found in [*first, *second]] == sorted(names)
    assert not second.token
    refused("INVALID_PARAMETER_VALUE", client.search_experiments, filter_string="nothing = 1")
    refused("INVALID_PARAMETER_VALUE", client.search_experiments, max_results=0)


# Runs


def test_fluent_run_is_logged_and_ends(client, experiment):
    with mlflow.start_run(experiment_id=experiment, run_name="fluent", tags={"a": "b"}) as run:
        mlflow.log_param("depth", 3)
        mlflow.log_params({"rate": 0.1, "name": "x"})
        mlflow.log_metric("loss", 0.5, step=1)
        mlflow.log_metrics({"loss": 0.25, "accuracy": 1.0}, step=2)
        mlflow.set_tag("stage", "test")
        with mlflow.start_run(experiment_id=experiment, nested=True) as child:
            mlflow.log_metric("loss", 7)
    found = client.get_run(run.info.run_id)
    assert (found.info.status, found.info.run_name, found.info.lifecycle_stage) == ("FINISHED", "fluent", "active")
    assert found.info.end_time >= found.info.start_time
    assert found.info.artifact_uri.endswith(f"/{experiment}/{run.info.run_id}/artifacts")
    assert found.data.params == {"depth": "3", "rate": "0.1", "name": "x"}
    assert found.data.metrics == {"loss": 0.25, "accuracy": 1.0}
    assert found.data.tags["stage"] == "test" and found.data.tags["a"] == "b"
    assert found.data.tags["mlflow.runName"] == "fluent"
    assert found.data.tags["mlflow.user"] == found.info.user_id
    nested = client.get_run(child.info.run_id)
    assert nested.data.tags["mlflow.parentRunId"] == run.info.run_id
    assert nested.info.run_name == nested.data.tags["mlflow.runName"]
    assert client.get_parent_run(child.info.run_id).info.run_id == run.info.run_id


def test_failed_run_is_told(client, experiment):
    with pytest.raises(ValueError):
        with mlflow.start_run(experiment_id=experiment) as run:
            raise ValueError("no")
    assert client.get_run(run.info.run_id).info.status == "FAILED"


def test_run_goes_on_after_it_ended(client, experiment):
    run = client.create_run(experiment, start_time=1234, run_name="one").info.run_id
    client.set_terminated(run, "KILLED", end_time=2345)
    found = client.get_run(run).info
    assert (found.status, found.start_time, found.end_time) == ("KILLED", 1234, 2345)
    with mlflow.start_run(run_id=run):
        assert client.get_run(run).info.status == "RUNNING"
    assert client.get_run(run).info.status == "FINISHED"
    client.update_run(run, status="SCHEDULED", name="two")
    found = client.get_run(run)
    assert (found.info.status, found.info.run_name) == ("SCHEDULED", "two")
    assert found.data.tags["mlflow.runName"] == "two"
    client.set_tag(run, "mlflow.runName", "three")
    assert client.get_run(run).info.run_name == "three"


def test_deleted_run_takes_nothing(client, experiment):
    run = client.create_run(experiment).info.run_id
    client.delete_run(run)
    assert client.get_run(run).info.lifecycle_stage == "deleted"
    refused("INVALID_PARAMETER_VALUE", client.log_metric, run, "m", 1)
    refused("INVALID_PARAMETER_VALUE", client.log_param, run, "p", 1)
    refused("INVALID_PARAMETER_VALUE", client.set_tag, run, "t", 1)
    refused("INVALID_PARAMETER_VALUE", client.set_terminated, run)
    client.delete_run(run)
    client.restore_run(run)
    assert client.get_run(run).info.lifecycle_stage == "active"
    client.log_metric(run, "m", 1)


def test_tags_change_and_go(client, experiment):
    run = client.create_run(experiment, tags={"a": "1"}).info.run_id
    client.set_tag(run, "a", "2")
    client.set_tag(run, "b", "x" * 9000)
    tags = client.get_run(run).data.tags
    assert tags["a"] == "2" and tags["b"] == "x" * 8000
    client.delete_tag(run, "a")
    assert "a" not in client.get_run(run).data.tags
    refused("RESOURCE_DOES_NOT_EXIST", client.delete_tag, run, "a")
    client.set_tag(run, "a", "3")
    assert client.get_run(run).data.tags["a"] == "3"


def test_params_keep_their_first_value(client, experiment):
    run = client.create_run(experiment).info.run_id
    client.log_param(run, "p", "1")
    client.log_param(run, "p", "1")
    refused("INVALID_PARAMETER_VALUE", client.log_param, run, "p", "2")
    refused("INVALID_PARAMETER_VALUE", client.log_batch, run, params=[Param("q", "1"), Param("p", "2")])
    client.log_batch(run, params=[Param("p", "1"), Param("long", "v" * 7000)])
    assert client.get_run(run).data.params == {"p": "1", "long": "v" * 6000}


def test_bad_keys_are_refused(client, experiment):
    run = client.create_run(experiment).info.run_id
    for key in ["a//b", "../a", "a/", "a$", "k" * 251]:
        refused("INVALID_PARAMETER_VALUE", client.log_metric, run, key, 1)
        refused("INVALID_PARAMETER_VALUE", client.set_tag, run, key, 1)
        refused("INVALID_PARAMETER_VALUE", client.log_param, run, key, 1)
    client.log_metric(run, "a/b c-d_e.f:g é", 1)
    assert client.get_run(run).data.metrics == {"a/b c-d_e.f:g é": 1}


def test_unknown_runs_are_refused(client):
    refused("RESOURCE_DOES_NOT_EXIST", client.get_run, UNKNOWN_RUN)
    refused("RESOURCE_DOES_NOT_EXIST", client.log_metric, UNKNOWN_RUN, "m", 1)
    refused("RESOURCE_DOES_NOT_EXIST", client.log_batch, UNKNOWN_RUN, metrics=[Metric("m", 1, 1, 1)])
    refused("RESOURCE_DOES_NOT_EXIST", client.delete_run, UNKNOWN_RUN)
    refused("RESOURCE_DOES_NOT_EXIST", client.set_terminated, "nothing like an id")


def test_batches_have_limits(client, experiment):
    run = client.create_run(experiment).info.run_id
    store = client._tracking_client.store
    metrics = [Metric(f"m{i}", i, 1, 0) for i in range(1000)]
    store.log_batch(run, metrics, [], [])
    refused("INVALID_PARAMETER_VALUE", store.log_batch, run, [*metrics, Metric("x", 1, 1, 0)], [], [])
    refused("INVALID_PARAMETER_VALUE", store.log_batch, run, [], [Param(f"p{i}", "") for i in range(101)], [])
    refused("INVALID_PARAMETER_VALUE", store.log_batch, run, [], [], [RunTag(f"t{i}", "") for i in range(101)])
    refused("INVALID_PARAMETER_VALUE", store.log_batch, run, metrics, [Param("p", "")], [])
    assert len(client.get_run(run).data.metrics) == 1000


# Metrics


def test_numbers_that_are_none_are_kept(client, experiment):
    run = client.create_run(experiment).info.run_id
    client.log_metric(run, "nan", float("nan"))
    client.log_metric(run, "large", float("inf"))
    client.log_metric(run, "small", float("-inf"))
    metrics = client.get_run(run).data.metrics
    assert math.isnan(metrics["nan"])
    # MLflow's own server keeps the largest number of 64 bits instead.
    assert metrics["large"] >= 1.7976931348623157e308 and metrics["small"] <= -1.7976931348623157e308


def test_several_values_at_one_step_are_all_kept_and_repeats_are_harmless(client, experiment):
    run = client.create_run(experiment).info.run_id
    for value in [3, 1, 2, 1]:
        client.log_metric(run, "m", value, timestamp=5, step=7)
    assert [point.value for point in client.get_metric_history(run, "m")] == [1, 2, 3]
    assert client.get_run(run).data.metrics["m"] == 3


def test_latest_is_that_of_the_greatest_step_then_time_then_value(client, experiment):
    run = client.create_run(experiment).info.run_id
    for step, timestamp, value in [(2, 1, 1), (1, 9, 9), (2, 2, 2), (2, 2, 1), (-3, 20, 50)]:
        client.log_metric(run, "m", value, timestamp=timestamp, step=step)
    assert client.get_run(run).data.metrics["m"] == 2


def test_long_histories_come_in_pages(client, experiment):
    run = client.create_run(experiment).info.run_id
    count = 26_000
    for start in range(0, count, 1000):
        client.log_batch(run, metrics=[Metric("m", i / 2, i, i) for i in range(start, start + 1000)])
    history = client.get_metric_history(run, "m")
    assert [point.step for point in history] == list(range(count))
    assert history[-1].value == (count - 1) / 2
    assert client.get_metric_history(run, "other") == []


# Searching


def test_runs_are_searched(client, experiment):
    other = client.create_experiment("other-" + uuid.uuid4().hex)
    runs = {}
    for number, name in enumerate(["a", "b", "c", "d"]):
        run = client.create_run(experiment if number < 3 else other, start_time=1000 + number, run_name=name)
        runs[name] = run.info.run_id
        client.log_metric(run.info.run_id, "score", [0.5, float("nan"), 0.5, 2][number])
        client.log_param(run.info.run_id, "rate", str(number % 2))
        client.set_tag(run.info.run_id, "colour", ["red", "Green", "blue", "red"][number])
    both = [experiment, other]

    def search(filter_string="", ids=both, **kwargs):
        return "".join(found.info.run_name for found in client.search_runs(ids, filter_string, **kwargs))

    assert search() == "dcba"
    assert search(ids=[experiment]) == "cba"
    assert search("metrics.score = 0.5") == "ca"
    assert search("metrics.score > 0.5 AND params.rate = '1'", ids=[other]) == "d"
    assert search("params.rate = '0'") == "ca"
    assert search("tags.colour LIKE 're%'") == "da"
    assert search("tags.`colour` ILIKE 'G%'") == "b"
    assert search("attributes.run_name != 'b'") == "dca"
    assert search("attributes.status = 'RUNNING' AND start_time >= 1002") == "dc"
    assert search(f"attributes.run_id = '{runs['b']}'") == "b"
    assert search(f"run_id NOT IN ('{runs['b']}', '{runs['c']}')") == "da"
    assert search(order_by=["params.rate ASC", "start_time ASC"]) == "acbd"
    assert search(order_by=["metrics.score DESC", "start_time ASC"])[:3] == "dac"
    assert search(order_by=["tags.colour"]) in ("bcad", "bcda")
    client.delete_run(runs["c"])
    assert search() == "dba"
    assert search(run_view_type=ViewType.DELETED_ONLY) == "c"
    assert search(run_view_type=ViewType.ALL) == "dcba"
    refused("INVALID_PARAMETER_VALUE", client.search_runs, both, "metrics.score ~ 3")
    refused("INVALID_PARAMETER_VALUE", client.search_runs, both, "metrics.score > 'x'")
    refused("INVALID_PARAMETER_VALUE", client.search_runs, both, order_by=["nothing"])
    refused("INVALID_PARAMETER_VALUE", client.search_runs, both, max_results=50001)


def test_searches_come_in_pages(client, experiment):
    names = [f"r{i:02}" for i in range(25)]
    for number, name in enumerate(names):
        client.create_run(experiment, start_time=number + 1, run_name=name)
    found, token = [], None
    while True:
        page = client.search_runs([experiment], max_results=10, order_by=["attributes.run_name"], page_token=token)
        found += [run.info.run_name for run in page]
        token = page.token
        if not token:
            break
    assert found == names
    assert len(mlflow.search_runs([experiment])) == 25
