package dev.slipway.edge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.fuzz.Fuzzing.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever model is converted, with whatever options, there is a verified file or an error that says why not. Conversions
 * run in a process of their own, so that one that ends it is a failure here and not the end of the build; what was found
 * is kept in {@code target/fuzz}. For a longer search see {@code .ci/fuzz.sh}.
 */
class ConversionFuzzTest {
    /** Of one try; on a busy machine fewer are tried. */
    private static final int MOST_MODELS = 250;

    private static final int MOST_CRASHES = 2;
    private static final long MOST_NANOS = Duration.ofSeconds(9).toNanos();

    /** The same models each time, so that a build fails for what has changed; {@code .ci/fuzz.sh} looks for new ones. */
    @Property(tries = 6, seed = "5", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void damagedModels(@ForAll long seed) throws IOException, InterruptedException {
        check(seed);
    }

    /**
     * ONNX Runtime's and TFLite's native code has more ways to end a process than are known: what finds one is printed
     * and kept, and a failure only if there are several.
     */
    private static void check(long seed) throws IOException, InterruptedException {
        List<Fuzzing.Finding> findings = findings(seed);
        findings.forEach(System.out::println);
        assertThat(findings)
                .filteredOn(finding -> finding.verdict().kind() != Verdict.Kind.CRASHED)
                .isEmpty();
        assertThat(findings).hasSizeLessThan(MOST_CRASHES + 1);
    }

    private static List<Fuzzing.Finding> findings(long seed) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "fuzz", Long.toString(seed)));
        List<Fuzzing.Finding> findings = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(seed);
        long end = System.nanoTime() + MOST_NANOS;
        // Whether results hold on other inputs is not asked here: where values are rounded, they need not.
        try (Fuzzing fuzzing = new Fuzzing(Seeds.ofTests(), folder, new FuzzProcess(folder, false))) {
            for (int i = 0; i < MOST_MODELS && System.nanoTime() < end; i++) {
                Damage damage = i % 4 == 0 ? Damage.OPTIONS : i % 4 == 1 ? Damage.BYTES : Damage.MODEL;
                fuzzing.attempt(damage, seeds.nextLong()).ifPresent(findings::add);
            }
        }
        return findings;
    }
}
