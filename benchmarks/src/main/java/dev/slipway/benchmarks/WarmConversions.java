package dev.slipway.benchmarks;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the conversion of each model of a folder takes in a JVM that has converted others before, as in the conversion
 * service; the median of some rounds. The property {@code slipway.benchmarks.models} names the folder.
 */
final class WarmConversions implements Measurement {
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;

    @Override
    public void run(Path folder, PrintStream out) throws IOException {
        String models = System.getProperty("slipway.benchmarks.models");
        if (models == null) {
            out.println("conversions: no models; run conversion.sh, which downloads some and sets a peer beside it");
            return;
        }
        List<Path> files;
        try (Stream<Path> children = Files.list(Path.of(models))) {
            files = children.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
        for (int round = 0; round < WARM_UP; round++) {
            files.forEach(WarmConversions::milliseconds);
        }
        for (Path file : files) {
            double[] taken = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                taken[round] = milliseconds(file);
            }
            String name = file.getFileName().toString().replaceFirst("\\.onnx$", "");
            out.printf("%s %.1f%n", name, Percentiles.of(taken).median());
        }
    }

    /** Not a number for what can't be converted. */
    private static double milliseconds(Path file) {
        long start = System.nanoTime();
        try {
            new Converter().convert(OnnxReader.read(file), ConversionOptions.to(Target.TFLITE));
        } catch (SlipwayException e) {
            return Double.NaN;
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
