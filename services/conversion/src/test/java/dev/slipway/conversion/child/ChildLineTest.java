package dev.slipway.conversion.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildLineTest {
    @Test
    void whatIsWrittenIsReadBack() {
        for (ChildLine line : new ChildLine[] {
            new ChildLine.Begun(),
            new ChildLine.Progress(0.25, "half of the half"),
            new ChildLine.Progress(1, ""),
            new ChildLine.Log("ä b  c"),
            new ChildLine.Done()
        }) {
            assertThat(ChildLine.read(line.written())).contains(line);
        }
    }

    @Test
    void messagesStayInOneLine() {
        assertThat(new ChildLine.Log("a\nslipway done\r").written()).isEqualTo("slipway log a slipway done ");
    }

    @Test
    void everythingElseIsNoise() {
        assertThat(ChildLine.read("INFO: Created a delegate")).isEmpty();
        assertThat(ChildLine.read("slipway")).isEmpty();
        assertThat(ChildLine.read("slipway dance")).isEmpty();
        assertThat(ChildLine.read("slipway progress")).isEmpty();
        assertThat(ChildLine.read("slipway progress much")).isEmpty();
    }
}
