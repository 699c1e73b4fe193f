"""Searches in spans, and figures over many traces, through MLflow's own client. Passes on an MLflow server too."""

import json
import time

import mlflow
import pytest
from mlflow.entities import SpanType
from mlflow.entities.trace_metrics import AggregationType, MetricAggregation, MetricViewType
from mlflow.exceptions import MlflowException

COUNT = MetricAggregation(AggregationType.COUNT)
SUM = MetricAggregation(AggregationType.SUM)
AVERAGE = MetricAggregation(AggregationType.AVG)
LEAST = MetricAggregation(AggregationType.MIN)
MOST = MetricAggregation(AggregationType.MAX)


@pytest.fixture(autouse=True)
def written_at_once(monkeypatch):
    monkeypatch.setenv("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")


@mlflow.trace(span_type=SpanType.RETRIEVER)
def retrieve(question):
    return [f"about {question}"]


@mlflow.trace(span_type=SpanType.LLM)
def complete(question, model):
    span = mlflow.get_current_active_span()
    span.set_attribute("mlflow.chat.tokenUsage", {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15})
    span.set_attribute("mlflow.llm.model", model)
    span.set_attribute("mlflow.llm.cost", {"input_cost": 0.5, "output_cost": 0.25, "total_cost": 0.75})
    if question == "fail":
        raise ValueError("no answer")
    return f"answer to {question}"


@mlflow.trace(span_type=SpanType.CHAIN)
def ask(question, model="small", session=None):
    if session:
        mlflow.update_current_trace(metadata={"mlflow.trace.session": session})
    mlflow.update_current_trace(tags={"team": "search"})
    mlflow.get_current_active_span().set_attribute("colour", "dark blue")
    retrieve(question)
    return complete(question, model)


@mlflow.trace
def other():
    return 1


@pytest.fixture
def traces(experiment):
    """The ids of three traces that succeed and one that fails, and of one of another kind."""
    ids = []
    for question, model, session in [("why", "small", "s-1"), ("how", "large", "s-1"), ("fail", "small", "s-2")]:
        try:
            ask(question, model, session)
        except ValueError:
            pass
        ids.append(mlflow.get_last_active_trace_id())
        time.sleep(0.01)
    other()
    ids.append(mlflow.get_last_active_trace_id())
    mlflow.flush_trace_async_logging()
    return ids


def test_traces_are_found_by_their_spans(traces, experiment, client):
    def found(filter_string, **options):
        page = client.search_traces(locations=[experiment], filter_string=filter_string, order_by=["timestamp ASC"], **options)
        return [traces.index(trace.info.trace_id) for trace in page]

    assert found("span.name = 'retrieve'") == [0, 1, 2]
    assert found("span.name = 'nothing'") == []
    assert found("span.type = 'LLM'") == [0, 1, 2]
    assert found("span.type IN ('LLM', 'TOOL')") == [0, 1, 2]
    assert found("span.name LIKE 'o%'") == [3]
    assert found("span.name ILIKE 'RETR%' AND tags.team = 'search'") == [0, 1, 2]
    assert found("span.status = 'ERROR'") == [2]
    # One and the same span has to satisfy all of it.
    assert found("span.type = 'RETRIEVER' AND span.status = 'ERROR'") == []
    assert found("span.type = 'LLM' AND span.status = 'ERROR'") == [2]
    assert found("span.name = 'complete' AND status = 'OK'") == [0, 1]
    assert found("span.attributes.colour LIKE '%blue%'") == [0, 1, 2]
    assert found("span.attributes.colour LIKE '%green%'") == []
    assert found("span.attributes.mlflow.llm.model LIKE '%large%'") == [1]
    assert found("trace.text LIKE '%answer to how%'") == [1]
    assert found("metadata.`mlflow.trace.session` = 's-1'") == [0, 1]
    for wrong in ["span.colour = 'x'", "span.name = 3", "span.attributes. = 'x'", "span.name > 'x'"]:
        with pytest.raises(MlflowException) as refused:
            found(wrong)
        assert refused.value.error_code == "INVALID_PARAMETER_VALUE", wrong


def test_pages_of_what_spans_find(traces, experiment, client):
    seen, token = [], None
    while True:
        page = client.search_traces(
            locations=[experiment],
            filter_string="span.name = 'retrieve'",
            order_by=["timestamp ASC"],
            max_results=1,
            page_token=token,
        )
        seen += [traces.index(trace.info.trace_id) for trace in page]
        token = page.token
        if not token:
            break
    assert seen == [0, 1, 2]


@pytest.fixture
def points(experiment, client):
    def query(view, metric, aggregations, dimensions=None, **options):
        found = client._tracking_client.store.query_trace_metrics(
            [experiment], view, metric, aggregations, dimensions=dimensions, **options
        )
        assert all(point.metric_name == metric for point in found)
        return [(point.dimensions, point.values) for point in found]

    return query


