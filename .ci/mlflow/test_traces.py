"""Traces, assessments and OTLP through MLflow's own client. Passes on an MLflow server too."""

import gzip
import json
import os
import time
import uuid

import mlflow
import pytest
import requests
from mlflow.entities import AssessmentError, AssessmentSource, AssessmentSourceType, Feedback, SpanType, TraceState
from mlflow.exceptions import MlflowException
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@pytest.fixture(autouse=True)
def written_at_once(monkeypatch):
    monkeypatch.setenv("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")


def logged(trace_id):
    """The trace, once its spans have arrived."""
    mlflow.flush_trace_async_logging()
    return mlflow.get_trace(trace_id)


@mlflow.trace
def double(x):
    return 2 * x


@mlflow.trace(name="outer", span_type=SpanType.CHAIN, attributes={"colour": "blue"})
def outer(x):
    mlflow.update_current_trace(tags={"team": "search"}, metadata={"build": "7"}, client_request_id=f"c-{x}")
    return double(x) + double(x + 1)


@mlflow.trace
def failing():
    raise ValueError("no")


def test_a_traced_function_is_read_back_with_its_spans(experiment):
    outer(3)
    trace = logged(mlflow.get_last_active_trace_id())
    assert trace.info.experiment_id == experiment
    assert trace.info.state == TraceState.OK
    assert trace.info.client_request_id == "c-3"
    assert trace.info.tags["mlflow.traceName"] == "outer"
    assert trace.info.tags["mlflow.trace.spansLocation"] == "TRACKING_STORE"
    assert trace.info.tags["mlflow.artifactLocation"].endswith(f"/traces/{trace.info.trace_id}/artifacts")
    assert (trace.info.tags["team"], trace.info.trace_metadata["build"]) == ("search", "7")
    assert trace.info.execution_duration is not None
    spans = {span.name: span for span in trace.data.spans}
    assert len(trace.data.spans) == 3
    root = spans["outer"]
    assert (root.parent_id, root.span_type, root.inputs, root.outputs) == (None, "CHAIN", {"x": 3}, 14)
    assert root.get_attribute("colour") == "blue"
    children = [span for span in trace.data.spans if span.parent_id == root.span_id]
    assert sorted(span.inputs["x"] for span in children) == [3, 4]
    assert trace.data.request == '{"x": 3}'


def test_an_exception_is_in_the_trace(experiment):
    with pytest.raises(ValueError):
        failing()
    trace = logged(mlflow.get_last_active_trace_id())
    assert trace.info.state == TraceState.ERROR
    assert trace.data.spans[0].status.status_code.value == "ERROR"
    assert trace.data.spans[0].events[0].attributes["exception.message"] == "no"


def test_traces_are_searched(experiment, client):
    ids = []
    for x in range(3):
        outer(x)
        ids.append(mlflow.get_last_active_trace_id())
        time.sleep(0.01)
    with pytest.raises(ValueError):
        failing()
    failed = mlflow.get_last_active_trace_id()
    mlflow.flush_trace_async_logging()
    client.set_trace_tag(ids[1], "grade", "a")

    def found(filter_string=None, order_by=None):
        traces = client.search_traces(locations=[experiment], filter_string=filter_string, order_by=order_by)
        assert all(trace.data.spans for trace in traces)
        return [trace.info.trace_id for trace in traces]

    assert found() == [failed] + ids[::-1]
    assert found(order_by=["timestamp ASC"]) == ids + [failed]
    assert found("status = 'ERROR'") == [failed]
    assert found("trace.status IN ('OK')") == ids[::-1]
    assert found("tags.grade = 'a'") == [ids[1]]
    assert found("tags.grade IS NULL AND name = 'outer'") == [ids[2], ids[0]]
    assert found("metadata.build = '7' AND tags.team LIKE 'sea%'") == ids[::-1]
    assert found("name = 'failing'") == [failed]
    assert found("tags.`mlflow.traceName` = 'failing'") == [failed]
    assert found(f"request_id = '{ids[0]}'") == [ids[0]]
    assert found("client_request_id = 'c-1'") == [ids[1]]
    first = client.get_trace(ids[0]).info
    assert found(f"timestamp <= {first.request_time}") == [ids[0]]
    assert found("execution_time < 600000") == [failed] + ids[::-1]
    assert found(f"end_time > {first.request_time + 600_000}") == []
    for wrong in ["colour = 'blue'", "status > 3", "tags.a = 1", "timestamp = 'x'", "status ="]:
        with pytest.raises(MlflowException) as refused:
            found(wrong)
        assert refused.value.error_code == "INVALID_PARAMETER_VALUE", wrong


