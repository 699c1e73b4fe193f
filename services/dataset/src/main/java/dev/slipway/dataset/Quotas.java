package dev.slipway.dataset;

import dev.slipway.api.dataset.SplitName;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Divides the samples of one class after the other among the splits. What rounding takes from a split in one class it gives
 * back in a later one, so that many small classes together still fill a small split.
 */
final class Quotas {
    private final Map<SplitName, Double> fractions;
    private final Map<SplitName, Double> owed = new EnumMap<>(SplitName.class);

    Quotas(Map<SplitName, Double> fractions) {
        this.fractions = fractions;
    }

    /** How many of the next class's samples each split gets: its exact part rounded down or up, {@code samples} in all. */
    Map<SplitName, Integer> next(int samples) {
        Map<SplitName, Integer> quotas = new EnumMap<>(SplitName.class);
        int left = samples;
        for (SplitName split : SplitName.values()) {
            double exact = samples * fractions.get(split);
            int whole = Math.min(left, (int) Math.floor(exact));
            quotas.put(split, whole);
            owed.merge(split, exact - whole, Double::sum);
            left -= whole;
        }
        List<SplitName> mostOwed = Stream.of(SplitName.values())
                .sorted(Comparator.<SplitName>comparingDouble(owed::get).reversed())
                .toList();
        for (SplitName split : mostOwed.subList(0, Math.min(left, mostOwed.size()))) {
            quotas.merge(split, 1, Integer::sum);
            owed.merge(split, -1.0, Double::sum);
        }
        return quotas;
    }
}
