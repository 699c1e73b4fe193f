package dev.slipway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitterTest {
    @Property(tries = 200)
    void everyContentIsInExactlyOneSplit(
            @ForAll("contents") List<ContentGroup> contents,
            @ForAll("fractions") SplitFractions fractions,
            @ForAll long seed) {
        Map<SplitName, List<ContentGroup>> splits = split(contents, fractions, seed, Map.of());

        assertThat(splits.values().stream().flatMap(List::stream).toList())
                .containsExactlyInAnyOrderElementsOf(contents);
    }

    @Property(tries = 200)
    void eachClassHasItsShareOfEachSplitUpToOne(
            @ForAll("singles") List<ContentGroup> contents,
            @ForAll("fractions") SplitFractions fractions,
            @ForAll long seed) {
        Map<SplitName, List<ContentGroup>> splits = split(contents, fractions, seed, Map.of());

        for (int index = 0; index < 5; index++) {
            int all = samples(contents, index);
            assertThat((double) samples(splits.get(SplitName.TRAIN), index))
                    .isCloseTo(all * fractions.train(), within(1.0));
            assertThat((double) samples(splits.get(SplitName.VALIDATION), index))
                    .isCloseTo(all * fractions.validation(), within(1.0));
            assertThat((double) samples(splits.get(SplitName.TEST), index))
                    .isCloseTo(all * fractions.test(), within(1.0));
        }
    }

    @Property(tries = 200)
    void equalContentKeepsTogetherAndTheShareIsOffByItsSizeAtMost(
            @ForAll("contents") List<ContentGroup> contents, @ForAll long seed) {
        Map<SplitName, List<ContentGroup>> splits = split(contents, SplitFractions.DEFAULT, seed, Map.of());

        int largest = contents.stream().mapToInt(ContentGroup::count).max().orElse(0);
        for (int index = 0; index < 5; index++) {
            assertThat((double) samples(splits.get(SplitName.TEST), index))
                    .isCloseTo(samples(contents, index) * 0.2, within(1.0 + 2 * largest));
        }
    }

    @Property(tries = 200)
    void theOrderOfSamplesDoesNotMatter(
            @ForAll("contents") List<ContentGroup> contents, @ForAll long seed, @ForAll Random random) {
        List<ContentGroup> shuffled = new ArrayList<>(contents);
        Collections.shuffle(shuffled, random);

        assertThat(places(split(shuffled, SplitFractions.DEFAULT, seed, Map.of())))
                .isEqualTo(places(split(contents, SplitFractions.DEFAULT, seed, Map.of())));
    }

    @Property(tries = 200)
    void addedSamplesMoveNone(
            @ForAll("contents") List<ContentGroup> contents,
            @ForAll("fractions") SplitFractions fractions,
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int first) {
        List<ContentGroup> before = contents.subList(0, Math.min(first, contents.size()));
        Map<Digest, SplitName> placed = places(split(before, fractions, seed, Map.of()));

        Map<Digest, SplitName> after = places(split(contents, fractions, seed, placed));

        assertThat(after).containsAllEntriesOf(placed).hasSize(contents.size());
    }

    @Test
    void anotherSeedMakesAnotherAssignment() {
        List<ContentGroup> contents = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            contents.add(content(i, 0, 1));
        }

        assertThat(places(split(contents, SplitFractions.DEFAULT, 1, Map.of())))
                .isNotEqualTo(places(split(contents, SplitFractions.DEFAULT, 2, Map.of())));
    }

    @Test
    void manySmallClassesFillASmallSplitTogether() {
        List<ContentGroup> contents = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            contents.add(content(i, i / 3, 1));
        }

        Map<SplitName, List<ContentGroup>> splits = split(contents, SplitFractions.DEFAULT, 7, Map.of());

        assertThat(splits.get(SplitName.TRAIN)).hasSizeBetween(20, 22);
        assertThat(splits.get(SplitName.VALIDATION)).hasSizeBetween(2, 4);
        assertThat(splits.get(SplitName.TEST)).hasSizeBetween(5, 7);
    }

    @Provide
    Arbitrary<List<ContentGroup>> contents() {
        return contentsOf(Arbitraries.integers().between(1, 4));
    }

    @Provide
    Arbitrary<List<ContentGroup>> singles() {
        return contentsOf(Arbitraries.just(1));
    }

    private static Arbitrary<List<ContentGroup>> contentsOf(Arbitrary<Integer> counts) {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 10_000);
        Arbitrary<Integer> classes = Arbitraries.integers().between(0, 4);
        return Combinators.combine(numbers, classes, counts)
                .as(SplitterTest::content)
                .list()
                .uniqueElements(ContentGroup::content)
                .ofMaxSize(200);
    }

    @Provide
    Arbitrary<SplitFractions> fractions() {
        Arbitrary<Integer> parts = Arbitraries.integers().between(1, 20);
        return Combinators.combine(parts, parts, parts).as((train, validation, test) -> {
            double all = train + validation + test;
            return new SplitFractions(train / all, validation / all, test / all);
        });
    }

    private static ContentGroup content(int number, int classIndex, int count) {
        Digest digest = Digest.of(ByteBuffer.allocate(4).putInt(number).array());
        return new ContentGroup(digest, classIndex, new Tensor(List.of(1), new float[] {number}), count);
    }

    private static Map<SplitName, List<ContentGroup>> split(
            List<ContentGroup> contents, SplitFractions fractions, long seed, Map<Digest, SplitName> kept) {
        List<ContentGroup> sorted = contents.stream()
                .sorted(Comparator.comparing(ContentGroup::content))
                .toList();
        Map<SplitName, List<ContentGroup>> unsorted = new Splitter(fractions, seed, kept).split(contents);
        assertThat(places(unsorted)).isEqualTo(places(new Splitter(fractions, seed, kept).split(sorted)));
        return unsorted;
    }

    private static Map<Digest, SplitName> places(Map<SplitName, List<ContentGroup>> splits) {
        Map<Digest, SplitName> places = new HashMap<>();
        Set<Digest> seen = new HashSet<>();
        splits.forEach((split, groups) -> groups.forEach(group -> {
            assertThat(seen.add(group.content())).isTrue();
            places.put(group.content(), split);
        }));
        return places;
    }

    private static int samples(List<ContentGroup> groups, int classIndex) {
        return groups.stream()
                .filter(group -> group.classIndex() == classIndex)
                .mapToInt(ContentGroup::count)
                .sum();
    }
}