def test_pages_of_traces(experiment, client):
    for x in range(5):
        double(x)
    mlflow.flush_trace_async_logging()
    seen, token = [], None
    while True:
        page = client.search_traces(locations=[experiment], max_results=2, page_token=token, order_by=["timestamp ASC"])
        seen += [trace.data.spans[0].inputs["x"] for trace in page]
        token = page.token
        if not token:
            break
    assert seen == [0, 1, 2, 3, 4]


def test_tags_are_set_and_deleted(experiment, client):
    double(1)
    trace_id = mlflow.get_last_active_trace_id()
    mlflow.flush_trace_async_logging()
    client.set_trace_tag(trace_id, "a", "1")
    client.set_trace_tag(trace_id, "a", "2")
    assert client.get_trace(trace_id).info.tags["a"] == "2"
    client.delete_trace_tag(trace_id, "a")
    assert "a" not in client.get_trace(trace_id).info.tags
    with pytest.raises(MlflowException) as missing:
        client.delete_trace_tag(trace_id, "a")
    assert missing.value.error_code == "RESOURCE_DOES_NOT_EXIST"
    with pytest.raises(MlflowException) as reserved:
        client._tracing_client.store.set_trace_tag(trace_id, "mlflow.trace.spansLocation", "x")
    assert reserved.value.error_code == "INVALID_PARAMETER_VALUE"


def test_deleted_traces_are_gone(experiment, client):
    ids = []
    for x in range(3):
        double(x)
        ids.append(mlflow.get_last_active_trace_id())
        time.sleep(0.01)
    mlflow.flush_trace_async_logging()
    second = client.get_trace(ids[1]).info.request_time
    assert client.delete_traces(experiment, trace_ids=[ids[2], f"tr-{uuid.uuid4().hex}"]) == 1
    assert client.delete_traces(experiment, max_timestamp_millis=second, max_traces=1) == 1
    left = client.search_traces(locations=[experiment])
    assert [trace.info.trace_id for trace in left] == [ids[1]]
    with pytest.raises(MlflowException) as gone:
        client._tracing_client.get_trace_info(ids[0])
    assert gone.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_traces_belong_to_runs(experiment, client):
    with mlflow.start_run() as run:
        double(1)
        inside = mlflow.get_last_active_trace_id()
    double(2)
    outside = mlflow.get_last_active_trace_id()
    mlflow.flush_trace_async_logging()
    assert logged(inside).info.trace_metadata["mlflow.sourceRun"] == run.info.run_id

    def of_run():
        return {trace.info.trace_id for trace in client.search_traces(locations=[experiment], run_id=run.info.run_id)}

    assert of_run() == {inside}
    client.link_traces_to_run([outside], run.info.run_id)
    client.link_traces_to_run([outside], run.info.run_id)
    assert of_run() == {inside, outside}


