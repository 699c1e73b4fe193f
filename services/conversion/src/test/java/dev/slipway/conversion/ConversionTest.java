package dev.slipway.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.edge.EdgeRunner;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.jobs.Jobs;
import dev.slipway.runtime.tests.KnownDatasets;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ConversionTest {
    private static final int SAMPLES = 100;

    @TempDir
    private Path data;

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"TFLITE", "ORT"})
    void aVerifiedFileIsPublished(Target target) {
        try (ApplicationContext process = process(Map.of())) {
            ModelVersionId version = version(process, TestModels.convolutional());

            Entity<ConversionId, Conversion> conversion = settled(process, convert(process, version, target, null));

            Conversion body = conversion.body();
            assertThat(body.failure()).isNull();
            assertThat(body.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(body.report().passed()).isTrue();
            assertThat(body.report().samples()).isEqualTo(SAMPLES);
            assertThat(body.report().agreement()).isEqualTo(1);
            assertThat(body.report().sourceAccuracy()).isEqualTo(0.75);
            assertThat(body.report().accuracy()).isEqualTo(0.75);
            byte[] file = process.getBean(ArtifactStore.class).read(body.file(), 1_000_000);
            assertThat(body.size()).isEqualTo(file.length);
            assertThat(attached(process)).singleElement().satisfies(attached -> {
                assertThat(attached.conversion()).isEqualTo(conversion.id());
                assertThat(attached.artifact()).isEqualTo(body.file());
                assertThat(attached.size()).isEqualTo(file.length);
                assertThat(attached.maxAbsoluteError()).isEqualTo(body.report().maxAbsoluteError());
            });
            try (EdgeRunner runner = EdgeRunner.open(dev.slipway.edge.Target.valueOf(target.name()), file)) {
                assertThat(runner.run(TestModels.images(2)).shape()).containsExactly(2, 3);
            }
            assertThat(events(process)).contains("conversion.requested", "conversion.succeeded");
            assertThat(process.getBean(GraphStore.class)
                            .traverse(new TraversalQuery(
                                    Workspace.DEFAULT,
                                    List.of(EntityId.of(conversion.id())),
                                    Direction.UPSTREAM,
                                    Set.of(EdgeType.CONVERTED_FROM),
                                    1,
                                    10))
                            .edges())
                    .singleElement()
                    .satisfies(edge -> assertThat(edge.to().id().value()).isEqualTo(version.value()));
        }
    }

    @Test
    void anEqualRequestIsAnsweredByTheSameFileWithoutWork() {
        try (ApplicationContext process = process(Map.of())) {
            ModelVersionId version = version(process, TestModels.convolutional());
            Entity<ConversionId, Conversion> first = settled(process, convert(process, version, Target.TFLITE, null));

            Entity<ConversionId, Conversion> again = settled(process, convert(process, version, Target.TFLITE, null));
            Entity<ConversionId, Conversion> other = settled(process, convert(process, version, Target.ORT, null));

            assertThat(again.body().failure()).isNull();
            assertThat(again.body().sameAs()).isEqualTo(first.id());
            assertThat(again.body().file()).isEqualTo(first.body().file());
            assertThat(again.body().report()).isEqualTo(first.body().report());
            assertThat(log(process, again)).contains(first.id().value());
            assertThat(other.body().sameAs()).isNull();
            assertThat(attached(process))
                    .extracting(ModelFile::conversion)
                    .containsExactly(first.id(), again.id(), other.id());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TFLITE, FP16, KEEP",
        "TFLITE, DYNAMIC, NHWC",
        "TFLITE, INT8, KEEP",
        "TFLITE, INT16X8, NHWC",
        "TFLITE, FP32, NHWC",
        "ORT, FP16, KEEP",
        "ORT, INT8, KEEP"
    })
    void otherPrecisionsAndLayoutsArePublishedToo(Target target, Precision precision, Layout layout) {
        try (ApplicationContext process = process(Map.of())) {
            ModelVersionId version = version(process, TestModels.convolutional());

            Conversion body = settled(process, convert(process, version, target, precision, layout))
                    .body();

            assertThat(body.failure()).isNull();
            assertThat(body.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(body.report().passed()).isTrue();
            assertThat(body.report().cosine()).isGreaterThan(0.99);
            assertThat(text(process, body.reportJson())).contains(precision.name(), version.value());
            assertThat(text(process, body.reportPage())).contains("<html");
            byte[] file = process.getBean(ArtifactStore.class).read(body.file(), 1_000_000);
            try (EdgeRunner runner = EdgeRunner.open(dev.slipway.edge.Target.valueOf(target.name()), file)
                    .in(dev.slipway.edge.Layout.valueOf(layout.name()))) {
                assertThat(runner.run(TestModels.images(2)).shape()).containsExactly(2, 3);
            }
        }
    }

    @Test
    void rangesAreFoundOnTheDatasetVersionThatIsNamed() {
        try (ApplicationContext process = process(Map.of())) {
            ModelVersionId version = version(process, TestModels.convolutional());
            DatasetVersionId calibration = as(process, Role.ADMIN, p -> p.getBean(KnownDatasets.class)
                    .add(TestModels.images(SAMPLES / 2), new Tensor(List.of(SAMPLES / 2), new float[SAMPLES / 2])));

            Entity<ConversionId, Conversion> conversion =
                    settled(process, as(process, Role.ENGINEER, p -> p.getBean(ConversionApi.class)
                            .convert(new StartConversion(
                                    version, Target.TFLITE, Precision.INT8, Layout.KEEP, calibration, null))));

            assertThat(conversion.body().failure()).isNull();
            assertThat(conversion.body().calibration()).isEqualTo(calibration);
            assertThat(process.getBean(GraphStore.class)
                            .traverse(new TraversalQuery(
                                    Workspace.DEFAULT,
                                    List.of(EntityId.of(conversion.id())),
                                    Direction.UPSTREAM,
                                    Set.of(EdgeType.USED),
                                    1,
                                    10))
                            .edges())
                    .singleElement()
                    .satisfies(edge -> assertThat(edge.to().id().value()).isEqualTo(calibration.value()));
        }
    }

    @Test
    void whatATargetCannotHoldIsRefusedAtOnce() {
        try (ApplicationContext process = process(Map.of("slipway.jobs.enabled", false))) {
            ModelVersionId version = version(process, TestModels.convolutional());

            assertThat(catchThrowableOfType(
                                    SlipwayException.class,
                                    () -> convert(process, version, Target.ORT, Precision.DYNAMIC, Layout.KEEP))
                            .code())
                    .isEqualTo("conversion.options");
            assertThat(catchThrowableOfType(
                                    SlipwayException.class,
                                    () -> convert(process, version, Target.ORT, Precision.FP32, Layout.NHWC))
                            .code())
                    .isEqualTo("conversion.options");
        }
    }

    @Test
    void aFileOutOfToleranceIsNotPublishedButItsReportIsKept() {
        try (ApplicationContext process = process(Map.of("slipway.conversion.tolerance", "0"))) {
            ModelVersionId version = version(process, TestModels.convolutional());
            int artifacts = artifacts(process);

            Conversion body = settled(process, convert(process, version, Target.TFLITE, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.parity");
            assertThat(body.failure().message()).contains("TFLITE").contains("slipway.conversion.tolerance");
            assertThat(body.report().passed()).isFalse();
            assertThat(body.report().maxAbsoluteError()).isPositive();
            assertThat(body.file()).isNull();
            assertThat(attached(process)).isEmpty();
            // The job's log, the report and its page, and nothing else.
            assertThat(artifacts(process)).isEqualTo(artifacts + 3);
            assertThat(events(process)).contains("conversion.failed").doesNotContain("conversion.succeeded");
        }
    }

    @Test
    void aFileThatIsFarOffIsReportedWithTheTensorWhereTheErrorJumps() {
        try (ApplicationContext process = process(Map.of())) {
            ModelVersionId version = version(process, TestModels.delicate());

            Conversion body = settled(process, convert(process, version, Target.TFLITE, Precision.FP16, Layout.KEEP))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.parity");
            assertThat(body.file()).isNull();
            assertThat(text(process, body.reportJson()))
                    .contains("\"passed\" : false", "\"failure\"", "\"firstJump\" : \"difference\"");
            assertThat(text(process, body.reportPage())).contains("FAILED");
            assertThat(attached(process)).isEmpty();
        }
    }

    @Test
    void aDamagedModelFailsClearly() {
        try (ApplicationContext process = process(Map.of())) {
            byte[] damaged = "this is no model".getBytes(StandardCharsets.UTF_8);
            ModelVersionId version = addVersion(process, damaged, new Tensor(List.of(SAMPLES), new float[SAMPLES]));

            Conversion body = settled(process, convert(process, version, Target.TFLITE, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).startsWith("onnx.");
            assertThat(body.report()).isNull();
        }
    }

    @Test
    void anUnsupportedOperatorIsNamed() {
        try (ApplicationContext process = process(Map.of())) {
            ModelVersionId version = version(process, TestModels.unsupported());

            Conversion body = settled(process, convert(process, version, Target.TFLITE, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(body.failure().code()).isEqualTo("edge.unsupported-operator");
            assertThat(body.failure().message()).contains("RandomNormalLike");
        }
    }

    @Test
    void aCancelledConversionPublishesNothing() {
        Entity<ConversionId, Conversion> conversion;
        try (ApplicationContext idle = process(Map.of("slipway.jobs.enabled", false))) {
            conversion = convert(idle, version(idle, TestModels.convolutional()), Target.ORT, null);
            as(idle, Role.ENGINEER, process -> process.getBean(JobsApi.class)
                    .cancel(conversion.body().job()));
        }
        try (ApplicationContext process = process(Map.of())) {
            Conversion body = settled(process, conversion).body();

            assertThat(body.state()).isEqualTo(JobState.CANCELLED);
            assertThat(body.failure().code()).isEqualTo("job.cancelled");
            assertThat(attached(process)).isEmpty();
            assertThat(events(process)).contains("conversion.cancelled");
        }
    }

    @Test
    void aRepeatedRequestStartsNothing() {
        try (ApplicationContext process = process(Map.of("slipway.jobs.enabled", false))) {
            ModelVersionId version = version(process, TestModels.convolutional());

            Entity<ConversionId, Conversion> first = convert(process, version, Target.ORT, "key");
            Entity<ConversionId, Conversion> again = convert(process, version, Target.ORT, "key");
            SlipwayException other =
                    catchThrowableOfType(SlipwayException.class, () -> convert(process, version, Target.TFLITE, "key"));

            assertThat(again.id()).isEqualTo(first.id());
            assertThat(other.code()).isEqualTo("conversion.idempotency-key");
            Entity<ConversionId, Conversion> second = convert(process, version, Target.ORT, null);
            assertThat(as(process, Role.VIEWER, p -> p.getBean(ConversionApi.class)
                                    .listConversions(version, 10, null))
                            .items())
                    .extracting(Entity::id)
                    .containsExactly(second.id(), first.id());
        }
    }

    @Test
    void onlyEngineersConvertOnlyKnownVersions() {
        try (ApplicationContext process = process(Map.of("slipway.jobs.enabled", false))) {
            StartConversion request =
                    new StartConversion(new ModelVersionId("0".repeat(32)), Target.ORT, Precision.FP32, null);
            Function<ApplicationContext, Object> start =
                    p -> p.getBean(ConversionApi.class).convert(request);

            assertThat(catchThrowableOfType(SlipwayException.class, () -> as(process, Role.VIEWER, start))
                            .kind())
                    .isEqualTo(ErrorKind.FORBIDDEN);
            assertThat(catchThrowableOfType(SlipwayException.class, () -> as(process, Role.ENGINEER, start))
                            .code())
                    .isEqualTo("model-version.unknown");
        }
    }

    private ApplicationContext process(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("slipway.data", data.toString());
        all.put("micronaut.server.port", -1);
        return ApplicationContext.run(all);
    }

    /** A version whose ONNX model is right on three of four samples of its test split. */
    static ModelVersionId version(ApplicationContext process, byte[] onnx) {
        try (OnnxSession session = OnnxSession.open(onnx)) {
            Tensor scores = session.run(TestModels.images(SAMPLES));
            float[] labels = new float[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                int best = best(scores.row(i).values());
                labels[i] = i % 4 == 0 ? (best + 1) % 3 : best;
            }
            return addVersion(process, onnx, new Tensor(List.of(SAMPLES), labels));
        }
    }

    static ModelVersionId addVersion(ApplicationContext process, byte[] onnx, Tensor labels) {
        return as(process, Role.ADMIN, p -> p.getBean(KnownVersions.class)
                .add(
                        p.getBean(ArtifactStore.class).put(onnx).digest(),
                        p.getBean(KnownDatasets.class).add(TestModels.images(SAMPLES), labels),
                        TestModels.SHAPE));
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    static Entity<ConversionId, Conversion> convert(
            ApplicationContext process, ModelVersionId version, Target target, String key) {
        return as(process, Role.ENGINEER, p -> p.getBean(ConversionApi.class)
                .convert(new StartConversion(version, target, Precision.FP32, key)));
    }

    private static Entity<ConversionId, Conversion> convert(
            ApplicationContext process, ModelVersionId version, Target target, Precision precision, Layout layout) {
        return as(process, Role.ENGINEER, p -> p.getBean(ConversionApi.class)
                .convert(new StartConversion(version, target, precision, layout, null, null)));
    }

    private static String log(ApplicationContext process, Entity<ConversionId, Conversion> conversion) {
        Digest log = as(process, Role.VIEWER, p -> p.getBean(JobsApi.class)
                .job(conversion.body().job())
                .body()
                .log());
        return text(process, log);
    }

    private static String text(ApplicationContext process, Digest artifact) {
        return new String(process.getBean(ArtifactStore.class).read(artifact, 1_000_000), StandardCharsets.UTF_8);
    }

    /** The conversion once its job has ended, well or badly. */
    static Entity<ConversionId, Conversion> settled(
            ApplicationContext process, Entity<ConversionId, Conversion> conversion) {
        return as(process, Role.ENGINEER, p -> {
            try {
                p.getBean(Jobs.class).await(conversion.body().job());
            } catch (SlipwayException e) {
                // The conversion itself tells.
                assertThat(e.code()).isNotEmpty();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return p.getBean(ConversionApi.class).conversion(conversion.id());
        });
    }

    static List<ModelFile> attached(ApplicationContext process) {
        return as(process, Role.ADMIN, p -> p.getBean(KnownVersions.class).attached());
    }

    private static int artifacts(ApplicationContext process) {
        return process.getBean(ArtifactStore.class)
                .list(1000, Optional.empty())
                .items()
                .size();
    }

    private static List<String> events(ApplicationContext process) {
        return process.getBean(GraphStore.class).events(0, 1000).stream()
                .map(event -> event.event().type())
                .toList();
    }

    static <T> T as(ApplicationContext process, Role role, Function<ApplicationContext, T> call) {
        return process.getBean(Callers.class)
                .callAs(new Caller("test", Set.of(role), Workspace.DEFAULT), () -> call.apply(process));
    }
}
