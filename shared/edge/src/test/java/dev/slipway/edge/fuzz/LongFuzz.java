package dev.slipway.edge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.fuzz.Fuzzing.Damage;
import dev.slipway.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Looks for models that the converter does not deal with, for as long as it is told; {@code .ci/fuzz.sh} runs it, the
 * build does not.
 */
class LongFuzz {
    private static final String MINUTES = "slipway.fuzz.minutes";
    private static final String SEED = "slipway.fuzz.seed";
    private static final String SEEDS = "slipway.fuzz.models";
    private static final long REPORTED_EVERY = Duration.ofMinutes(1).toNanos();

    @Test
    void findsNothing() throws IOException, InterruptedException {
        double minutes = Double.parseDouble(System.getProperty(MINUTES, "1"));
        long seed = Long.getLong(SEED, System.nanoTime());
        String more = System.getProperty(SEEDS, "");
        List<OnnxModel> models = more.isEmpty() ? Seeds.ofTests() : Seeds.with(Path.of(more));
        Path folder = Files.createDirectories(Path.of("target", "fuzz"));
        System.out.println(models.size() + " good models, " + SEED + "=" + seed);
        long end = System.nanoTime() + (long) (minutes * Duration.ofMinutes(1).toNanos());
        try (Fuzzing fuzzing = new Fuzzing(models, folder, new FuzzProcess(folder, true))) {
            run(fuzzing, new SplittableRandom(seed), end);
            System.out.println(fuzzing.counts());
            assertThat(fuzzing.causes()).as("findings, kept in " + folder).isEmpty();
        }
    }

    private static void run(Fuzzing fuzzing, SplittableRandom seeds, long end)
            throws IOException, InterruptedException {
        long told = System.nanoTime();
        while (System.nanoTime() < end) {
            int kind = seeds.nextInt(10);
            Damage damage = kind < 7 ? Damage.MODEL : kind < 8 ? Damage.BYTES : Damage.OPTIONS;
            fuzzing.attempt(damage, seeds.nextLong()).ifPresent(System.out::println);
            if (System.nanoTime() - told > REPORTED_EVERY) {
                told = System.nanoTime();
                System.out.println(fuzzing.counts());
            }
        }
    }
}
