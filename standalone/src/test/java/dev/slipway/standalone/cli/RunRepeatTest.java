package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.contract.Eventually;
import dev.slipway.standalone.contract.Given;
import dev.slipway.standalone.contract.ServerProcess;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;

/** {@code slipway run repeat} on a whole server. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class RunRepeatTest {
    private static final int SHORT = 2;

    private SlipwayServer server;

    @BeforeAll
    void start(@TempDir Path data) {
        server = serve(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static SlipwayServer serve(Path data) {
        return SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()));
    }

    private CommandResult repeat(String id, String... more) {
        return repeat(server.uri(), id, more);
    }

    private static CommandResult repeat(URI server, String id, String... more) {
        return CommandResult.of(
                Stream.concat(Stream.of("run", "repeat", id, "--server", server.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void aRepeatedRunMakesTheSameModel() {
        Entity<RunId, Run> original = trained(server, SHORT);

        CommandResult told = repeat(original.id().value());
        CommandResult scripted = repeat(original.id().value(), "--json");

        String model = original.body().model().hex();
        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out())
                .matches("(?s)run [0-9a-f]{32} repeats run " + original.id() + "\n.*")
                .contains("same model, bit by bit: sha256 " + model, "no metric differs");
        assertThat(scripted.exitCode()).as(scripted.err()).isZero();
        assertThat(scripted.json())
                .containsEntry("same", true)
                .containsEntry("differences", List.of())
                .containsEntry("original", Map.of("run", original.id().value(), "model", model));
        RunId repeated = new RunId(
                ((Map<?, ?>) scripted.json().get("repeated")).get("run").toString());
        assertThat(call(server, () -> training(server).run(repeated)).body().model())
                .isEqualTo(original.body().model());
        assertThat(repeat(repeated.value()).out())
                .as("a repetition is a run like any other")
                .contains("repeats run " + repeated, "same model");
    }

    @Test
    void itIsRepeatedAfterARestart(@TempDir Path data) {
        Entity<RunId, Run> original;
        try (SlipwayServer before = serve(data)) {
            original = trained(before, SHORT);
        }
        try (SlipwayServer after = serve(data)) {
            CommandResult result = repeat(after.uri(), original.id().value());

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("same model, bit by bit");
        }
    }

    @Test
    void aServerThatDiesMeanwhileIsWaitedFor(@TempDir Path data, @TempDir Path folder) {
        Entity<RunId, Run> original;
        try (SlipwayServer before = serve(data)) {
            original = trained(before, 400);
        }
        // So that the job of the process that was killed is soon taken up.
        Map<String, String> environment = Map.of("SLIPWAY_JOBS_LEASE", "2s");
        ServerProcess first = ServerProcess.start(data, environment, List.of(), 0, "-Xmx512m");
        URI address = first.uri();
        try (first;
                CommandProcess command = CommandProcess.start(
                        folder,
                        Map.of(),
                        "run",
                        "repeat",
                        original.id().value(),
                        "--server",
                        address.toString(),
                        "--json")) {
            begun(address, original);
            first.kill();
            try (ServerProcess second =
                    ServerProcess.start(data, environment, List.of(), address.getPort(), "-Xmx512m")) {
                CommandResult result = command.end();

                assertThat(result.exitCode()).as(result.err() + second.output()).isZero();
                assertThat(CommandResult.parse(result.out())).containsEntry("same", true);
            }
        }
    }

    @Test
    void anAnswerThatIsLostStartsNothingTwice() throws IOException {
        Entity<RunId, Run> original = trained(server, SHORT);
        try (LosingRelay relay = new LosingRelay(server.uri())) {
            CommandResult result = repeat(relay.uri(), original.id().value());

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("same model, bit by bit");
        }
        try (MlflowClient client = new MlflowClient(server.uri().toString())) {
            assertThat(client.searchRuns(List.of(original.body().experiment().value()), "", ViewType.ALL, 10)
                            .getItems())
                    .hasSize(2);
        }
    }

    private static void begun(URI address, Entity<RunId, Run> original) {
        String experiment = original.body().experiment().value();
        try (MlflowClient client = new MlflowClient(address.toString())) {
            Eventually.see(
                    () -> client.searchRuns(List.of(experiment), "", ViewType.ALL, 10)
                            .getItems(),
                    runs -> runs.stream()
                            .map(Service.Run::getInfo)
                            .anyMatch(
                                    run -> !run.getRunId().equals(original.id().value())
                                            && run.getStatus() != RunStatus.SCHEDULED));
        }
    }

    @Test
    void anotherModelIsToldWithItsMetrics() {
        Entity<RunId, Run> original = trained(server, SHORT);
        call(server, () -> {
            training(server)
                    .log(
                            original.id(),
                            new LogBatch(
                                    List.of(new Metric("train_loss", 0.5, 9, 9), new Metric("gone", Double.NaN, 1, 1)),
                                    List.of(),
                                    List.of()));
            return original;
        });
        // As if another machine, whose arithmetic differs, had trained it.
        String model = original.body().model().hex();
        String other = "0".repeat(64);
        EntityRow row = row(original.id());
        Envelope entity = row.entity();
        graph().restore(List.of(new EntityRow(
                new Envelope(
                        entity.id(),
                        entity.workspace(),
                        entity.type(),
                        entity.schema(),
                        entity.revision(),
                        entity.created(),
                        entity.updated(),
                        entity.body().replace(model, other)),
                row.indexed())));

        CommandResult result = repeat(original.id().value());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
        assertThat(result.out())
                .contains("another model: sha256 " + model + ", not " + other)
                .containsPattern("\n  gone +NaN +none +\n")
                .containsPattern("\n  train_loss +0\\.50000000 +[0-9.]+ +[-+][0-9.]+");
        assertThat(result.err()).contains("[run.not-reproduced]");
    }

    @Test
    void whatMlflowLoggedCantBeRepeated() {
        String logged;
        try (MlflowClient client = new MlflowClient(server.uri().toString())) {
            logged = client.createRun().getRunId();
            client.logParam(logged, "epochs", "3");
            client.setTerminated(logged);
        }

        CommandResult result = repeat(logged, "--json");

        refused(result, 3, "run.not-trained-here", logged, "logged from outside");
        assertThat(result.error()).containsEntry("kind", "UNSUPPORTED");
    }

    @Test
    void whatIsUnknownIsTold() {
        String nobody = "f".repeat(32);
        refused(repeat(nobody, "--json"), 4, "run.unknown", nobody);
        for (String id : List.of("x", "", "no such run", "../x", nobody.toUpperCase(Locale.ROOT), "run:" + nobody)) {
            CommandResult result = repeat(id, "--json");
            assertThat(result.exitCode()).as("'" + id + "': " + result.err()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
        }
        assertThat(CommandResult.of("run", "repeat").exitCode()).isEqualTo(2);
        assertThat(CommandResult.of("run").err()).contains("repeat");
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        CommandResult result = repeat(URI.create("http://127.0.0.1:1"), "f".repeat(32), "--json");

        refused(result, 7, "graphql.unreachable", "http://127.0.0.1:1");
    }

    @Test
    void withoutItsDatasetVersionItCantBeRepeated() {
        Entity<RunId, Run> original = trained(server, SHORT);
        Id version = original.body().datasetVersion();
        assertThat(graph().remove(List.of(row(version)))).isOne();

        CommandResult result = repeat(original.id().value(), "--json");

        refused(result, 4, "dataset-version.unknown", version.toString());
    }

    private static void refused(CommandResult result, int exitCode, String code, String... said) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.error()).containsEntry("code", code);
        assertThat(result.error().get("message").toString()).contains(said);
        assertThat(result.out()).isEmpty();
    }

    private GraphStore graph() {
        return server.bean(GraphStore.class);
    }

    private EntityRow row(Id id) {
        Optional<String> cursor = Optional.empty();
        do {
            var page = graph().rows(GraphRow.Kind.ENTITY, 1000, cursor);
            for (GraphRow row : page.items()) {
                if (row instanceof EntityRow found && found.entity().id().equals(EntityId.of(id))) {
                    return found;
                }
            }
            cursor = page.next();
        } while (cursor.isPresent());
        throw new AssertionError("there is no " + id);
    }

    private static Entity<RunId, Run> trained(SlipwayServer server, int epochs) {
        TrainingApi training = training(server);
        Given given = Given.on(server);
        RunId run = call(
                        server,
                        () -> training.train(new StartTraining(
                                given.experiment(),
                                "first",
                                given.datasetVersion().id(),
                                List.of(new Layer.Flatten(), new Layer.Dropout(0.2f), new Layer.Dense(2)),
                                new Hyperparameters(epochs, 4, 0.01f, 11),
                                null)))
                .id();
        return Eventually.see(
                () -> call(server, () -> training.run(run)), seen -> seen.body().state() == RunState.FINISHED);
    }

    private static TrainingApi training(SlipwayServer server) {
        return server.bean(TrainingApi.class);
    }

    private static <T> T call(SlipwayServer server, Supplier<T> call) {
        return server.bean(Callers.class).callAs(new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT), call);
    }
}
