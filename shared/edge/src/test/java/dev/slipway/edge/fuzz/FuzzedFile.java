package dev.slipway.edge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Converts a finding once more; {@code .ci/fuzz.sh} runs it, the build does not. */
class FuzzedFile {
    @Test
    void isNoFindingAnyMore() throws Exception {
        Path file = Path.of(System.getProperty("slipway.fuzz.file"));
        long options = Long.getLong("slipway.fuzz.options", OptionDamage.NONE);
        Path folder = Files.createDirectories(Path.of("target", "fuzz"));
        try (FuzzProcess process = new FuzzProcess(folder, true)) {
            Verdict verdict = process.convert(file, options, FuzzProcess.PATIENCE_SECONDS);
            System.out.println(verdict.line());
            assertThat(verdict).matches(found -> !found.isFinding());
        }
    }
}