def test_assessments(experiment, client):
    double(1)
    trace_id = mlflow.get_last_active_trace_id()
    mlflow.flush_trace_async_logging()
    human = AssessmentSource(AssessmentSourceType.HUMAN, "bob")
    feedback = mlflow.log_feedback(
        trace_id=trace_id, name="helpful", value=0.5, source=human, rationale="so so", metadata={"k": "v"}
    )
    expectation = mlflow.log_expectation(trace_id=trace_id, name="answer", value={"sum": [1, 2]}, source=human)
    failed = mlflow.log_feedback(
        trace_id=trace_id, name="judge", error=AssessmentError(error_code="TIMEOUT", error_message="late")
    )
    assert mlflow.get_assessment(trace_id, expectation.assessment_id).value == {"sum": [1, 2]}
    assert mlflow.get_assessment(trace_id, failed.assessment_id).error.error_code == "TIMEOUT"
    kept = mlflow.get_assessment(trace_id, feedback.assessment_id)
    assert (kept.value, kept.rationale, kept.metadata, kept.source.source_id) == (0.5, "so so", {"k": "v"}, "bob")

    def found(filter_string):
        return [trace.info.trace_id for trace in client.search_traces(locations=[experiment], filter_string=filter_string)]

    assert found("feedback.helpful > 0.4") == [trace_id]
    assert found("feedback.helpful > 0.6") == []
    assert found("feedback.missing IS NULL") == [trace_id]
    mlflow.update_assessment(trace_id, feedback.assessment_id, Feedback(name="helpful", value=0.75, rationale="better"))
    updated = mlflow.get_assessment(trace_id, feedback.assessment_id)
    assert (updated.value, updated.rationale) == (0.75, "better")
    assert found("feedback.helpful > 0.6") == [trace_id]
    other = mlflow.override_feedback(trace_id=trace_id, assessment_id=feedback.assessment_id, value=1.0)
    assert not mlflow.get_assessment(trace_id, feedback.assessment_id).valid
    by_id = {each.assessment_id: each for each in mlflow.get_trace(trace_id).info.assessments}
    assert by_id[other.assessment_id].overrides == feedback.assessment_id
    mlflow.delete_assessment(trace_id, other.assessment_id)
    mlflow.delete_assessment(trace_id, other.assessment_id)
    assert mlflow.get_assessment(trace_id, feedback.assessment_id).valid
    with pytest.raises(MlflowException) as gone:
        mlflow.get_assessment(trace_id, other.assessment_id)
    assert gone.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_unknown_traces(experiment, client):
    unknown = f"tr-{uuid.uuid4().hex}"
    for call in [
        lambda: client.get_trace(unknown),
        lambda: client.delete_trace_tag(unknown, "a"),
        lambda: mlflow.get_assessment(unknown, "a-1"),
        lambda: mlflow.log_feedback(trace_id=unknown, name="x", value=1),
    ]:
        with pytest.raises(MlflowException) as missing:
            call()
        assert missing.value.error_code in ("RESOURCE_DOES_NOT_EXIST", "NOT_FOUND")


def test_spans_of_opentelemetry(experiment, client, server):
    """As a plain exporter sends them: a trace in two requests, the second in JSON and compressed."""
    trace_id, root_id, child_id = os.urandom(16), os.urandom(8), os.urandom(8)
    start = time.time_ns()
    request = ExportTraceServiceRequest()
    resource_spans = request.resource_spans.add()
    resource_spans.resource.attributes.add(key="service.name").value.string_value = "shop"
    child = resource_spans.scope_spans.add().spans.add(
        trace_id=trace_id, span_id=child_id, parent_span_id=root_id, name="query"
    )
    child.start_time_unix_nano, child.end_time_unix_nano = start + 10_000_000, start + 20_000_000
    child.attributes.add(key="rows").value.int_value = 3
    headers = {"x-mlflow-experiment-id": experiment, "Content-Type": "application/x-protobuf"}
    answer = requests.post(f"{server}/v1/traces", data=request.SerializeToString(), headers=headers, timeout=60)
    assert (answer.status_code, answer.content) == (200, b"")
    shown = f"tr-{trace_id.hex()}"
    assert client.get_trace(shown).info.state == TraceState.IN_PROGRESS
    root = {
        "traceId": trace_id.hex(),
        "spanId": root_id.hex(),
        "name": "checkout",
        "kind": 2,
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + 50_000_000),
        "status": {"code": 2},
    }
    body = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [root]}]}]}).encode()
    headers.update({"Content-Type": "application/json", "Content-Encoding": "gzip"})
    answer = requests.post(f"{server}/v1/traces", data=gzip.compress(body), headers=headers, timeout=60)
    assert answer.status_code == 200
    trace = client.get_trace(shown)
    assert (trace.info.state, trace.info.execution_duration) == (TraceState.ERROR, 50)
    assert trace.info.tags["service.name"] == "shop"
    assert [span.name for span in trace.data.spans] == ["checkout", "query"]
    assert trace.data.spans[1].parent_id == root_id.hex()
    assert trace.data.spans[1].get_attribute("rows") == 3
    for wrong, kind in [(b"\xff\xff", "x-protobuf"), (b"{", "json")]:
        headers = {"x-mlflow-experiment-id": experiment, "Content-Type": f"application/{kind}"}
        assert requests.post(f"{server}/v1/traces", data=wrong, headers=headers, timeout=60).status_code == 400


def test_token_usage_is_added_up(experiment):
    with mlflow.start_span("chat") as root:
        for _ in range(2):
            with mlflow.start_span("llm", span_type=SpanType.LLM) as span:
                span.set_attribute(
                    "mlflow.chat.tokenUsage", {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
                )
    usage = logged(root.trace_id).info.token_usage
    assert (usage["input_tokens"], usage["output_tokens"], usage["total_tokens"]) == (20, 10, 30)
