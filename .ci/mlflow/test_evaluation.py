"""Evaluation data sets, and evaluations on them, through MLflow's own client. Passes on an MLflow server too."""

import json
import math
import threading

import mlflow
import pandas as pd
import pytest
from mlflow.entities import DatasetRecordSourceType
from mlflow.exceptions import MlflowException
from mlflow.genai import datasets, scorer


@pytest.fixture(autouse=True)
def written_at_once(monkeypatch):
    monkeypatch.setenv("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")


@pytest.fixture
def dataset(experiment, unique):
    return datasets.create_dataset(unique("questions"), experiment, tags={"team": "search"})


def capitals(*names):
    return [{"inputs": {"country": name}, "expectations": {"capital": name[::-1]}} for name in names]


def by_country(dataset):
    frame = datasets.get_dataset(dataset_id=dataset.dataset_id).to_df()
    return {row.inputs["country"]: row for row in frame.itertuples()}


def test_a_data_set_is_made_and_read_back(experiment, unique):
    name = unique("questions")
    made = datasets.create_dataset(name, [experiment, "0"], tags={"team": "search", "mlflow.user": "bob"})
    read = datasets.get_dataset(dataset_id=made.dataset_id)
    assert (read.name, read.dataset_id, read.digest) == (name, made.dataset_id, made.digest)
    assert read.tags == {"team": "search", "mlflow.user": "bob"}
    assert sorted(read.experiment_ids) == sorted([experiment, "0"])
    assert (read.created_by, read.last_updated_by) == ("bob", "bob")
    assert read.created_time == read.last_update_time == made.created_time
    assert (read.schema, read.profile) == (None, None)
    assert read.to_df().empty
    assert datasets.get_dataset(name=name).dataset_id == made.dataset_id
    for unknown in ("d-" + "0" * 32, "nothing"):
        with pytest.raises(MlflowException) as missing:
            datasets.get_dataset(dataset_id=unknown)
        assert missing.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_records_are_merged(dataset):
    before = dataset.digest
    dataset.merge_records(capitals("Peru", "Chad"))
    dataset.merge_records(
        [
            {"inputs": {"country": "Chad"}, "expectations": {"size": 2.5}, "tags": {"hard": "yes"}, "outputs": {"answer": 7}},
            {"inputs": {"country": "Fiji"}},
        ]
    )
    rows = by_country(dataset)
    assert set(rows) == {"Peru", "Chad", "Fiji"}
    assert rows["Chad"].expectations == {"capital": "dahC", "size": 2.5}
    assert rows["Chad"].outputs == {"answer": 7}
    assert rows["Chad"].tags["hard"] == "yes" and "hard" not in rows["Peru"].tags
    assert rows["Peru"].outputs == {}
    assert not rows["Fiji"].expectations
    assert (rows["Peru"].source_type, rows["Fiji"].source_type) == ("HUMAN", "CODE")
    assert all(row.dataset_record_id.startswith("dr-") for row in rows.values())
    read = datasets.get_dataset(dataset_id=dataset.dataset_id)
    assert json.loads(read.profile) == {"num_records": 3}
    assert json.loads(read.schema) == {
        "inputs": {"country": "string"},
        "outputs": {"answer": "integer"},
        "expectations": {"capital": "string", "size": "float"},
        "version": "1.0",
    }
    assert read.digest != before and len(read.digest) == 8
    assert read.last_update_time >= read.created_time


def test_the_same_records_again_change_nothing_but_the_time(dataset, client):
    records = capitals("Peru", "Chad", "Peru")
    store = client._tracking_client.store
    assert store.upsert_dataset_records(dataset.dataset_id, records) == {"inserted": 2, "updated": 1}
    ids = {row.dataset_record_id for row in by_country(dataset).values()}
    assert store.upsert_dataset_records(dataset.dataset_id, records) == {"inserted": 0, "updated": 3}
    assert {row.dataset_record_id for row in by_country(dataset).values()} == ids
    swapped = [{"inputs": {"b": [1, {"y": 2, "x": 1}], "a": None}}, {"inputs": {"a": None, "b": [1, {"x": 1, "y": 2}]}}]
    assert store.upsert_dataset_records(dataset.dataset_id, swapped) == {"inserted": 1, "updated": 1}


