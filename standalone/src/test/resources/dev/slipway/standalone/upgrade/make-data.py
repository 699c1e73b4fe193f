"""Writes a small data folder through a server's public addresses, for tests that open it in later versions.

Usage: make-data.py http://127.0.0.1:PORT
"""

import json
import sys
import urllib.request

server = sys.argv[1]


def ask(method, path, body=None, raw=None):
    data = raw if raw is not None else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server + path, data=data, method=method)
    request.add_header("Content-Type", "application/octet-stream" if raw is not None else "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or b"{}")


def mlflow(path, body):
    return ask("POST", "/api/2.0/mlflow/" + path, body)


def graphql(query, **variables):
    answer = ask("POST", "/graphql", {"query": query, "variables": variables})
    if "errors" in answer:
        sys.exit(json.dumps(answer["errors"]))
    return answer["data"]


experiment = mlflow("experiments/create", {"name": "digits/ä", "tags": [{"key": "team", "value": "vision"}]})["experiment_id"]
for number in range(5):
    run = mlflow(
        "runs/create",
        {"experiment_id": experiment, "run_name": f"run-{number}", "start_time": 1_700_000_000_000 + number},
    )["run"]["info"]["run_id"]
    mlflow(
        "runs/log-batch",
        {
            "run_id": run,
            "params": [{"key": "rate", "value": f"0.0{number}"}, {"key": "näme", "value": "'ü\"😀"}],
            "tags": [{"key": "stage", "value": "even" if number % 2 == 0 else "odd"}],
            "metrics": [
                {"key": "loss", "value": 1 / (1 + number + step), "timestamp": 1_700_000_000_000 + step, "step": step}
                for step in range(200)
            ],
        },
    )
    ask(
        "PUT",
        f"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/notes/text.txt",
        raw=f"notes of run {number}\n".encode() * 20,
    )
    mlflow("runs/update", {"run_id": run, "status": "FINISHED", "end_time": 1_700_000_100_000 + number})
    if number == 3:
        mlflow("registered-models/create", {"name": "digits", "description": "reads digits"})
        source = f"mlflow-artifacts:/{experiment}/{run}/artifacts/notes"
        version = mlflow("model-versions/create", {"name": "digits", "source": source, "run_id": run})
        mlflow("registered-models/alias", {"name": "digits", "alias": "champion", "version": version["model_version"]["version"]})
graphql("mutation { createDataset(name: \"digits\") { id } }")
graphql("mutation { createProject(input: {name: \"digits\", labels: [\"0\", \"1\"]}) { id } }")
