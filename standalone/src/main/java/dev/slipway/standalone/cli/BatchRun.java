package dev.slipway.standalone.cli;

import dev.slipway.edge.BatchConversion;
import dev.slipway.edge.ConversionOptions;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Converts a folder of models and counts what came of them. */
final class BatchRun {
    private final ConversionOptions options;
    private final Output output;

    BatchRun(ConversionOptions options, Output output) {
        this.options = options;
        this.output = output;
    }

    /**
     * Converts the models.
     *
     * @param resume whether those that there is a result of are left alone
     */
    void run(Path folder, Path out, boolean resume) {
        List<Path> cases = BatchConversion.cases(folder);
        if (cases.isEmpty()) {
            throw SlipwayException.invalid(
                    "convert.no-cases", folder + " has no models: each is in a folder of its own, as NAME/model.onnx.");
        }
        make(out);
        BatchConversion batch = new BatchConversion(options);
        List<Path> todo = resume ? batch.remaining(cases, out) : cases;
        try (ConversionSteps steps = ConversionSteps.onStandardError(output)) {
            int[] done = {cases.size() - todo.size()};
            batch.convert(todo, out, (name, failure) -> steps.at(name, ++done[0], cases.size()));
        }
        long refused = cases.stream()
                .filter(one -> Files.exists(out.resolve(one.getFileName() + ".err")))
                .count();
        long converted = cases.size() - refused;
        output.print(
                Map.of("cases", cases.size(), "converted", converted, "refused", refused, "output", out.toString()),
                converted + " of " + cases.size() + " models converted to " + out + "; the reasons of " + refused
                        + " refusals are in its .err files");
    }

    private static void make(Path out) {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "file.unwritable", "Can't write to the folder " + out + " (" + e + ").", e);
        }
    }
}