def test_values_of_all_kinds_come_back(dataset):
    inputs = {
        "text": 'ä "quoted" \U0001f600\n',
        "nothing": None,
        "yes": True,
        "whole": 2**70,
        "half": 0.5,
        "list": [1, [2.0, {"deep": []}]],
        "object": {},
    }
    dataset.merge_records([{"inputs": inputs, "outputs": "plain", "expectations": {"least": -math.inf}}])
    row = datasets.get_dataset(dataset_id=dataset.dataset_id).to_df().iloc[0]
    assert row.inputs == inputs
    assert row.outputs == "plain"
    assert row.expectations == {"least": -math.inf}
    schema = json.loads(datasets.get_dataset(dataset_id=dataset.dataset_id).schema)
    kinds = ["string", "null", "boolean", "integer", "float", "array", "object"]
    assert schema["inputs"] == dict(zip(inputs, kinds))
    assert schema["outputs"] == "string"


def test_a_frame_of_data_is_merged(dataset):
    frame = pd.DataFrame({"inputs": [{"country": "Peru"}, {"country": "Chad"}], "expectations": [{"n": 1}, {"n": 2}]})
    dataset.merge_records(frame)
    assert {name: row.expectations for name, row in by_country(dataset).items()} == {"Peru": {"n": 1}, "Chad": {"n": 2}}


@mlflow.trace
def greet(name):
    return f"Hello {name}"


def test_traces_become_records(dataset, experiment, client):
    greet("Ann")
    trace_id = mlflow.get_last_active_trace_id()
    greet("Bob")
    mlflow.flush_trace_async_logging()
    mlflow.log_expectation(trace_id=trace_id, name="politeness", value=1.0)
    dataset.merge_records(mlflow.search_traces(locations=[experiment]))
    frame = datasets.get_dataset(dataset_id=dataset.dataset_id).to_df()
    rows = {row.inputs["name"]: row for row in frame.itertuples()}
    assert set(rows) == {"Ann", "Bob"}
    assert (rows["Ann"].outputs, rows["Ann"].expectations) == ("Hello Ann", {"politeness": 1.0})
    assert (rows["Ann"].source_type, rows["Ann"].source_id) == ("TRACE", trace_id)
    assert rows["Ann"].source.source_type == DatasetRecordSourceType.TRACE
    assert rows["Ann"].source.source_data == {"trace_id": trace_id}


def test_records_come_in_pages(dataset, client):
    dataset.merge_records([{"inputs": {"n": n}} for n in range(25)])
    store = client._tracking_client.store
    seen, token, pages = [], None, 0
    while True:
        page, token = store._load_dataset_records(dataset.dataset_id, max_results=10, page_token=token)
        seen += [record.inputs["n"] for record in page]
        pages += 1
        if not token:
            break
    assert sorted(seen) == list(range(25)) and pages == 3


def test_more_records_than_one_page_has(dataset):
    dataset.merge_records([{"inputs": {"n": n}} for n in range(2500)])
    frame = datasets.get_dataset(dataset_id=dataset.dataset_id).to_df()
    assert sorted(each["n"] for each in frame["inputs"]) == list(range(2500))


def test_records_are_deleted(dataset):
    dataset.merge_records(capitals("Peru", "Chad", "Fiji"))
    rows = by_country(dataset)
    ids = [rows["Peru"].dataset_record_id, rows["Fiji"].dataset_record_id]
    assert dataset.delete_records(ids + ["dr-" + "0" * 32]) == 2
    assert dataset.delete_records(ids) == 0
    assert set(by_country(dataset)) == {"Chad"}
    assert json.loads(datasets.get_dataset(dataset_id=dataset.dataset_id).profile) == {"num_records": 1}
    dataset.merge_records(capitals("Peru"))
    assert set(by_country(dataset)) == {"Chad", "Peru"}


