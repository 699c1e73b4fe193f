package dev.slipway.conversion.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.conversion.TestModels;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ChildJvmTest {
    static final ChildRequest REQUEST =
            new ChildRequest(Target.TFLITE, Precision.FP32, Layout.KEEP, false, null, 1e-4, "model", "1");

    @TempDir
    private Path files;

    @Test
    void aChildDiesWithTheServiceAndLeavesNothing() throws Exception {
        Path model = Files.write(files.resolve("model"), TestModels.endless());
        Path samples = Files.write(files.resolve("samples"), Npy.write(TestModels.images(4)));
        Path labels = Files.write(files.resolve("labels"), Npy.write(new Tensor(List.of(4), new float[4])));
        Path temporary = Files.createDirectory(files.resolve("temporary"));
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildHolder.class.getName(),
                        model.toString(),
                        samples.toString(),
                        labels.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = service.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("working ")) {
                line = lines.readLine();
            }
            assertThat(line).as("the child works").isNotNull();
            List<ProcessHandle> children = service.descendants().toList();
            assertThat(children).isNotEmpty();

            service.toHandle().destroyForcibly();

            for (ProcessHandle child : children) {
                child.onExit().get(100, TimeUnit.SECONDS);
            }
            assertThat(temporary).isEmptyDirectory();
        } finally {
            service.destroyForcibly();
        }
    }
}
