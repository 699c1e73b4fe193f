package dev.slipway.labeling;

import static dev.slipway.labeling.LabelingFixture.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {
    @Property(tries = 300)
    void whateverTheOutputsTheyBecomeProbabilities(
            @ForAll @Size(min = 2, max = 20) @FloatRange(min = -1e30f, max = 1e30f) float[] outputs) {
        Probabilities probabilities = Probabilities.of(outputs);

        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            assertThat(probabilities.of(i)).isBetween(0.0, 1.0);
            assertThat(probabilities.of(i)).isLessThanOrEqualTo(probabilities.of(probabilities.mostProbable()));
            sum += probabilities.of(i);
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(probabilities.uncertainty()).isBetween(0.0, 1.0);
    }

    @Test
    void probabilitiesStayAsTheyAre() {
        Probabilities probabilities = Probabilities.of(new float[] {0.25f, 0.75f});

        assertThat(probabilities.mostProbable()).isEqualTo(1);
        assertThat(probabilities.of(1)).isEqualTo(0.75);
        assertThat(probabilities.uncertainty()).isCloseTo(0.8112781, within(1e-6));
    }

    @Test
    void certaintyHasNoUncertainty() {
        assertThat(Probabilities.of(new float[] {0, 1, 0}).uncertainty()).isZero();
        assertThat(Probabilities.of(new float[] {7, 7, 7}).uncertainty()).isCloseTo(1, within(1e-9));
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Probabilities.of(new float[] {0.5f, Float.NaN}))
                .satisfies(e -> assertCode(e, "labeling.model-output"));
    }
}
