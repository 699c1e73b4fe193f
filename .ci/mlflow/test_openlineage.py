"""Events of OpenLineage's own client join the graph."""

import uuid
from datetime import datetime, timezone

import pytest
import requests
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import parent_run, schema_dataset
from openlineage.client.transport.http import HttpCompression, HttpConfig, HttpTransport


@pytest.fixture(autouse=True)
def only_slipway(server):
    if requests.post(f"{server}/api/v1/lineage", json={}).status_code == 404:
        pytest.skip("this server takes no OpenLineage events")


def ask(server, query, **variables):
    answer = requests.post(f"{server}/graphql", json={"query": query, "variables": variables}).json()
    assert "errors" not in answer, answer
    return answer["data"]


@pytest.mark.parametrize("compression", [None, HttpCompression.GZIP])
def test_a_run_and_its_datasets_join_the_graph(server, unique, compression):
    client = OpenLineageClient(transport=HttpTransport(HttpConfig(url=server, compression=compression)))
    table, job, run = unique("table"), unique("job"), str(uuid.uuid4())
    schema = schema_dataset.SchemaDatasetFacet(fields=[schema_dataset.SchemaDatasetFacetFields(name="a", type="INT")])
    for state in (RunState.START, RunState.COMPLETE):
        client.emit(
            RunEvent(
                eventType=state,
                eventTime=datetime.now(timezone.utc).isoformat(),
                run=Run(
                    run,
                    facets={
                        "parent": parent_run.ParentRunFacet(
                            run=parent_run.Run(str(uuid.uuid4())), job=parent_run.Job("airflow", unique("dag"))
                        )
                    },
                ),
                job=Job("airflow", job),
                inputs=[InputDataset("s3://lake", table, facets={"schema": schema})],
                outputs=[OutputDataset("postgres://db", table)],
            )
        )

    events = ask(server, "{ events(first: 1000) { nodes { type subjectId } } }")["events"]["nodes"]
    subject = [event["subjectId"] for event in events if event["type"] == "external-run.told"][-1]
    found = ask(
        server,
        """query($of: ID!) {
          up: lineage(of: $of, direction: UPSTREAM) { nodes { type node { ... on ExternalDataset { namespace name facets } } } }
          down: lineage(of: $of, direction: DOWNSTREAM) { nodes { type node { ... on ExternalDataset { namespace name } } } }
          node(id: $of) { ... on ExternalRun { run state parent { job { namespace } } job { name } } }
        }""",
        of=subject,
    )
    assert found["node"]["run"] == run
    assert found["node"]["state"] == "COMPLETED"
    assert found["node"]["job"]["name"] == job
    assert found["node"]["parent"]["job"]["namespace"] == "airflow"
    up = found["up"]["nodes"][1]["node"]
    assert (up["namespace"], up["name"]) == ("s3://lake", table)
    assert "INT" in up["facets"]
    assert found["down"]["nodes"][1]["node"]["namespace"] == "postgres://db"
