package dev.slipway.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.TestProcess;
import dev.slipway.registry.mlflow.MlflowCalls.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegisteredModelsTest {
    private TestProcess process;
    private MlflowCalls mlflow;

    @BeforeAll
    void start(@TempDir Path data) {
        process = TestProcess.start(
                data,
                Map.of(
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.host",
                        "127.0.0.1",
                        "slipway.jobs.enabled",
                        false));
        mlflow = new MlflowCalls(process);
    }

    @AfterAll
    void stop() {
        process.close();
    }

    private Answer create(String name) {
        return mlflow.post("registered-models/create", Map.of("name", name));
    }

    private Answer version(String name, String... more) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "source", "s3://bucket/model"));
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return mlflow.post("model-versions/create", body);
    }

    private static Map<String, String> tag(String key, String value) {
        return Map.of("key", key, "value", value);
    }

    @Test
    void aModelIsMadeOnce() {
        Answer made = mlflow.post(
                "registered-models/create",
                Map.of("name", "once", "description", "d", "tags", List.of(tag("a", "1"), tag("a", "2"))));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.at("registered_model.name")).isEqualTo("once");
        assertThat(made.at("registered_model.description")).isEqualTo("d");
        assertThat(made.at("registered_model.tags")).isEqualTo(List.of(tag("a", "2")));
        assertThat(made.at("registered_model.creation_timestamp"))
                .isEqualTo(made.at("registered_model.last_updated_timestamp"));
        assertThat(mlflow.get("registered-models/get", "name", "once")).isEqualTo(made);

        Answer again = create("once");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error()).isEqualTo("RESOURCE_ALREADY_EXISTS");
    }

    @Test
    void namesMayHaveSpacesAndLettersOfAnyScript() {
        String name = "Modèle no 7 (β) – 模型";
        assertThat(create(name).at("registered_model.name")).isEqualTo(name);
        assertThat(version(name).at("model_version.name")).isEqualTo(name);
        assertThat(mlflow.get("model-versions/get", "name", name, "version", "1")
                        .status())
                .isEqualTo(200);
        assertThat(create("x".repeat(250)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "a:b", "..", "."})
    void otherNamesAreRefused(String name) {
        assertThat(create(name).error()).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void aNameTooLongIsRefused() {
        assertThat(create("x".repeat(251)).error()).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void whatIsUnknownDoesNotExist() {
        Answer unknown = mlflow.get("registered-models/get", "name", "nobody");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(mlflow.patch("registered-models/update", Map.of("name", "nobody"))
                        .error())
                .isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(version("nobody").error()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(mlflow.get("model-versions/get", "name", "nobody", "version", "1")
                        .error())
                .isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(mlflow.get("registered-models/get").error()).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void versionsAreNumberedAndTheirNumbersNeverUsedAgain() {
        create("numbered");
        Answer first = mlflow.post(
                "model-versions/create",
                Map.of(
                        "name", "numbered",
                        "source", "s3://bucket/a",
                        "description", "first",
                        "run_link", "https://example.org/run",
                        "run_id", "elsewhere",
                        "tags", List.of(tag("t", "1"))));
        assertThat(first.at("model_version.version")).isEqualTo("1");
        assertThat(first.at("model_version.current_stage")).isEqualTo("None");
        assertThat(first.at("model_version.status")).isEqualTo("READY");
        assertThat(first.at("model_version.run_id")).isEqualTo("elsewhere");
        assertThat(first.at("model_version.run_link")).isEqualTo("https://example.org/run");
        assertThat(first.at("model_version.source")).isEqualTo("s3://bucket/a");
        assertThat(first.at("model_version.tags")).isEqualTo(List.of(tag("t", "1")));
        assertThat(mlflow.get("model-versions/get", "name", "numbered", "version", "1"))
                .isEqualTo(first);
        assertThat(mlflow.get("model-versions/get-download-uri", "name", "numbered", "version", "1")
                        .at("artifact_uri"))
                .isEqualTo("s3://bucket/a");

        assertThat(version("numbered").at("model_version.version")).isEqualTo("2");
        Map<String, String> second = Map.of("name", "numbered", "version", "2");
        assertThat(mlflow.delete("model-versions/delete", second).status()).isEqualTo(200);
        assertThat(mlflow.delete("model-versions/delete", second).error()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(mlflow.get("model-versions/get", "name", "numbered", "version", "2")
                        .error())
                .isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(version("numbered").at("model_version.version")).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "x, INVALID_PARAMETER_VALUE",
        "1.0, INVALID_PARAMETER_VALUE",
        "0, RESOURCE_DOES_NOT_EXIST",
        "-1, RESOURCE_DOES_NOT_EXIST",
        "99999999999, RESOURCE_DOES_NOT_EXIST"
    })
    void otherNumbersAreRefused(String number, String error) {
        create("numbers");
        assertThat(mlflow.get("model-versions/get", "name", "numbers", "version", number)
                        .error())
                .isEqualTo(error);
    }

    @Test
    void descriptionsAndTagsAreChanged() {
        create("described");
        version("described");
        assertThat(mlflow.patch("registered-models/update", Map.of("name", "described", "description", "new"))
                        .at("registered_model.description"))
                .isEqualTo("new");
        assertThat(mlflow.patch(
                                "model-versions/update",
                                Map.of("name", "described", "version", "1", "description", "newer"))
                        .at("model_version.description"))
                .isEqualTo("newer");
        for (String value : List.of("z", "a", "")) {
            mlflow.post("registered-models/set-tag", Map.of("name", "described", "key", "k/1", "value", value));
            mlflow.post(
                    "model-versions/set-tag", Map.of("name", "described", "version", "1", "key", "k", "value", value));
            Answer model = mlflow.get("registered-models/get", "name", "described");
            assertThat(model.at("registered_model.tags")).isEqualTo(List.of(tag("k/1", value)));
            assertThat(model.at("registered_model.latest_versions.0.tags")).isEqualTo(List.of(tag("k", value)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*b", "/a", "a//b", "../a", "a/."})
    void keysOfTagsAreChecked(String key) {
        create("keys");
        assertThat(mlflow.post("registered-models/set-tag", Map.of("name", "keys", "key", key, "value", "v"))
                        .error())
                .isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void stagesAreMovedAndAskedFor() {
        create("staged");
        version("staged");
        version("staged");
        version("staged");
        Answer moved = move("1", "staging", false);
        assertThat(moved.at("model_version.current_stage")).isEqualTo("Staging");
        move("2", "Staging", true);
        assertThat(latest("Staging", "Archived").at("model_versions.0.version")).isEqualTo("1");
        assertThat(latest("Staging").at("model_versions.0.version")).isEqualTo("2");
        assertThat(mlflow.post("registered-models/get-latest-versions", Map.of("name", "staged"))
                        .at("model_versions"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(3);
        assertThat(latest("nowhere").error()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(move("1", "nowhere", false).error()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(move("1", "None", true).error()).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    private Answer move(String version, String stage, boolean archive) {
        return mlflow.post(
                "model-versions/transition-stage",
                Map.of("name", "staged", "version", version, "stage", stage, "archive_existing_versions", archive));
    }

    private Answer latest(String... stages) {
        String[] query = new String[2 + 2 * stages.length];
        query[0] = "name";
        query[1] = "staged";
        for (int i = 0; i < stages.length; i++) {
            query[2 + 2 * i] = "stages";
            query[3 + 2 * i] = stages[i];
        }
        return mlflow.get("registered-models/get-latest-versions", query);
    }

    @Test
    void aliasesNameVersions() {
        create("aliased");
        version("aliased");
        version("aliased");
        assertThat(alias("champion", "1").status()).isEqualTo(200);
        assertThat(alias("champion", "2").status()).isEqualTo(200);
        Answer found = mlflow.get("registered-models/alias", "name", "aliased", "alias", "champion");
        assertThat(found.at("model_version.version")).isEqualTo("2");
        assertThat(found.at("model_version.aliases")).isEqualTo(List.of("champion"));
        assertThat(mlflow.get("registered-models/get", "name", "aliased").at("registered_model.aliases"))
                .isEqualTo(List.of(Map.of("alias", "champion", "version", "2")));
        assertThat(mlflow.get("registered-models/alias", "name", "aliased", "alias", "Latest")
                        .at("model_version.version"))
                .isEqualTo("2");

        assertThat(alias("champion", "9").error()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        for (String reserved : List.of("latest", "LATEST", "v1", "V22", "a b", "")) {
            assertThat(alias(reserved, "1").error()).as(reserved).isEqualTo("INVALID_PARAMETER_VALUE");
        }

        Map<String, String> gone = Map.of("name", "aliased", "alias", "champion");
        assertThat(mlflow.delete("registered-models/alias", gone).status()).isEqualTo(200);
        assertThat(mlflow.delete("registered-models/alias", gone).status()).isEqualTo(200);
        assertThat(mlflow.get("registered-models/alias", "name", "aliased", "alias", "champion")
                        .error())
                .isEqualTo("INVALID_PARAMETER_VALUE");
    }

    private Answer alias(String alias, String version) {
        return mlflow.post("registered-models/alias", Map.of("name", "aliased", "alias", alias, "version", version));
    }

    @Test
    void aDeletedVersionLosesItsAliases() {
        create("losing");
        version("losing");
        mlflow.post("registered-models/alias", Map.of("name", "losing", "alias", "best", "version", "1"));
        mlflow.delete("model-versions/delete", Map.of("name", "losing", "version", "1"));
        assertThat(mlflow.get("registered-models/get", "name", "losing").at("registered_model.aliases"))
                .isNull();
    }

    @Test
    void aRenamedModelKeepsItsVersions() {
        create("before");
        create("taken");
        version("before");
        Answer renamed = mlflow.post("registered-models/rename", Map.of("name", "before", "new_name", "after"));
        assertThat(renamed.at("registered_model.name")).isEqualTo("after");
        assertThat(renamed.at("registered_model.latest_versions.0.name")).isEqualTo("after");
        assertThat(mlflow.get("registered-models/get", "name", "before").error())
                .isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(mlflow.post("registered-models/rename", Map.of("name", "after", "new_name", "taken"))
                        .error())
                .isEqualTo("RESOURCE_ALREADY_EXISTS");
        assertThat(mlflow.post("registered-models/rename", Map.of("name", "after", "new_name", "a/b"))
                        .error())
                .isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(create("before").status()).isEqualTo(200);
    }

    @Test
    void aDeletedModelFreesItsName() {
        create("gone");
        version("gone");
        assertThat(mlflow.delete("registered-models/delete", Map.of("name", "gone"))
                        .status())
                .isEqualTo(200);
        assertThat(mlflow.delete("registered-models/delete", Map.of("name", "gone"))
                        .error())
                .isEqualTo("RESOURCE_DOES_NOT_EXIST");
        Answer anew = create("gone");
        assertThat(anew.at("registered_model.latest_versions")).isNull();
        assertThat(version("gone").at("model_version.version")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "model",
                "file:/etc/passwd",
                "FILE:///etc/passwd",
                "s3://bucket/../other",
                "s3://bucket/%2e%2E/other",
                "s3://bucket/%252e%252e/other",
                "s3://bucket/a\\..\\b",
                "s3://bucket/a%00",
                "s3://bucket",
                "ftp://host/model",
                "http://host/model",
                "mlflow-artifacts://host/1/2/artifacts/model",
                "mlflow-artifacts:/1/2/artifacts/model",
                "runs:/0123/model",
                "models:/m-0123",
                "models:/a/b/c"
            })
    void sourcesThatLeadElsewhereAreRefused(String source) {
        create("sources");
        assertThat(version("sources", "source", source).error()).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @ParameterizedTest
    @CsvSource({
        "runs:/0123/model, run_id, 0123",
        "mlflow-artifacts:/7/0123/artifacts/model, run_id, 0123",
        "mlflow-artifacts:/7/models/m-12/artifacts, model_id, m-12",
        "models:/m-12, model_id, m-12",
        "gs://bucket/a..b/model, run_link, x"
    })
    void othersAreRegisteredByWhoNamesWhatTheyBelongTo(String source, String parameter, String value) {
        create("owned");
        assertThat(version("owned", "source", source, parameter, value).at("model_version.source"))
                .isEqualTo(source);
    }

    @Test
    void aVersionOfAVersionHandsOnWhatIsKnownOfIt() {
        create("original");
        create("copy");
        version("original", "run_id", "0123");
        mlflow.post("registered-models/alias", Map.of("name", "original", "alias", "best", "version", "1"));
        for (String source : List.of("models:/original/1", "models:/original@best", "models:/original/latest")) {
            Answer copied = version("copy", "source", source);
            assertThat(copied.at("model_version.source")).isEqualTo("models:/original/1");
            assertThat(copied.at("model_version.run_id")).isEqualTo("0123");
        }
        assertThat(mlflow.get("model-versions/get-download-uri", "name", "copy", "version", "3")
                        .at("artifact_uri"))
                .isEqualTo("s3://bucket/model");
        assertThat(version("copy", "source", "models:/original/1", "run_id", "other")
                        .error())
                .isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(version("copy", "source", "models:/original/9").error()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void tagsAreDeletedAndGivenAgain() {
        create("untagged");
        version("untagged");
        for (String value : List.of("z", "a")) {
            mlflow.post("registered-models/set-tag", Map.of("name", "untagged", "key", "k", "value", value));
            mlflow.post(
                    "model-versions/set-tag", Map.of("name", "untagged", "version", "1", "key", "k", "value", value));
            Answer tagged = mlflow.get("registered-models/get", "name", "untagged");
            assertThat(tagged.at("registered_model.tags.0.value")).isEqualTo(value);
            assertThat(tagged.at("registered_model.latest_versions.0.tags.0.value"))
                    .isEqualTo(value);
            for (int i = 0; i < 2; i++) {
                assertThat(mlflow.delete("registered-models/delete-tag", Map.of("name", "untagged", "key", "k"))
                                .status())
                        .isEqualTo(200);
                mlflow.delete("model-versions/delete-tag", Map.of("name", "untagged", "version", "1", "key", "k"));
            }
            Answer untagged = mlflow.get("registered-models/get", "name", "untagged");
            assertThat(untagged.at("registered_model.tags")).isNull();
            assertThat(untagged.at("registered_model.latest_versions.0.tags")).isNull();
        }
    }

    @Test
    void modelsAndVersionsAreSearched() {
        for (String name : List.of("found-a", "found-b", "found-c")) {
            create(name);
            version(name, "run_id", "run of " + name);
            version(name);
        }
        mlflow.post("registered-models/set-tag", Map.of("name", "found-b", "key", "team", "value", "x"));
        assertThat(names(models("name LIKE 'found-%'", "name DESC"))).containsExactly("found-c", "found-b", "found-a");
        assertThat(names(models("tags.team = 'x' AND name ILIKE 'FOUND%'"))).containsExactly("found-b");
        Answer page = mlflow.get("registered-models/search", "filter", "name LIKE 'found-%'", "max_results", "2");
        assertThat(names(page)).containsExactly("found-a", "found-b");
        assertThat(names(mlflow.get(
                        "registered-models/search",
                        "filter",
                        "name LIKE 'found-%'",
                        "max_results",
                        "2",
                        "page_token",
                        page.at("next_page_token").toString())))
                .containsExactly("found-c");
        assertThat(numbers("name = 'found-a'", "version_number ASC")).containsExactly("found-a 1", "found-a 2");
        assertThat(numbers("run_id = 'run of found-b'", "name")).containsExactly("found-b 1");
        mlflow.delete("model-versions/delete", Map.of("name", "found-a", "version", "1"));
        mlflow.post("registered-models/rename", Map.of("name", "found-b", "new_name", "found-z"));
        mlflow.delete("registered-models/delete", Map.of("name", "found-c"));
        assertThat(numbers("name LIKE 'found-%'", "name")).containsExactly("found-a 2", "found-z 2", "found-z 1");
        assertThat(names(models("name LIKE 'found-%'"))).containsExactly("found-a", "found-z");
        for (String bad : List.of("nonsense", "colour = 'red'", "name = x")) {
            assertThat(models(bad).error()).as(bad).isEqualTo("INVALID_PARAMETER_VALUE");
        }
        assertThat(mlflow.get("registered-models/search", "max_results", "1001").error())
                .isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void promptsAreFoundOnlyIfAskedFor() {
        mlflow.post(
                "registered-models/create",
                Map.of("name", "prompt-1", "tags", List.of(tag("mlflow.prompt.is_prompt", "true"))));
        assertThat(names(models("name = 'prompt-1'"))).isEmpty();
        assertThat(names(models("name = 'prompt-1' AND tags.`mlflow.prompt.is_prompt` = 'true'")))
                .containsExactly("prompt-1");
    }

    private Answer models(String filter, String... orderBy) {
        return orderBy.length == 0
                ? mlflow.get("registered-models/search", "filter", filter)
                : mlflow.get("registered-models/search", "filter", filter, "order_by", orderBy[0]);
    }

    private static List<Object> names(Answer answer) {
        return all(answer, "registered_models").stream()
                .<Object>map(model -> model.get("name"))
                .toList();
    }

    private List<String> numbers(String filter, String orderBy) {
        return all(mlflow.get("model-versions/search", "filter", filter, "order_by", orderBy), "model_versions")
                .stream()
                .map(version -> version.get("name") + " " + version.get("version"))
                .toList();
    }

    private static List<Map<?, ?>> all(Answer answer, String key) {
        List<Map<?, ?>> all = new ArrayList<>();
        if (answer.at(key) instanceof List<?> items) {
            items.forEach(item -> all.add((Map<?, ?>) item));
        }
        return all;
    }
}
