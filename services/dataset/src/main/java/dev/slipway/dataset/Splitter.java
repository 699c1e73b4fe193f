package dev.slipway.dataset;

import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.kernel.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Assigns contents to splits, class by class. Each class has a quota per split; contents that had a place keep it, and the
 * others, in an order that depends only on the seed and on themselves, go one by one to the split that lacks most.
 *
 * <p>With every content once and none placed before, each class has its quota in each split, which is less than one sample
 * off the fraction's exact part.
 */
final class Splitter {
    private final Map<SplitName, Double> fractions;
    private final long seed;
    private final Map<Digest, SplitName> kept;

    /** @param kept where contents have been before; those that are no more do not matter */
    Splitter(SplitFractions fractions, long seed, Map<Digest, SplitName> kept) {
        this.fractions = new EnumMap<>(Map.of(
                SplitName.TRAIN, fractions.train(),
                SplitName.VALIDATION, fractions.validation(),
                SplitName.TEST, fractions.test()));
        this.seed = seed;
        this.kept = kept;
    }

    /** The contents of each split, in the order given. */
    Map<SplitName, List<ContentGroup>> split(List<ContentGroup> contents) {
        Map<Digest, SplitName> places = place(contents);
        Map<SplitName, List<ContentGroup>> splits = new EnumMap<>(SplitName.class);
        for (SplitName split : SplitName.values()) {
            splits.put(
                    split,
                    contents.stream()
                            .filter(group -> places.get(group.content()) == split)
                            .toList());
        }
        return splits;
    }

    private Map<Digest, SplitName> place(List<ContentGroup> contents) {
        Map<Integer, List<ContentGroup>> byClass = new TreeMap<>();
        contents.forEach(group -> byClass.computeIfAbsent(group.classIndex(), none -> new ArrayList<>())
                .add(group));
        Map<Digest, SplitName> places = new TreeMap<>();
        Quotas quotas = new Quotas(fractions);
        byClass.values().forEach(groups -> placeClass(groups, quotas, places));
        return places;
    }

    private void placeClass(List<ContentGroup> groups, Quotas quotas, Map<Digest, SplitName> places) {
        Map<SplitName, Integer> lacking =
                quotas.next(groups.stream().mapToInt(ContentGroup::count).sum());
        List<ContentGroup> unplaced = new ArrayList<>();
        for (ContentGroup group : groups) {
            SplitName place = kept.get(group.content());
            if (place == null) {
                unplaced.add(group);
            } else {
                put(group, place, lacking, places);
            }
        }
        unplaced.sort(Comparator.comparing(this::rank).thenComparing(ContentGroup::content));
        for (ContentGroup group : unplaced) {
            put(group, mostLacking(lacking), lacking, places);
        }
    }

    private static void put(
            ContentGroup group, SplitName place, Map<SplitName, Integer> lacking, Map<Digest, SplitName> places) {
        places.put(group.content(), place);
        lacking.merge(place, -group.count(), Integer::sum);
    }

    private static SplitName mostLacking(Map<SplitName, Integer> lacking) {
        SplitName most = SplitName.TRAIN;
        for (SplitName split : SplitName.values()) {
            if (lacking.get(split) > lacking.get(most)) {
                most = split;
            }
        }
        return most;
    }

    private Digest rank(ContentGroup group) {
        byte[] content = HexFormat.of().parseHex(group.content().hex());
        return Digest.of(ByteBuffer.allocate(Long.BYTES + content.length)
                .putLong(seed)
                .put(content)
                .array());
    }
}
