package dev.slipway.edge.fuzz;

import dev.slipway.onnx.OnnxModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Converts damaged models, each made by a seed, and keeps those that are findings. */
final class Fuzzing implements AutoCloseable {
    /** What is damaged. */
    enum Damage {
        MODEL,
        BYTES,
        OPTIONS
    }

    /**
     * What a seed has led to.
     *
     * @param model the file, which is kept
     * @param options the seed of the options that it was converted with
     */
    record Finding(Path model, long options, Verdict verdict) {
        @Override
        public String toString() {
            return model + ", options " + options + ": " + verdict.line();
        }
    }

    private static final int MOST_OF_A_CAUSE = 3;
    /** Loops may be endless, which is what their model says. */
    private static final long LOOPS_SECONDS = 10;

    private final ModelDamage models;
    private final Path folder;
    private final FuzzProcess process;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Integer> causes = new TreeMap<>();

    /**
     * Starts no process yet.
     *
     * @param folder where findings are kept, each a model and a text
     */
    Fuzzing(List<OnnxModel> seeds, Path folder, FuzzProcess process) {
        this.models = new ModelDamage(seeds);
        this.folder = folder;
        this.process = process;
    }

    /** The finding that the seed leads to, if it does and its cause was not found several times already. */
    Optional<Finding> attempt(Damage damage, long seed) throws IOException, InterruptedException {
        Chance chance = Chance.of(seed);
        byte[] file =
                switch (damage) {
                    case MODEL -> models.model(chance);
                    case BYTES -> models.bytes(chance);
                    case OPTIONS -> chance.one(3) ? models.model(chance) : models.seed(chance);
                };
        long options = damage == Damage.OPTIONS ? seed | 1 : OptionDamage.NONE;
        boolean loops = new String(file, StandardCharsets.ISO_8859_1).contains("Loop");
        Path model = folder.resolve("current.onnx");
        Files.write(model, file);
        Verdict verdict = process.convert(model, options, loops ? LOOPS_SECONDS : FuzzProcess.PATIENCE_SECONDS);
        counts.merge(counted(verdict), 1, Integer::sum);
        if (!verdict.isFinding() || (loops && verdict.kind() == Verdict.Kind.HUNG)) {
            return Optional.empty();
        }
        if (causes.merge(verdict.cause(), 1, Integer::sum) > MOST_OF_A_CAUSE) {
            return Optional.empty();
        }
        Path kept = folder.resolve(verdict.kind() + "-" + damage + "-" + seed + ".onnx");
        Files.move(model, kept, StandardCopyOption.REPLACE_EXISTING);
        Finding finding = new Finding(kept, options, verdict);
        Files.writeString(Path.of(kept.toString().replace(".onnx", ".txt")), finding + "\n");
        return Optional.of(finding);
    }

    private static String counted(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.REFUSED
                ? verdict.kind() + " " + verdict.detail().replaceAll(":.*", "")
                : verdict.kind().toString();
    }

    /** How often each outcome came about. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** How often each cause of a finding was met. */
    Map<String, Integer> causes() {
        return causes;
    }

    @Override
    public void close() {
        process.close();
    }
}
