package dev.slipway.gateway.schema;

import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs side by side: a row for each key, a value for each run. */
record RunComparison(
        List<Entity<RunId, Run>> runs, List<Row<String>> params, List<Row<String>> tags, List<Row<Double>> metrics) {
    static final int MIN_RUNS = 2;
    static final int MAX_RUNS = 100;
    /** So many values are in one comparison. */
    private static final int MAX_VALUES = 200_000;

    /**
     * One key.
     *
     * @param values null where a run lacks it
     * @param differs whether any two differ, or a run lacks it
     */
    record Row<V>(String key, List<V> values, boolean differs) {}

    /**
     * Puts runs side by side.
     *
     * @param data in any order; that of a run without any may be missing
     * @throws SlipwayException {@code run.comparison} when there are more than 200,000 values to show
     */
    static RunComparison of(List<Entity<RunId, Run>> runs, List<RunData> data, boolean onlyDifferences) {
        Map<RunId, RunData> byRun = new HashMap<>();
        data.forEach(logged -> byRun.put(logged.run(), logged));
        List<RunData> inOrder = runs.stream()
                .map(run -> byRun.getOrDefault(run.id(), new RunData(run.id(), List.of(), List.of(), List.of())))
                .toList();
        RunComparison comparison = new RunComparison(
                runs,
                rows(inOrder, RunData::params, Param::key, Param::value, onlyDifferences),
                rows(inOrder, RunData::tags, Param::key, Param::value, onlyDifferences),
                // Adding zero makes both zeros the same.
                rows(inOrder, RunData::metrics, Metric::key, metric -> metric.value() + 0.0, onlyDifferences));
        int rows = comparison.params.size() + comparison.tags.size() + comparison.metrics.size();
        if ((long) rows * runs.size() > MAX_VALUES) {
            throw SlipwayException.tooLarge(
                    "run.comparison",
                    rows + " keys of " + runs.size() + " runs are more than the " + MAX_VALUES
                            + " values of one comparison; compare fewer runs, or ask for differences only.");
        }
        return comparison;
    }

    private static <T, V> List<Row<V>> rows(
            List<RunData> runs,
            Function<RunData, List<T>> part,
            Function<T, String> key,
            Function<T, V> value,
            boolean onlyDifferences) {
        Map<String, List<V>> values = new TreeMap<>();
        for (int run = 0; run < runs.size(); run++) {
            for (T logged : part.apply(runs.get(run))) {
                values.computeIfAbsent(
                                key.apply(logged), any -> new ArrayList<>(Collections.nCopies(runs.size(), null)))
                        .set(run, value.apply(logged));
            }
        }
        return values.entrySet().stream()
                .map(row -> new Row<>(row.getKey(), row.getValue(), differs(row.getValue())))
                .filter(row -> row.differs() || !onlyDifferences)
                .toList();
    }

    private static boolean differs(List<?> values) {
        return values.stream().anyMatch(value -> !Objects.equals(value, values.get(0)));
    }
}
