"""Prompts, which are registered models with tags, and their links to traces, through MLflow's own client. Passes on an MLflow
server too."""

import mlflow
import pytest
from mlflow.exceptions import MlflowException


@pytest.fixture(autouse=True)
def written_at_once(monkeypatch):
    monkeypatch.setenv("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")
    # Clients keep prompts for a while; these tests change them.
    monkeypatch.setenv("MLFLOW_PROMPT_CACHE_MAX_SIZE", "0")


@pytest.fixture
def prompt(experiment, unique):
    name = unique("prompt")
    mlflow.genai.register_prompt(name, "Hello {{name}}", commit_message="first", tags={"author": "ann"})
    mlflow.genai.register_prompt(name, "Hi {{name}}, {{question}}", commit_message="second")
    return name


def load(name_or_uri, **options):
    return mlflow.genai.load_prompt(name_or_uri, cache_ttl_seconds=0, **options)


def test_prompts_are_registered_and_loaded(prompt, client):
    first, second = load(prompt, version=1), load(f"prompts:/{prompt}/2")
    assert (first.version, first.template, first.commit_message) == (1, "Hello {{name}}", "first")
    assert first.tags["author"] == "ann"
    assert second.variables == {"name", "question"}
    assert second.format(name="Ann", question="why?") == "Hi Ann, why?"
    assert load(f"prompts:/{prompt}@latest").version == 2
    with pytest.raises(MlflowException):
        load(prompt, version=3)
    assert load(prompt, version=3, allow_missing=True) is None


def test_chat_prompts_keep_their_messages(experiment, unique):
    messages = [{"role": "system", "content": "Be {{tone}}."}, {"role": "user", "content": "{{question}}"}]
    name = unique("chat")
    mlflow.genai.register_prompt(name, messages, model_config={"temperature": 0.5})
    loaded = load(name, version=1)
    assert loaded.template == messages
    assert loaded.model_config["temperature"] == 0.5
    assert loaded.format(tone="brief", question="why?")[0]["content"] == "Be brief."


def test_prompts_are_searched_and_are_no_models(prompt, client):
    found = mlflow.genai.search_prompts(filter_string=f"name = '{prompt}'")
    assert [each.name for each in found] == [prompt]
    assert client.search_registered_models(filter_string=f"name = '{prompt}'") == []
    assert prompt not in [model.name for model in client.search_registered_models(max_results=1000)]


def test_aliases_and_tags(prompt, client):
    mlflow.genai.set_prompt_alias(prompt, alias="production", version=1)
    assert load(f"prompts:/{prompt}@production").version == 1
    mlflow.genai.set_prompt_alias(prompt, alias="production", version=2)
    assert load(f"prompts:/{prompt}@production").version == 2
    mlflow.genai.delete_prompt_alias(prompt, alias="production")
    with pytest.raises(MlflowException):
        load(f"prompts:/{prompt}@production")
    client.set_prompt_tag(prompt, "team", "search")
    assert client.get_prompt(prompt).tags["team"] == "search"
    client.set_prompt_version_tag(prompt, 1, "grade", "a")
    assert load(prompt, version=1).tags["grade"] == "a"
    client.delete_prompt_version_tag(prompt, 1, "grade")
    assert "grade" not in load(prompt, version=1).tags


def test_versions_are_deleted(prompt, client):
    client.delete_prompt_version(prompt, "1")
    assert load(prompt, version=1, allow_missing=True) is None
    assert load(prompt, version=2).version == 2


def test_a_trace_that_loads_a_prompt_is_linked_to_it(prompt, experiment, client):
    @mlflow.trace
    def ask(version):
        return load(prompt, version=version).format(name="Ann", question="?")

    ids = []
    for version in (1, 2):
        ask(version)
        ids.append(mlflow.get_last_active_trace_id())
    mlflow.flush_trace_async_logging()

    def found(filter_string):
        return [each.info.trace_id for each in client.search_traces(locations=[experiment], filter_string=filter_string)]

    assert found(f"prompt = '{prompt}/1'") == [ids[0]]
    assert found(f"prompt = '{prompt}/2'") == [ids[1]]
    assert found(f"prompt = '{prompt}/3'") == []
    client.link_prompt_versions_to_trace([load(prompt, version=1)], ids[1])
    client.link_prompt_versions_to_trace([load(prompt, version=1)], ids[1])
    assert found(f"prompt = '{prompt}/1'") == ids[::-1]
    assert found(f"prompt = '{prompt}/2'") == [ids[1]]
    with pytest.raises(MlflowException) as missing:
        client.link_prompt_versions_to_trace([load(prompt, version=1)], "tr-" + "0" * 32)
    assert missing.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_a_run_that_loads_a_prompt_tells_of_it(prompt, client):
    with mlflow.start_run() as run:
        load(prompt, version=2)
    assert prompt in client.get_run(run.info.run_id).data.tags["mlflow.linkedPrompts"]
