package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        sortOptions = false,
        description = "Measure how fast a model file runs here, and what memory it takes.",
        footer = {"", "Works without a server. Inputs are random; open lengths are 1 unless --shape says otherwise."})
final class BenchCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "An .onnx, .tflite or .ort file.")
    private Path file;

    @Option(names = "--runs", defaultValue = "50", paramLabel = "N", description = "Runs to measure (default: 50).")
    private int runs;

    @Option(names = "--warmup", defaultValue = "10", paramLabel = "N", description = "Runs before them (default: 10).")
    private int warmUps;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Threads for one run (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--shape",
            paramLabel = "INPUT=1,3,224,224",
            converter = InputShape.Converter.class,
            description = "The shape of an input with open lengths; once for each.")
    private List<InputShape> shapes = List.of();

    @Option(
            names = "--profile",
            description =
                    "Also tell what each operator takes. TFLite's are run one by one, so that they need not add up"
                            + " to the whole.")
    private boolean profile;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (runs < 1 || warmUps < 0 || threads < 1) {
            throw SlipwayException.invalid(
                    "bench.options", "Give at least one run and one thread, and no fewer than 0 runs to warm up.");
        }
        ModelFile.check(file);
        Latencies latencies;
        long loaded;
        OptionalLong values;
        List<BenchedModel.Step> steps;
        try (ConversionSteps progress = ConversionSteps.onStandardError(output)) {
            progress.begin("loading " + file.getFileName());
            long start = System.nanoTime();
            try (BenchedModel model = BenchedModel.open(file, threads, InputShape.byName(shapes))) {
                loaded = System.nanoTime() - start;
                for (int i = 0; i < warmUps; i++) {
                    model.run();
                    progress.at("warm-up", i + 1, warmUps);
                }
                long[] nanoseconds = new long[runs];
                for (int i = 0; i < runs; i++) {
                    nanoseconds[i] = model.run();
                    progress.at("runs", i + 1, runs);
                }
                latencies = new Latencies(nanoseconds);
                values = model.valueBytes();
                steps = profile ? model.profile(Math.min(runs, 20)) : List.of();
            }
        }
        tell(latencies, loaded, values, steps);
    }

    private void tell(Latencies latencies, long loaded, OptionalLong values, List<BenchedModel.Step> steps) {
        OptionalLong resident = ProcessMemory.peak();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("runs", runs);
        object.put("threads", threads);
        object.put("loadMilliseconds", loaded / 1e6);
        object.put("milliseconds", latencies.toObject());
        values.ifPresent(bytes -> object.put("valueBytes", bytes));
        resident.ifPresent(bytes -> object.put("peakProcessBytes", bytes));
        if (profile) {
            object.put(
                    "operators", steps.stream().map(BenchedModel.Step::toObject).toList());
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%s: %s over %,d runs, %d threads%n", file, latencies.toText(), runs, threads));
        text.append(String.format(Locale.ROOT, "load %.1f ms", loaded / 1e6));
        values.ifPresent(bytes -> text.append(String.format(Locale.ROOT, ", values %,d bytes", bytes)));
        resident.ifPresent(bytes ->
                text.append(String.format(Locale.ROOT, ", peak of this process with its JVM %,d MiB", bytes >> 20)));
        double total =
                steps.stream().mapToDouble(BenchedModel.Step::milliseconds).sum();
        steps.forEach(step -> text.append(String.format(
                Locale.ROOT,
                "%n%9.3f ms %5.1f %%  %-24s %s",
                step.milliseconds(),
                100 * step.milliseconds() / Math.max(total, 1e-9),
                step.operator(),
                step.name())));
        output.print(object, text.toString());
    }
}
