package dev.slipway.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.cli.CommandResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The figures that the demo promises, of a first run and of a second one on the same data folder. */
@ExtendWith(DemoRuns.class)
class DemoTest {
    private final DemoRuns.Data runs;

    DemoTest(DemoRuns.Data runs) {
        this.runs = runs;
    }

    @Test
    void everyStepOfTheFirstRunSucceeds() {
        keepsItsPromises(runs.first());
    }

    @Test
    void theSecondRunAddsVersionsToTheFirst() {
        Map<String, Object> first = runs.first().json();

        keepsItsPromises(runs.second());
        Map<String, Object> second = runs.second().json();

        assertThat(number(first, "after", "version")).isGreaterThan(number(first, "before", "version"));
        assertThat(number(second, "before", "version")).isGreaterThan(number(first, "after", "version"));
        assertThat(number(second, "after", "version")).isGreaterThan(number(second, "before", "version"));
        assertThat(number(second, "before", "release")).isGreaterThan(number(first, "after", "release"));
        assertThat(number(second, "after", "release")).isGreaterThan(number(second, "before", "release"));
    }

    private static void keepsItsPromises(CommandResult result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        Map<String, Object> report = result.json();
        assertThat(report).containsOnlyKeys("shift", "before", "after", "steps", "seconds", "graphql");
        assertThat(number(report, "before", "cleanAccuracy")).isBetween(0.96, 1.0);
        assertThat(number(report, "after", "shiftedAccuracy") - number(report, "before", "shiftedAccuracy"))
                .as("gain on shifted images: %s", report)
                .isGreaterThanOrEqualTo(0.10);
        assertThat(number(report, "before", "cleanAccuracy") - number(report, "after", "cleanAccuracy"))
                .as("loss on clean images: %s", report)
                .isLessThanOrEqualTo(0.01);
        for (String when : new String[] {"before", "after"}) {
            for (String target : new String[] {"TFLITE", "ORT"}) {
                assertThat(number(object(report, when), "parityErrors", target)).isBetween(0.0, 1e-4);
                assertThat(number(object(report, when), "sizes", target)).isBetween(1_000.0, 1_000_000.0);
            }
        }
        assertThat(object(report, "steps"))
                .containsKeys("labeling", "delivery", "usual stream", "shifted stream")
                .hasSizeGreaterThan(8);
        assertThat(report.get("graphql").toString()).matches("http://(127\\.0\\.0\\.1|localhost):\\d+/graphql");
        // Progress is live, and out of the way of who reads the report.
        assertThat(result.err()).contains("From labels to a phone", "The world changes", "Retraining");
    }

    private static double number(Map<String, Object> report, String object, String name) {
        return ((Number) object(report, object).get(name)).doubleValue();
    }

    @SuppressWarnings("unchecked") // The values of an object in an object have no other type.
    private static Map<String, Object> object(Map<String, Object> report, String name) {
        return (Map<String, Object>) report.get(name);
    }
}
