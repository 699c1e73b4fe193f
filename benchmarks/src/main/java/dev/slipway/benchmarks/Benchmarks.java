package dev.slipway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the load programs that are named, or all of them, each in an empty folder, and prints what they measure. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Measurement> known = measurements();
        List<String> names = arguments.length == 0 ? List.copyOf(known.keySet()) : List.of(arguments);
        if (!known.keySet().containsAll(names)) {
            throw new IllegalArgumentException("there are " + known.keySet() + ", not all of " + names);
        }
        System.out.printf("%d cores, Java %s%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
        for (String name : names) {
            Path folder = Files.createTempDirectory("slipway-benchmark");
            try {
                known.get(name).run(folder, System.out);
            } finally {
                delete(folder);
            }
        }
    }

    private static Map<String, Measurement> measurements() {
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        measurements.put("single-appends", new MetricAppends(1, List.of(1)));
        measurements.put("appends", new MetricAppends(1000, List.of(1, 10, 100, 1000)));
        measurements.put("search", new RunSearch());
        measurements.put("facets", new FacetSearches());
        measurements.put("lineage", new LineageWalks());
        measurements.put("artifacts", new ArtifactCopies());
        measurements.put("cassandra", new CassandraAppends());
        measurements.put("syncs", new CommitSyncs());
        measurements.put("conversions", new WarmConversions());
        return measurements;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
