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

/** API tokens through GraphQL, as Terraform makes them. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TokensInGraphqlTest {
    @TempDir
    private Path data;

    @Test
    void aTokenIsMadeFoundAndRevoked() {
        try (SlipwayServer server =
                SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()))) {
            GraphqlClient client = new GraphqlClient(server.uri());

            Object made = at(client.ask("""
                            mutation {
                              createToken(input: { name: "phones", role: DEVICE, days: 30 }) {
                                id secret token { id name role revoked }
                              }
                            }
                            """, Map.of()), "createToken");
            Object revoked = client.ask(
                    "mutation($token: ID!) { revokeToken(token: $token) { revoked } }",
                    Map.of("token", at(made, "id")));
            Object found = client.ask(
                    "query($token: ID!) { token(id: $token) { name revoked } tokens { nodes { id } } }",
                    Map.of("token", at(made, "id")));

            assertThat(at(made, "secret")).asString().startsWith("slw_");
            assertThat(at(made, "token"))
                    .isEqualTo(Map.of("id", at(made, "id"), "name", "phones", "role", "DEVICE", "revoked", false));
            assertThat(at(revoked, "revokeToken", "revoked")).isEqualTo(true);
            assertThat(at(found, "token")).isEqualTo(Map.of("name", "phones", "revoked", true));
            assertThat(at(found, "tokens", "nodes")).isEqualTo(List.of(Map.of("id", at(made, "id"))));
        }
    }
}
