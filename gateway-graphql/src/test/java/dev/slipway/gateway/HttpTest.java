package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the GraphQL-over-HTTP specification. */
class HttpTest {
    private static final String RESPONSE_JSON = "application/graphql-response+json";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"query":"{ __typename }"}                                            | 200 | 200
                    {"query":"{ __typename }","variables":null,"operationName":null}      | 200 | 200
                    {"query":"{ __typename }","variables":{},"extensions":{"a":[1,null]}} | 200 | 200
                    {"query":"query A { __typename } query B { x: __typename }","operationName":"B"} | 200 | 200
                    {"query":"query A { __typename } query B { x: __typename }","operationName":"C"} | 200 | 400
                    {"query":"{"}                                                         | 200 | 400
                    {"query":"{ nothing }"}                                               | 200 | 400
                    {"query":"query($n: Int!) { projects(first: $n) { nodes { id } } }"}  | 200 | 400
                    {"query":"subscription { jobProgress(id: \\"x\\") { state } }"}       | 200 | 400
                    {"query":"{ node(id: \\"x\\") { id } }"}                              | 200 | 200
                    {"query":1}                                                           | 400 | 400
                    {"query":""}                                                          | 400 | 400
                    {"query":"{ __typename }","variables":[]}                             | 400 | 400
                    {"query":"{ __typename }","variables":"{}"}                           | 400 | 400
                    {"query":"{ __typename }","operationName":7}                          | 400 | 400
                    {"query":"{ __typename }","extensions":"x"}                           | 400 | 400
                    [{"query":"{ __typename }"}]                                          | 400 | 400
                    {"query":                                                             | 400 | 400
                    {}                                                                    | 400 | 400
                    null                                                                  | 400 | 400
                    """)
    void aPostIsAnsweredWithTheStatusOfItsMediaType(String body, int json, int responseJson) throws Exception {
        HttpResponse<String> asJson = post(body, "application/json", "application/json");
        assertThat(asJson.statusCode()).as(asJson.body()).isEqualTo(json);
        assertThat(asJson.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        HttpResponse<String> asResponse = post(body, "application/json; charset=UTF-8", RESPONSE_JSON);
        assertThat(asResponse.statusCode()).as(asResponse.body()).isEqualTo(responseJson);
        assertThat(asResponse.headers().firstValue("Content-Type")).hasValue(RESPONSE_JSON + "; charset=utf-8");
        if (responseJson != 200) {
            assertThat(code(asResponse)).matches("graphql\\.[a-z-]+");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    */*                                                         | application/json
                    application/*;q=0.3                                         | application/json
                    application/graphql-response+json, application/json;q=0.9   | application/graphql-response+json
                    application/json;q=0.5, application/graphql-response+json   | application/graphql-response+json
                    application/json, application/graphql-response+json         | application/json
                    text/html, application/json;q=0.1                           | application/json
                    application/json;q=0, */*                                   | application/graphql-response+json
                    """)
    void theAnswerHasTheTypeThatTheClientLikesBest(String accept, String expected) throws Exception {
        HttpResponse<String> response = post("{\"query\":\"{ __typename }\"}", "application/json", accept);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(expected + "; charset=utf-8");
    }

    @Test
    void unacceptableTypesAreRefused() throws Exception {
        assertThat(post("{\"query\":\"{ __typename }\"}", "application/json", "text/html")
                        .statusCode())
                .isEqualTo(406);
        assertThat(post("{\"query\":\"{ __typename }\"}", "text/plain", "application/json")
                        .statusCode())
                .isEqualTo(415);
        assertThat(post("{\"query\":\"{ __typename }\"}", "application/x-yaml", "application/json")
                        .statusCode())
                .isEqualTo(415);
        assertThat(post("{\"query\":\"{ __typename }\"}", "application/json; charset=latin1", "application/json")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void largeBodiesAreRefused() throws Exception {
        HttpResponse<String> response =
                post("{\"query\":\"{ __typename } #" + "x".repeat(1 << 20) + "\"}", "application/json", RESPONSE_JSON);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(code(response)).isEqualTo("graphql.body");
    }

    @Test
    void aGetAsksButChangesNothing() throws Exception {
        HttpResponse<String> query = get("?query=" + encoded("query($n: Int!) { projects(first: $n) { nodes { id } } }")
                + "&variables=" + encoded("{\"n\":1}"));
        assertThat(query.statusCode()).isEqualTo(200);
        assertThat(query.body()).contains("\"data\"");
        HttpResponse<String> mutation = get("?query=" + encoded("mutation { createExperiment(name: \"e\") { id } }"));
        assertThat(mutation.statusCode()).isEqualTo(405);
        assertThat(mutation.headers().firstValue("Allow")).hasValue("POST");
        assertThat(server.bean(Calls.class).methods()).doesNotContain("createExperiment");
        assertThat(get("").statusCode()).isEqualTo(400);
        assertThat(get("?query=" + encoded("{ __typename }") + "&variables=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theStartPageTellsWhatThisIs() throws Exception {
        HttpResponse<String> page =
                server.send(HttpRequest.newBuilder(server.uri("/")).header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("sha256-");
        assertThat(page.body()).contains("Slipway", "/graphql", "/prometheus");
    }

    private static String code(HttpResponse<String> response) throws Exception {
        JsonNode errors = server.tree(response.body()).get("errors");
        return errors.get(0).get("extensions").get("code").getStringValue();
    }

    private static HttpResponse<String> post(String body, String contentType, String accept) throws Exception {
        return server.send(HttpRequest.newBuilder(server.uri("/graphql"))
                .header("Content-Type", contentType)
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(String query) throws Exception {
        return server.send(
                HttpRequest.newBuilder(server.uri("/graphql" + query)).header("Accept", RESPONSE_JSON));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
