package dev.slipway.standalone.graphql;

import static dev.slipway.standalone.graphql.GraphqlClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of models through GraphQL, as MLflow's clients see it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RegistryInGraphqlTest {
    @TempDir
    private Path data;

    @Test
    void tagsAliasesAndDescriptionsAreTheSameForBoth() {
        try (SlipwayServer server =
                SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()))) {
            GraphqlClient client = new GraphqlClient(server.uri());
            client.mlflow("registered-models/create", Map.of("name", "digits"));
            client.mlflow("model-versions/create", Map.of("name", "digits", "source", "s3://bucket/digits"));
            Object model = at(
                    client.ask("{ modelNamed(name: \"digits\") { id versions { nodes { id } } } }", Map.of()),
                    "modelNamed");
            Object version = at(model, "versions", "nodes", 0, "id");

            client.ask("""
                    mutation($model: ID!, $version: ID!) {
                      describeModel(input: { model: $model, description: "reads digits" }) { description }
                      describeModelVersion(input: { modelVersion: $version, description: "first" }) { description }
                      setModelTag(input: { model: $model, key: "team", value: "vision" }) { id }
                      setModelVersionTag(input: { modelVersion: $version, key: "checked", value: "yes" }) { id }
                      kept: setModelAlias(input: { modelVersion: $version, alias: "candidate" }) { id }
                      gone: setModelAlias(input: { modelVersion: $version, alias: "mistake" }) { id }
                      deleteModelAlias(input: { model: $model, alias: "mistake" }) { id }
                      setModelPolicy(input: {
                        model: $model
                        policy: {
                          minimumAccuracy: 0.5, maximumParityError: 0.01, maximumFileSize: 1000,
                          maximumAccuracyLoss: 0.1, targets: [ORT]
                        }
                      }) { policy { minimumAccuracy targets } }
                    }
                    """, Map.of("model", at(model, "id"), "version", version));

            Object found = client.ask("""
                    {
                      modelNamed(name: "digits") {
                        description tags { key value } aliases { name version { number tags { key value } description } }
                        policy { minimumAccuracy targets }
                      }
                    }
                    """, Map.of());
            assertThat(at(found, "modelNamed"))
                    .isEqualTo(Map.of(
                            "description",
                            "reads digits",
                            "tags",
                            List.of(Map.of("key", "team", "value", "vision")),
                            "aliases",
                            List.of(Map.of(
                                    "name",
                                    "candidate",
                                    "version",
                                    Map.of(
                                            "number",
                                            1,
                                            "tags",
                                            List.of(Map.of("key", "checked", "value", "yes")),
                                            "description",
                                            "first"))),
                            "policy",
                            Map.of("minimumAccuracy", 0.5, "targets", List.of("ORT"))));
            Object seen = client.mlflow("registered-models/get-latest-versions", Map.of("name", "digits"));
            assertThat(at(seen, "model_versions", 0, "description")).isEqualTo("first");
            assertThat(at(seen, "model_versions", 0, "aliases")).isEqualTo(List.of("candidate"));
            assertThat(at(seen, "model_versions", 0, "tags"))
                    .isEqualTo(List.of(Map.of("key", "checked", "value", "yes")));
        }
    }
}
