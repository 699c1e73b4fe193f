package dev.slipway.conversion.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionProgressTest {
    @Test
    void aJobsProgressOnlyGrowsAndSaysWhatIsBeingDone() {
        List<ChildLine> lines = new ArrayList<>();
        ConversionProgress progress = new ConversionProgress(lines::add);

        for (ConversionStep step : ConversionStep.values()) {
            for (int done = 0; done <= 4; done++) {
                progress.at(step, done, 4);
            }
        }

        assertThat(lines)
                .map(line -> ((ChildLine.Progress) line).fraction())
                .isSorted()
                .startsWith(0.1)
                .endsWith(ConversionProgress.END);
        assertThat(lines).contains(new ChildLine.Progress(0.2, "Converting: finding ranges, 2 of 4"));
    }
}
