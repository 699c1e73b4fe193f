package dev.slipway.training.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The means of samples, to one decimal place as MLflow logs them; of what only grows, the last value. For use by one thread. */
final class Averages {
    private static final Set<String> COUNTERS = Set.of("network_receive_megabytes", "network_transmit_megabytes");

    private final Map<String, Double> sums = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int samples;

    void add(Map<String, Double> sample) {
        samples++;
        sample.forEach((name, value) -> {
            if (COUNTERS.contains(name)) {
                sums.put(name, value);
                counts.put(name, 1);
            } else {
                sums.merge(name, value, Double::sum);
                counts.merge(name, 1, Integer::sum);
            }
        });
    }

    int samples() {
        return samples;
    }

    /** The means, with which it begins anew. */
    Map<String, Double> take() {
        Map<String, Double> means = new TreeMap<>();
        sums.forEach((name, sum) -> {
            double mean = sum / counts.get(name);
            means.put(name, COUNTERS.contains(name) ? mean : Math.round(mean * 10) / 10.0);
        });
        sums.clear();
        counts.clear();
        samples = 0;
        return means;
    }
}