def test_traces_are_counted_and_measured(traces, points):
    view = MetricViewType.TRACES
    assert points(view, "trace_count", [COUNT]) == [({}, {"COUNT": 4})]
    assert points(view, "trace_count", [COUNT], ["trace_name", "trace_status"]) == [
        ({"trace_name": "ask", "trace_status": "ERROR"}, {"COUNT": 1}),
        ({"trace_name": "ask", "trace_status": "OK"}, {"COUNT": 2}),
        ({"trace_name": "other", "trace_status": "OK"}, {"COUNT": 1}),
    ]
    assert points(view, "session_count", [COUNT]) == [({}, {"COUNT": 2})]
    assert points(view, "total_tokens", [SUM, AVERAGE], ["trace_name"]) == [({"trace_name": "ask"}, {"SUM": 45, "AVG": 15})]
    halves = [MetricAggregation(AggregationType.PERCENTILE, 50), MetricAggregation(AggregationType.PERCENTILE, 99.5)]
    [(_, latency)] = points(view, "latency", [LEAST, AVERAGE, MOST, *halves])
    assert set(latency) == {"MIN", "AVG", "MAX", "P50.0", "P99.5"}
    assert 0 <= latency["MIN"] <= latency["P50.0"] <= latency["P99.5"] <= latency["MAX"]
    assert points(view, "cache_read_input_tokens", [SUM]) == []


def test_filters_and_times(traces, points, client):
    view = MetricViewType.TRACES
    assert points(view, "trace_count", [COUNT], filters=["trace.status = 'OK'"]) == [({}, {"COUNT": 3})]
    assert points(view, "trace_count", [COUNT], filters=["trace.tag.team = 'search'", 'trace.status = "ERROR"']) == [
        ({}, {"COUNT": 1})
    ]
    session = "trace.metadata.`mlflow.trace.session` = 's-1'"
    assert points(view, "trace_count", [COUNT], filters=[session]) == [({}, {"COUNT": 2})]
    first = client.get_trace(traces[0]).info.request_time
    last = client.get_trace(traces[3]).info.request_time
    assert points(view, "trace_count", [COUNT], start_time_ms=first + 1, end_time_ms=last) == [({}, {"COUNT": 3})]
    hours = points(
        view, "trace_count", [COUNT], time_interval_seconds=3600, start_time_ms=first - 1, end_time_ms=last + 1
    )
    assert sum(values["COUNT"] for _, values in hours) == 4
    hour = time.strftime("%Y-%m-%dT%H:00:00+00:00", time.gmtime(first / 1000))
    assert hours[0][0] == {"time_bucket": hour}


def test_spans_are_counted_and_measured(traces, points):
    view = MetricViewType.SPANS
    assert points(view, "span_count", [COUNT], ["span_type"]) == [
        ({"span_type": "CHAIN"}, {"COUNT": 3}),
        ({"span_type": "LLM"}, {"COUNT": 3}),
        ({"span_type": "RETRIEVER"}, {"COUNT": 3}),
        ({"span_type": "UNKNOWN"}, {"COUNT": 1}),
    ]
    failed = points(view, "span_count", [COUNT], ["span_name"], filters=["span.status = 'ERROR'", "span.type = 'LLM'"])
    assert failed == [({"span_name": "complete"}, {"COUNT": 1})]
    assert points(view, "total_cost", [SUM, MOST], ["span_model_name"]) == [
        ({"span_model_name": "large"}, {"SUM": 0.75, "MAX": 0.75}),
        ({"span_model_name": "small"}, {"SUM": 1.5, "MAX": 0.75}),
    ]
    [(_, latency)] = points(view, "latency", [MOST], ["span_name"], filters=["span.name = 'retrieve'"])
    assert latency["MAX"] >= 0


def test_assessments_are_counted_and_measured(traces, points):
    for trace_id, score, helpful in [(traces[0], 0.5, True), (traces[1], 1.0, False), (traces[2], 0.0, True)]:
        mlflow.log_feedback(trace_id=trace_id, name="score", value=score)
        mlflow.log_feedback(trace_id=trace_id, name="helpful", value=helpful)
    mlflow.log_expectation(trace_id=traces[0], name="answer", value="yes")
    view = MetricViewType.ASSESSMENTS
    assert points(view, "assessment_count", [COUNT], ["assessment_name"], filters=["assessment.type = 'feedback'"]) == [
        ({"assessment_name": "helpful"}, {"COUNT": 3}),
        ({"assessment_name": "score"}, {"COUNT": 3}),
    ]
    assert points(view, "assessment_value", [AVERAGE, MOST], filters=["assessment.name = 'score'"]) == [
        ({}, {"AVG": 0.5, "MAX": 1.0})
    ]
    [(_, helpful)] = points(view, "assessment_value", [AVERAGE], filters=["assessment.name = 'helpful'"])
    assert helpful["AVG"] == pytest.approx(2 / 3)
    values = points(view, "assessment_count", [COUNT], ["assessment_value"], filters=["assessment.name = 'helpful'"])
    assert [(json.loads(each["assessment_value"]), count["COUNT"]) for each, count in values] == [(False, 1), (True, 2)]


def test_what_can_not_be_asked(traces, points):
    for view, metric, aggregations, options in [
        (MetricViewType.TRACES, "nothing", [COUNT], {}),
        (MetricViewType.TRACES, "trace_count", [SUM], {}),
        (MetricViewType.TRACES, "trace_count", [COUNT], {"dimensions": ["span_name"]}),
        (MetricViewType.TRACES, "trace_count", [COUNT], {"filters": ["span.name = 'x'"]}),
        (MetricViewType.TRACES, "trace_count", [COUNT], {"filters": ["trace.colour = 'x'"]}),
        (MetricViewType.TRACES, "trace_count", [COUNT], {"time_interval_seconds": 60}),
    ]:
        with pytest.raises(MlflowException) as refused:
            points(view, metric, aggregations, **options)
        assert refused.value.error_code == "INVALID_PARAMETER_VALUE", (metric, options)
