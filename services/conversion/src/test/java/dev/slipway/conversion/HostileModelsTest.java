package dev.slipway.conversion;

import static dev.slipway.conversion.ConversionTest.addVersion;
import static dev.slipway.conversion.ConversionTest.as;
import static dev.slipway.conversion.ConversionTest.attached;
import static dev.slipway.conversion.ConversionTest.convert;
import static dev.slipway.conversion.ConversionTest.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.tensor.Tensor;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a model does to the process that it is converted in must not reach the service. */
@Timeout(180)
class HostileModelsTest {
    private static final String CHILD = "slipway.conversion.child.";
    private static final long MEBI = 1 << 20;

    @TempDir
    private Path data;

    @Test
    void aRunThatTakesAllMemoryFailsAndTheServiceGoesOn() {
        try (ApplicationContext process = process(Map.of(CHILD + "memory", 1024 * MEBI))) {
            Conversion body = settled(
                            process, convert(process, version(process, TestModels.greedy()), Target.TFLITE, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.memory");
            assertThat(body.failure().kind()).isEqualTo(ErrorKind.TOO_LARGE);
            assertThat(body.failure().message()).contains("1024 MiB").contains("slipway.conversion.child.memory");
            convertsStill(process);
        }
    }

    @Test
    void aModelTooLargeForTheHeapFails() {
        try (ApplicationContext process = process(Map.of(CHILD + "heap", 24 * MEBI))) {
            Conversion body = settled(
                            process, convert(process, version(process, TestModels.large()), Target.TFLITE, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.memory");
            convertsStill(process);
        }
    }

    @Test
    void aProcessThatHoldsMoreThanItMayIsEnded() {
        // Less than any conversion takes.
        try (ApplicationContext process = process(Map.of(CHILD + "memory", 100 * MEBI))) {
            Conversion body = settled(
                            process,
                            convert(process, version(process, TestModels.convolutional()), Target.TFLITE, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.memory");
            assertThat(children()).isEmpty();
        }
    }

    @Test
    void aRunWithoutEndIsEnded() {
        try (ApplicationContext process = process(Map.of(CHILD + "time-limit", "20s"))) {
            Conversion body = settled(
                            process, convert(process, version(process, TestModels.endless()), Target.TFLITE, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.timeout");
            assertThat(body.failure().message()).contains("20 s").contains("time-limit");
            assertThat(children()).isEmpty();
        }
    }

    @Test
    void aProcessThatDiesFailsItsConversionOnly() {
        try (ApplicationContext process = process(Map.of())) {
            Entity<ConversionId, Conversion> conversion =
                    convert(process, version(process, TestModels.endless()), Target.TFLITE, null);
            untilConverting(process, conversion);

            children().forEach(ProcessHandle::destroyForcibly);

            Conversion body = settled(process, conversion).body();
            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.crashed");
            assertThat(body.failure().message()).contains("137");
            convertsStill(process);
        }
    }

    @Test
    void cancellingEndsTheProcess() {
        try (ApplicationContext process = process(Map.of())) {
            Entity<ConversionId, Conversion> conversion =
                    convert(process, version(process, TestModels.endless()), Target.TFLITE, null);
            untilConverting(process, conversion);

            as(process, Role.ENGINEER, p -> p.getBean(JobsApi.class)
                    .cancel(conversion.body().job()));

            Conversion body = settled(process, conversion).body();
            assertThat(body.state()).isEqualTo(JobState.CANCELLED);
            assertThat(attached(process)).isEmpty();
            assertThat(children()).isEmpty();
            convertsStill(process);
        }
        assertThat(children()).isEmpty();
    }

    private ApplicationContext process(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("slipway.data", data.toString());
        all.put("micronaut.server.port", -1);
        return ApplicationContext.run(all);
    }

    private static ModelVersionId version(ApplicationContext process, byte[] onnx) {
        return addVersion(process, onnx, new Tensor(List.of(100), new float[100]));
    }

    private static void convertsStill(ApplicationContext process) {
        Conversion body = settled(
                        process, convert(process, version(process, TestModels.convolutional()), Target.TFLITE, null))
                .body();
        assertThat(body.failure()).isNull();
        assertThat(body.state()).isEqualTo(JobState.SUCCEEDED);
    }

    private static void untilConverting(ApplicationContext process, Entity<ConversionId, Conversion> conversion) {
        until(() ->
                as(process, Role.VIEWER, p -> p.getBean(JobsApi.class)
                                .progress(List.of(conversion.body().job())))
                        .stream()
                        .anyMatch(progress -> progress.message().startsWith("Converting")));
    }

    /** The test's own limit guards against what never comes. */
    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.interrupted()).as("the test's time is over").isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().toList();
    }
}
