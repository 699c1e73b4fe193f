package dev.slipway.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private static final List<Entity<RunId, Run>> RUNS = List.of(run('a'), run('b'), run('c'));

    @Test
    void eachKeyIsARowWithAValueOfEachRun() {
        RunComparison comparison = RunComparison.of(RUNS, data(), false);

        assertThat(comparison.params())
                .containsExactly(
                        new RunComparison.Row<>("depth", Arrays.asList("3", null, "3"), true),
                        new RunComparison.Row<>("rate", List.of("0.1", "0.1", "0.1"), false));
        assertThat(comparison.metrics())
                .containsExactly(
                        new RunComparison.Row<>("loss", List.of(Double.NaN, Double.NaN, Double.NaN), false),
                        new RunComparison.Row<>("zero", List.of(0.0, 0.0, 0.0), false));
        assertThat(comparison.tags()).isEmpty();
    }

    @Test
    void whatIsTheSameCanBeLeftOut() {
        RunComparison comparison = RunComparison.of(RUNS, data(), true);

        assertThat(comparison.params()).extracting(RunComparison.Row::key).containsExactly("depth");
        assertThat(comparison.metrics()).isEmpty();
    }

    @Test
    void aRunWithoutDataHasNoValues() {
        assertThat(RunComparison.of(RUNS, data().subList(0, 1), false).params())
                .containsExactly(
                        new RunComparison.Row<>("depth", Arrays.asList(null, null, "3"), true),
                        new RunComparison.Row<>("rate", Arrays.asList(null, null, "0.1"), true));
    }

    @Test
    void aTableThatIsTooLargeIsRefused() {
        RunData wide = new RunData(
                RUNS.get(0).id(),
                IntStream.range(0, 70_000).mapToObj(i -> new Param("p" + i, "")).toList(),
                List.of(),
                List.of());
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> RunComparison.of(RUNS, List.of(wide), false))
                .matches(e -> e.code().equals("run.comparison"));
    }

    /** In another order than the runs. */
    private static List<RunData> data() {
        return List.of(
                new RunData(
                        RUNS.get(2).id(),
                        List.of(new Param("rate", "0.1"), new Param("depth", "3")),
                        List.of(),
                        List.of(new Metric("loss", Double.NaN, 1, 1), new Metric("zero", 0.0, 1, 1))),
                new RunData(
                        RUNS.get(0).id(),
                        List.of(new Param("depth", "3"), new Param("rate", "0.1")),
                        List.of(),
                        List.of(new Metric("loss", Double.NaN, 1, 1), new Metric("zero", -0.0, 1, 1))),
                new RunData(
                        RUNS.get(1).id(),
                        List.of(new Param("rate", "0.1")),
                        List.of(),
                        List.of(new Metric("loss", Double.NaN, 1, 1), new Metric("zero", 0.0, 1, 1))));
    }

    private static Entity<RunId, Run> run(char digit) {
        return new Entity<>(
                new RunId(String.valueOf(digit).repeat(32)),
                1,
                1,
                1,
                Run.logged(new ExperimentId("e".repeat(32)), "run", 1));
    }
}
