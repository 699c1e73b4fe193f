package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VersionsTest {
    @TempDir
    private Path data;

    private TestProcess process;

    @BeforeEach
    void start() {
        process = TestProcess.start(data, Map.of("slipway.jobs.enabled", false));
    }

    @AfterEach
    void stop() {
        process.close();
    }

    @Test
    void aNameIsOneModel() {
        Entity<ModelId, Model> model = process.model("digits", null);

        assertThat(process.model("digits", new GatePolicy(0, 0, 1, 0, Set.of())).id())
                .isEqualTo(model.id());
        assertThat(model.body().policy()).isEqualTo(GatePolicy.DEFAULT);
        assertThat(process.as(Role.VIEWER, registry -> registry.modelNamed("digits"))
                        .id())
                .isEqualTo(model.id());
        Entity<ModelId, Model> others = process.as(Role.VIEWER, registry -> registry.modelNamed("others"));
        assertThat(others).isNull();
        Entity<ModelId, Model> second = process.model("letters", null);
        assertThat(process.as(Role.VIEWER, registry -> registry.listModels(10, null))
                        .items())
                .extracting(Entity::id)
                .containsExactlyInAnyOrder(second.id(), model.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a/b", "a:b", ".", "..", "..a", "a\n"})
    void otherNamesAreRefused(String name) {
        assertThat(refusal(Role.ENGINEER, registry -> registry.createModel(new CreateModel(name, null, null)))
                        .code())
                .isEqualTo("model.name");
        Entity<ModelId, Model> found = process.as(Role.VIEWER, registry -> registry.modelNamed(name));
        assertThat(found).isNull();
    }

    @Test
    void anImpossiblePolicyIsRefused() {
        GatePolicy policy = new GatePolicy(1.5, 1e-4, 1000, 0.01, Set.of());
        assertThat(refusal(Role.ENGINEER, registry -> registry.createModel(new CreateModel("m", policy, null)))
                        .code())
                .isEqualTo("model.policy");
    }

    @Test
    void theFirstVersionPinsTheTestSet() {
        ModelId model = process.model("digits", null).id();
        DatasetVersionId first = process.testSet();
        ModelVersionId version = process.register(model, first, 4);
        process.register(model, process.testSet(), 3);

        assertThat(process.reread(model).pinnedTestSet()).isEqualTo(first);
        assertThat(process.reread(model).versions()).isEqualTo(2);
        ModelVersion body = process.reread(version);
        assertThat(body.number()).isEqualTo(1);
        assertThat(process.bean(GraphStore.class)
                        .traverse(new TraversalQuery(
                                Workspace.DEFAULT,
                                List.of(EntityId.of(version)),
                                Direction.UPSTREAM,
                                Set.of(EdgeType.values()),
                                1,
                                10))
                        .edges())
                .extracting(edge -> edge.type() + " " + edge.to().id())
                .containsExactlyInAnyOrder("GENERATED_BY " + body.run(), "DERIVED_FROM " + first);
        assertThat(process.events()).contains("model.created", "model-version.registered");
    }

    @Test
    void aTestSetThatWasGivenStays() {
        DatasetVersionId given = process.testSet();
        ModelId model = process.as(Role.ENGINEER, registry -> registry.createModel(new CreateModel("m", null, given)))
                .id();
        process.register(model, process.testSet(), 4);

        assertThat(process.reread(model).pinnedTestSet()).isEqualTo(given);
    }

    @Test
    void versionsRegisteredAtOnceGetNumbersWithoutGaps() throws Exception {
        ModelId model = process.model("digits", null).id();
        DatasetVersionId dataset = process.testSet();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<ModelVersionId>> versions = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                versions.add(threads.submit(() -> process.register(model, dataset, 4)));
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<ModelVersionId> version : versions) {
                numbers.add(process.reread(version.get()).number());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 12).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
        assertThat(process.as(Role.VIEWER, registry -> registry.listVersions(model, 3, null))
                        .items())
                .extracting(version -> version.body().number())
                .containsExactly(12, 11, 10);
    }

    @Test
    void aRepeatedRegistrationIsOneVersion() {
        ModelId model = process.model("digits", null).id();
        RegisterVersion request = process.request(model, process.testSet(), 4, "key");

        ModelVersionId first = process.as(Role.ENGINEER, registry -> registry.register(request))
                .id();
        ModelVersionId again = process.as(Role.ENGINEER, registry -> registry.register(request))
                .id();

        assertThat(again).isEqualTo(first);
        assertThat(process.reread(model).versions()).isEqualTo(1);
        RegisterVersion other = process.request(model, process.testSet(), 2, "key");
        assertThat(refusal(Role.ENGINEER, registry -> registry.register(other)).code())
                .isEqualTo("registry.idempotency-key");
    }

    @Test
    void aVersionOfUnknownThingsIsRefused() {
        ModelId model = process.model("digits", null).id();
        RegisterVersion right = process.request(model, process.testSet(), 4, null);
        String unknown = "0".repeat(32);

        assertThat(registering(changed(right, new ModelId(unknown), right.run(), right.datasetVersion(), right.onnx())))
                .isEqualTo("model.unknown");
        assertThat(registering(changed(right, model, new RunId(unknown), right.datasetVersion(), right.onnx())))
                .isEqualTo("run.unknown");
        assertThat(registering(changed(right, model, right.run(), new DatasetVersionId(unknown), right.onnx())))
                .isEqualTo("dataset-version.unknown");
        Digest missing = Digest.of("nothing".getBytes(StandardCharsets.UTF_8));
        assertThat(registering(changed(right, model, right.run(), right.datasetVersion(), missing)))
                .isEqualTo("registry.artifact");
        assertThat(process.reread(model).versions()).isZero();
    }

    @Test
    void aFileTakesThePlaceOfAnEarlierOneOfItsTarget() {
        ModelVersionId version = process.register(process.model("digits", null).id(), process.testSet(), 4);
        ModelFile ort = process.file(Target.ORT, "ort", 0);
        ModelFile tflite = process.file(Target.TFLITE, "tflite", 0);
        ModelFile better = process.file(Target.TFLITE, "better", 0);

        process.attach(version, tflite);
        process.attach(version, ort);
        process.attach(version, ort);
        process.attach(version, better);

        assertThat(process.reread(version).files()).containsExactly(ort, better);
    }

    @Test
    void aFileInAnotherLayoutStandsBesideTheFirst() {
        ModelVersionId version = process.register(process.model("digits", null).id(), process.testSet(), 4);
        ModelFile kept = process.file(Target.TFLITE, Layout.KEEP, new byte[] {1}, 0);
        ModelFile channelsLast = process.file(Target.TFLITE, Layout.NHWC, new byte[] {2}, 0);

        process.attach(version, kept);
        process.attach(version, channelsLast);

        assertThat(process.reread(version).files()).containsExactly(kept, channelsLast);
    }

    @Test
    void aFileThatIsNotStoredAsItSaysIsRefused() {
        ModelVersionId version = process.register(process.model("digits", null).id(), process.testSet(), 4);
        ModelFile stored = process.file(Target.ORT, "ort", 0);
        ModelFile wrongSize = new ModelFile(
                stored.conversion(),
                stored.target(),
                stored.precision(),
                stored.layout(),
                stored.artifact(),
                stored.size() + 1,
                0);

        assertThat(refusal(Role.SERVICE, registry -> registry.attachFile(version, wrongSize))
                        .code())
                .isEqualTo("registry.artifact");
        assertThat(refusal(Role.ADMIN, registry -> registry.attachFile(version, stored))
                        .kind())
                .isEqualTo(ErrorKind.FORBIDDEN);
    }

    private String registering(RegisterVersion request) {
        return refusal(Role.ENGINEER, registry -> registry.register(request)).code();
    }

    private SlipwayException refusal(Role role, Function<RegistryApi, Object> call) {
        return catchThrowableOfType(SlipwayException.class, () -> process.as(role, call));
    }

    private static RegisterVersion changed(
            RegisterVersion request, ModelId model, RunId run, DatasetVersionId dataset, Digest onnx) {
        return new RegisterVersion(model, run, dataset, onnx, request.classes(), request.inputShape(), null);
    }
}
