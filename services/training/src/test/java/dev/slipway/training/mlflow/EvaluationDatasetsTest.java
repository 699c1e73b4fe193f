package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Page;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.mlflow.MlflowServer.Answer;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Evaluation data sets over HTTP, as MLflow's clients send them. */
@Timeout(240)
class EvaluationDatasetsTest {
    private static final String DATASETS = "/api/3.0/mlflow/datasets/";
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    static Path data;

    private static MlflowServer server;
    private static ObjectMapper json;

    @BeforeAll
    static void start() {
        server = new MlflowServer(data);
        json = server.process().bean(ObjectMapper.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String newName() {
        return "set-" + NEXT.incrementAndGet();
    }

    private static String newDataset() {
        return server.post(DATASETS + "create", Map.of("name", newName())).text("dataset", "dataset_id");
    }

    private static String json(Object tree) {
        try {
            return json.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to records that stand in a text. */
    private static Answer send(String dataset, String records) {
        return server.send(DATASETS + dataset + "/records", Map.of("records", records));
    }

    private static Answer merge(String dataset, Object... records) {
        Answer answer = send(dataset, json(List.of(records)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private static Map<String, Object> record(String question) {
        return Map.of("inputs", Map.of("question", question));
    }

    /** All records as the text of a JSON list, of pages of a length. */
    private static List<String> pages(String dataset, int limit) {
        List<String> pages = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            Answer page = server.get(
                    DATASETS + dataset + "/records",
                    "max_results",
                    Integer.toString(limit),
                    "page_token",
                    cursor.get());
            pages.add(page.text("records"));
            cursor = Optional.ofNullable(page.at("next_page_token")).map(Object::toString);
        }
        return pages;
    }

    private static List<Map<?, ?>> records(String dataset) {
        List<Map<?, ?>> all = new ArrayList<>();
        for (String page : pages(dataset, 7)) {
            try {
                ((List<?>) json.readValue(page, Object.class)).forEach(each -> all.add((Map<?, ?>) each));
            } catch (IOException e) {
                throw new UncheckedIOException(page, e);
            }
        }
        return all;
    }

    private static List<Object> questions(String dataset) {
        return records(dataset).stream()
                .map(each -> (Object) ((Map<?, ?>) each.get("inputs")).get("question"))
                .toList();
    }

    private static Answer get(String dataset) {
        return server.get(DATASETS + dataset);
    }

    @Test
    void ofRecordsThatManyMergeNoneIsLostAndNoneIsThereTwice() throws InterruptedException, ExecutionException {
        String dataset = newDataset();
        int clients = 8;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        int inserted = 0;
        int updated = 0;
        try {
            List<Callable<Answer>> work = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                for (int part = 0; part < 4; part++) {
                    String tag = "client-" + client + "-" + part;
                    int first = part * 5;
                    work.add(() -> merge(
                            dataset,
                            IntStream.range(first, first + 10)
                                    .mapToObj(number -> Map.of(
                                            "inputs", Map.of("question", "q" + number), "tags", Map.of(tag, "x")))
                                    .toArray()));
                }
            }
            for (Future<Answer> answer : threads.invokeAll(work, 120, TimeUnit.SECONDS)) {
                inserted += (int) answer.get().at("inserted_count");
                updated += (int) answer.get().at("updated_count");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(inserted).isEqualTo(25);
        assertThat(inserted + updated).isEqualTo(clients * 4 * 10);
        assertThat(get(dataset).text("dataset", "profile")).isEqualTo("{\"num_records\":25}");
        List<Map<?, ?>> records = records(dataset);
        assertThat(records).hasSize(25);
        assertThat(records)
                .extracting(each -> ((Map<?, ?>) each.get("tags")).size())
                .containsOnly(clients, 2 * clients);
    }

    @Test
    void recordsStandInTheOrderOfTheirArrivalInPagesOfAnyLength() {
        String dataset = newDataset();
        merge(dataset, record("c"), record("a"));
        merge(dataset, record("b"), record("a"), record("d"));
        assertThat(questions(dataset)).containsExactly("c", "a", "b", "d");
        assertThat(pages(dataset, 1)).hasSize(4);
        assertThat(pages(dataset, 4)).hasSize(1);
        server.refusedGet("INVALID_PARAMETER_VALUE", DATASETS + dataset + "/records", "page_token", "nonsense");
        server.refusedGet("INVALID_PARAMETER_VALUE", DATASETS + dataset + "/records", "max_results", "-1");
    }

    @Test
    void aRemovedRecordMayComeAgainAtTheEnd() {
        String dataset = newDataset();
        merge(dataset, record("a"), record("b"));
        String digest = get(dataset).text("dataset", "digest");
        String id = String.valueOf(records(dataset).get(0).get("dataset_record_id"));
        String removal = json(Map.of("dataset_record_ids", List.of(id, id, "dr-" + "0".repeat(32), "x")));
        String place = DATASETS + dataset + "/records";
        assertThat(server.sendText("DELETE", place, removal).at("deleted_count"))
                .isEqualTo(1);
        assertThat(server.sendText("DELETE", place, removal).at("deleted_count"))
                .isEqualTo(0);
        assertThat(get(dataset).text("dataset", "profile")).isEqualTo("{\"num_records\":1}");
        assertThat(get(dataset).text("dataset", "digest")).isNotEqualTo(digest);
        assertThat(merge(dataset, record("a")).at("inserted_count")).isEqualTo(1);
        assertThat(questions(dataset)).containsExactly("b", "a");
        String elsewhere = DATASETS + newDataset() + "/records";
        assertThat(server.sendText("DELETE", elsewhere, removal).at("deleted_count"))
                .isEqualTo(0);
        assertThat(records(dataset)).hasSize(2);
    }

    @Test
    void aDeletedDataSetLeavesNothing() {
        String name = newName();
        String dataset = server.post(DATASETS + "create", Map.of("name", name)).text("dataset", "dataset_id");
        merge(
                dataset,
                IntStream.range(0, 450).mapToObj(each -> record("q" + each)).toArray());
        assertThat(server.sendText("DELETE", DATASETS + dataset, "{}").status()).isEqualTo(200);
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", DATASETS + dataset);
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", DATASETS + dataset + "/records");
        assertThat(send(dataset, "[]").status()).isEqualTo(404);
        assertThat(server.post(DATASETS + "search", Map.of("filter_string", "name = '" + name + "'"))
                        .list("datasets"))
                .isEmpty();
        assertThat(server.sendText("DELETE", DATASETS + dataset, "{}").status()).isEqualTo(200);
        assertThat(rows().filter(row -> row instanceof GraphRow.EntityRow entity
                        && entity.entity().body().contains("q449")))
                .isEmpty();
    }

    private static Stream<GraphRow> rows() {
        GraphStore graph = server.process().bean(GraphStore.class);
        List<GraphRow> rows = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<GraphRow> page = graph.rows(GraphRow.Kind.ENTITY, 1000, cursor);
            rows.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return rows.stream();
    }

    @Test
    void anyJsonIsKeptAsItIs() {
        String dataset = newDataset();
        String inputs = "{\"n\": NaN, \"big\": 123456789012345678901234567890, \"f\": 0.1, \"deep\": [[{\"k\": null}]],"
                + " \"text\": \"\\ud83d\\ude00 \\ud800 \\u0000\", \"\": -Infinity}";
        assertThat(send(dataset, "[{\"inputs\": " + inputs + "}]").at("inserted_count"))
                .isEqualTo(1);
        String again = "{\"\": -Infinity, \"text\": \"\\ud83d\\ude00 \\ud800 \\u0000\", \"deep\": [[{\"k\": null}]],"
                + " \"big\": 123456789012345678901234567890, \"f\": 1e-1, \"n\": NaN}";
        assertThat(send(dataset, "[{\"inputs\": " + again + ", \"outputs\": \"ä\"}]")
                        .at("updated_count"))
                .isEqualTo(1);
        assertThat(pages(dataset, 10))
                .singleElement()
                .asString()
                .contains("\"n\":NaN", "123456789012345678901234567890", "\"f\":0.1", "\"\":-Infinity")
                .containsIgnoringCase("\\ud83d\\ude00 \\ud800 \\u0000")
                .containsIgnoringCase("\"outputs\":\"\\u00e4\"");
        // Of numbers, kinds are told apart, as Python does.
        assertThat(send(dataset, "[{\"inputs\": {\"n\": 1}}, {\"inputs\": {\"n\": 1.0}}, {\"inputs\": {\"n\": true}}]")
                        .at("inserted_count"))
                .isEqualTo(3);
    }

    @Test
    void wrongRecordsAreRefusedAndNoneOfThoseSentWithThemIsKept() {
        String dataset = newDataset();
        for (String wrong : List.of(
                "",
                "7",
                "{}",
                "[7]",
                "[{\"inputs\": {\"a\": 1}}, {\"inputs\": [1]}]",
                "[{\"inputs\": {\"a\": 1}, \"tags\": \"x\"}]",
                "[{\"inputs\": {\"a\": 1}, \"source\": {\"source_type\": \"MARS\"}}]",
                "[{\"inputs\": {\"a\": 1}, \"source\": {\"source_type\": \"CODE\", \"source_data\": 7}}]",
                "[{\"inputs\": {\"a\": 1}}] 7",
                "[".repeat(100_000),
                "[{\"inputs\": {\"a\": 1}}, {\"inputs\": {\"a\": \"" + "x".repeat(1_100_000) + "\"}}]")) {
            Answer answer = send(dataset, wrong);
            assertThat(answer.text("error_code"))
                    .as(wrong.substring(0, Math.min(wrong.length(), 80)))
                    .isEqualTo("INVALID_PARAMETER_VALUE");
        }
        String many = json(
                IntStream.range(0, 10_001).mapToObj(each -> record("q" + each)).toList());
        assertThat(send(dataset, many).text("error_code")).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(records(dataset)).isEmpty();
        assertThat(get(dataset).at("dataset", "schema")).isNull();
    }

    @Test
    void wrongDataSetsAreRefused() {
        Map<String, Object> request = new LinkedHashMap<>(Map.of("name", newName()));
        request.put("experiment_ids", List.of("0123456789abcdef0123456789abcdef"));
        server.refused("RESOURCE_DOES_NOT_EXIST", DATASETS + "create", request);
        server.refused("INVALID_PARAMETER_VALUE", DATASETS + "create", Map.of());
        server.refused("INVALID_PARAMETER_VALUE", DATASETS + "create", Map.of("name", "n".repeat(256)));
        server.refused("INVALID_PARAMETER_VALUE", DATASETS + "create", Map.of("name", " "));
        for (String tags : List.of("[]", "{", "7", "{\"\": \"x\"}", "{\"k\": \"" + "x".repeat(5001) + "\"}")) {
            server.refused("INVALID_PARAMETER_VALUE", DATASETS + "create", Map.of("name", newName(), "tags", tags));
        }
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", DATASETS + "d-" + "0".repeat(32));
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", DATASETS + "nothing");
        for (String filter : List.of("colour = 'x'", "name > 'x'", "created_time = 'x'", "tags.a = 1", "name =")) {
            server.refused("INVALID_PARAMETER_VALUE", DATASETS + "search", Map.of("filter_string", filter));
        }
        server.refused("INVALID_PARAMETER_VALUE", DATASETS + "search", Map.of("max_results", 50_001));
        assertThat(server.sendText("PATCH", DATASETS + "d-" + "0".repeat(32) + "/tags", "{\"tags\": \"{}\"}")
                        .text("error_code"))
                .isEqualTo("RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void tagsAreSetJoinedAndRemoved() {
        String dataset = newDataset();
        String place = DATASETS + dataset + "/tags";
        Map<String, Object> tags = new LinkedHashMap<>(Map.of("a", "1", "b", 2, "c", true));
        assertThat(server.sendText("PATCH", place, json(Map.of("tags", json(tags))))
                        .status())
                .isEqualTo(200);
        assertThat(get(dataset).text("dataset", "tags")).isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"true\"}");
        tags.put("a", null);
        tags.put("d", "4");
        String withNull = "{\"a\": null, \"d\": \"4\"}";
        server.sendText("PATCH", place, json(Map.of("tags", withNull)));
        assertThat(server.sendText("DELETE", place + "/b", "{}").status()).isEqualTo(200);
        assertThat(server.sendText("DELETE", place + "/nothing", "{}").status()).isEqualTo(200);
        assertThat(get(dataset).text("dataset", "tags")).isEqualTo("{\"c\":\"true\",\"d\":\"4\"}");
    }

    @Test
    void aDataSetIsLinkedToItsTracesAndToTheRunsThatUseIt() {
        String dataset = newDataset();
        String trace = "0123456789abcdef0123456789abcdef";
        server.post(
                "/api/3.0/mlflow/traces",
                Map.of(
                        "trace",
                        Map.of(
                                "trace_info",
                                Map.of(
                                        "trace_id",
                                        "tr-" + trace,
                                        "trace_location",
                                        Map.of("mlflow_experiment", Map.of("experiment_id", "0"))))));
        for (String source : List.of("tr-" + trace, "tr-" + "f".repeat(32), "nothing")) {
            merge(
                    dataset,
                    Map.of(
                            "inputs",
                            Map.of("from", source),
                            "source",
                            Map.of("source_type", "trace", "source_data", Map.of("trace_id", source))));
        }
        assertThat(records(dataset))
                .extracting(each -> (Object) each.get("source_id"))
                .containsExactly("tr-" + trace, "tr-" + "f".repeat(32), "nothing");
        String run = server.post("runs/create", Map.of("experiment_id", "0")).text("run", "info", "run_id");
        Answer read = get(dataset);
        server.post(
                "runs/log-inputs",
                Map.of(
                        "run_id",
                        run,
                        "datasets",
                        List.of(Map.of(
                                "dataset",
                                Map.of(
                                        "name",
                                        read.text("dataset", "name"),
                                        "digest",
                                        read.text("dataset", "digest"),
                                        "source_type",
                                        "mlflow_evaluation_dataset",
                                        "source",
                                        "{\"dataset_id\": \"" + dataset + "\"}")))));
        String id = dataset.substring(2);
        assertThat(edges()).contains(id + " DERIVED_FROM " + trace, run + " USED " + id);
        assertThat(edges().filter(edge -> edge.startsWith(id))).hasSize(1);
    }

    private static Stream<String> edges() {
        return server.process().bean(GraphStore.class).rows(GraphRow.Kind.EDGE, 1000, Optional.empty()).items().stream()
                .map(row -> ((GraphRow.EdgeRow) row).edge())
                .map(edge ->
                        edge.from().id() + " " + edge.type() + " " + edge.to().id());
    }
}
