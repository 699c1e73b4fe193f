package dev.slipway.conversion;

import static dev.slipway.conversion.ConversionTest.as;
import static dev.slipway.conversion.ConversionTest.attached;
import static dev.slipway.conversion.ConversionTest.convert;
import static dev.slipway.conversion.ConversionTest.settled;
import static dev.slipway.conversion.ConversionTest.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.jobs.JobState;
import dev.slipway.conversion.tvm.TvmToolchain;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TvmTest {
    /** The data folder of an installation with the tool chain. */
    private static final String INSTALLATION = "SLIPWAY_TEST_TVM";

    @TempDir
    private Path data;

    @Test
    void withoutTheToolChainTheFailureSaysHowToGetIt() {
        try (ApplicationContext process = process()) {
            Conversion body = settled(
                            process, convert(process, version(process, TestModels.convolutional()), Target.TVM, null))
                    .body();

            assertThat(body.state()).isEqualTo(JobState.FAILED);
            assertThat(body.failure().code()).isEqualTo("conversion.toolchain");
            assertThat(body.failure().message()).contains("slipway toolchain install tvm");
        }
    }

    @Test
    void otherPrecisionsAreRefused() {
        try (ApplicationContext process = process()) {
            ModelVersionId version = version(process, TestModels.convolutional());

            assertThat(catchThrowableOfType(
                                    SlipwayException.class,
                                    () -> as(process, Role.ENGINEER, p -> p.getBean(ConversionApi.class)
                                            .convert(new StartConversion(
                                                    version, Target.TVM, Precision.INT8, Layout.KEEP, null, null))))
                            .code())
                    .isEqualTo("conversion.options");
        }
    }

    @Test
    void aModelIsCompiledAndCompared() throws IOException {
        String installation = System.getenv(INSTALLATION);
        assumeTrue(
                installation != null && TvmToolchain.in(Path.of(installation)).isInstalled(),
                "Needs TVM's tool chain: slipway toolchain install tvm --data DIR, and " + INSTALLATION + "=DIR");
        Files.createSymbolicLink(
                data.resolve("toolchains"), Path.of(installation, "toolchains").toAbsolutePath());
        try (ApplicationContext process = process()) {
            Conversion body = settled(
                            process, convert(process, version(process, TestModels.convolutional()), Target.TVM, null))
                    .body();

            assertThat(body.failure()).isNull();
            assertThat(body.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(body.report().passed()).isTrue();
            assertThat(body.report().samples()).isEqualTo(100);
            assertThat(body.report().sourceAccuracy()).isEqualTo(0.75);
            assertThat(body.report().maxAbsoluteError()).isLessThan(1e-4);
            assertThat(attached(process)).singleElement().satisfies(file -> assertThat(file.target())
                    .isEqualTo(Target.TVM));
            byte[] library = process.getBean(ArtifactStore.class).read(body.file(), 10_000_000);
            assertThat(library).startsWith(0x7f, 'E', 'L', 'F');
        }
    }

    private ApplicationContext process() {
        return ApplicationContext.run(Map.of("slipway.data", data.toString(), "micronaut.server.port", -1));
    }
}