def test_clients_that_merge_at_once_lose_nothing(dataset):
    def merge(client):
        records = [{"inputs": {"n": n}, "tags": {f"by-{client}": "x"}} for n in range(20)]
        own = [{"inputs": {"own": client}}]
        datasets.get_dataset(dataset_id=dataset.dataset_id).merge_records(records + own)

    # The first merge makes the shared records: MLflow's own server fails when two insert the same at once.
    merge(0)
    threads = [threading.Thread(target=merge, args=(client,)) for client in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    frame = datasets.get_dataset(dataset_id=dataset.dataset_id).to_df()
    assert len(frame) == 25
    assert sum("own" in each for each in frame["inputs"]) == 5


def test_tags_are_set_and_deleted(dataset):
    datasets.set_dataset_tags(dataset.dataset_id, {"team": "ads", "grade": "a b"})
    user = {"mlflow.user": dataset.created_by}
    assert datasets.get_dataset(dataset_id=dataset.dataset_id).tags == {"team": "ads", "grade": "a b", **user}
    datasets.delete_dataset_tag(dataset.dataset_id, "team")
    datasets.delete_dataset_tag(dataset.dataset_id, "team")
    assert datasets.get_dataset(dataset_id=dataset.dataset_id).tags == {"grade": "a b", **user}
    with pytest.raises(MlflowException) as missing:
        datasets.set_dataset_tags("d-" + "0" * 32, {"a": "1"})
    assert missing.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_data_sets_join_and_leave_experiments(dataset, experiment, client, unique):
    other = client.create_experiment(unique("other"))
    datasets.add_dataset_to_experiments(dataset.dataset_id, [other])
    datasets.add_dataset_to_experiments(dataset.dataset_id, [other])
    read = datasets.get_dataset(dataset_id=dataset.dataset_id)
    assert sorted(read.experiment_ids) == sorted([experiment, other])
    assert [found.name for found in datasets.search_datasets(other)] == [dataset.name]
    datasets.remove_dataset_from_experiments(dataset.dataset_id, [experiment, "0"])
    assert datasets.get_dataset(dataset_id=dataset.dataset_id).experiment_ids == [other]
    assert datasets.search_datasets(experiment) == []
    with pytest.raises(MlflowException) as missing:
        datasets.add_dataset_to_experiments(dataset.dataset_id, ["999999999"])
    assert missing.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_data_sets_are_searched(experiment, client, unique):
    prefix = unique("Set")
    made = []
    for number, user in enumerate(["ann", "bob", "ann"]):
        tags = {"grade": "ab"[number % 2], "mlflow.user": user}
        made.append(datasets.create_dataset(f"{prefix}-{number}", experiment, tags=tags))

    def found(filter_string=None, order_by=None, **options):
        page = client.search_datasets([experiment], filter_string, order_by=order_by, **options)
        return [each.name[-1] for each in page]

    assert found(order_by=["created_time ASC", "name ASC"]) == ["0", "1", "2"]
    assert found(order_by=["name DESC"]) == ["2", "1", "0"]
    assert found(f"name = '{prefix}-1'") == ["1"]
    assert found(f"name IN ('{prefix}-1', '{prefix}-2')", ["name"]) == ["1", "2"]
    assert found(f"name LIKE '{prefix}%' AND tags.grade = 'a'", ["name"]) == ["0", "2"]
    assert found(f"name ILIKE '{prefix.lower()}-%'", ["name"]) == ["0", "1", "2"]
    assert found("tags.grade != 'a'") == ["1"]
    assert found("created_by = 'ann'", ["name"]) == ["0", "2"]
    assert found("last_updated_by LIKE 'b%'") == ["1"]
    assert found(f"created_time >= {made[0].created_time}", ["name"]) == ["0", "1", "2"]
    assert found(f"last_update_time < {made[0].created_time}") == []
    made[0].merge_records(capitals("Peru"))
    assert found(order_by=["last_update_time DESC"])[0] == "0"
    first = client.search_datasets([experiment], order_by=["name"], max_results=2)
    second = client.search_datasets([experiment], order_by=["name"], max_results=2, page_token=first.token)
    assert [each.name[-1] for each in first] + [each.name[-1] for each in second] == ["0", "1", "2"]
    assert not second.token
    assert [each.name for each in datasets.search_datasets(filter_string=f"name LIKE '{prefix}-2'")] == [f"{prefix}-2"]
    for wrong in ["colour = 'x'", "name > 3", "created_time = 'x'", "params.a = 'x'", "name ="]:
        with pytest.raises(MlflowException) as refused:
            found(wrong)
        assert refused.value.error_code == "INVALID_PARAMETER_VALUE", wrong
    with pytest.raises(MlflowException) as refused:
        found(order_by=["colour"])
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"


def test_a_deleted_data_set_is_gone(dataset, experiment):
    dataset.merge_records(capitals("Peru"))
    datasets.delete_dataset(dataset_id=dataset.dataset_id)
    datasets.delete_dataset(dataset_id=dataset.dataset_id)
    assert datasets.search_datasets(experiment) == []
    with pytest.raises(MlflowException):
        datasets.get_dataset(dataset_id=dataset.dataset_id)
    with pytest.raises(MlflowException):
        dataset.merge_records(capitals("Chad"))


@scorer
def exact(outputs, expectations):
    return outputs == expectations["capital"]


@scorer
def length(outputs):
    return len(outputs)


def test_an_application_is_evaluated(dataset, experiment, client):
    dataset.merge_records(capitals("Peru", "Chad", "Fiji"))

    def answer(country):
        return country[::-1] if country != "Chad" else "?"

    result = mlflow.genai.evaluate(data=dataset, predict_fn=answer, scorers=[exact, length])
    assert result.metrics["exact/mean"] == pytest.approx(2 / 3)
    assert result.metrics["length/mean"] == pytest.approx(3)
    run = client.get_run(result.run_id)
    assert run.data.metrics["exact/mean"] == pytest.approx(2 / 3)
    used = run.inputs.dataset_inputs[0].dataset
    assert (used.name, used.source_type) == (dataset.name, "mlflow_evaluation_dataset")
    assert json.loads(used.source)["dataset_id"] == dataset.dataset_id
    traces = mlflow.search_traces(locations=[experiment], run_id=result.run_id, return_type="list")
    assert len(traces) == 3
    for trace in traces:
        country = trace.data.spans[0].inputs["country"]
        by_name = {assessment.name: assessment for assessment in trace.info.assessments}
        assert by_name["exact"].feedback.value == (country != "Chad")
        assert by_name["capital"].expectation.value == country[::-1]
    right = client.search_traces(locations=[experiment], filter_string="feedback.exact = 'true'")
    assert {trace.data.spans[0].inputs["country"] for trace in right} == {"Peru", "Fiji"}


def test_answers_that_are_there_are_evaluated(experiment, client):
    rows = [
        {"inputs": {"country": "Peru"}, "outputs": "Lima", "expectations": {"capital": "Lima"}},
        {"inputs": {"country": "Chad"}, "outputs": "Lima", "expectations": {"capital": "N'Djamena"}},
    ]
    result = mlflow.genai.evaluate(data=rows, scorers=[exact])
    assert result.metrics["exact/mean"] == 0.5
    assert len(mlflow.search_traces(locations=[experiment], run_id=result.run_id, return_type="list")) == 2


def test_traces_are_evaluated(experiment):
    greet("Ann")
    greet("Bob")
    mlflow.flush_trace_async_logging()
    traces = mlflow.search_traces(locations=[experiment])
    result = mlflow.genai.evaluate(data=traces, scorers=[length])
    assert result.metrics["length/mean"] == 9
