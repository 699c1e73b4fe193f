package dev.slipway.standalone.cli;

import dev.slipway.edge.Target;
import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A loaded model that is run on the same random inputs again and again. */
interface BenchedModel extends AutoCloseable {
    /** What one operator took. */
    record Step(String operator, String name, double milliseconds) {
        Map<String, Object> toObject() {
            return Map.of("operator", operator, "name", name, "milliseconds", milliseconds);
        }
    }

    /** Runs the model once and tells how long that took, in nanoseconds. */
    long run();

    /** What the runtime holds for the values of a run; empty if it does not tell. */
    OptionalLong valueBytes();

    /** What each operator takes, in the order of computation. */
    List<Step> profile(int runs);

    @Override
    void close();

    /** Loads a model; shapes are for inputs with open lengths. */
    static BenchedModel open(Path file, int threads, Map<String, List<Integer>> shapes) {
        return !ModelFile.isOnnx(file) && ModelFile.converted(file) == Target.TFLITE
                ? BenchedTflite.open(file, threads, shapes)
                : BenchedOnnx.open(file, threads, shapes);
    }

    /** Fails with {@code bench.shape} if there is a shape for something else. */
    static void check(Set<String> inputs, Set<String> shapes) {
        for (String name : shapes) {
            if (!inputs.contains(name)) {
                throw SlipwayException.invalid(
                        "bench.shape",
                        "A shape is given for '" + name + "', but the model's inputs are " + inputs + ".");
            }
        }
    }
}
