package dev.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.kernel.SlipwayException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(OutageTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Outage outage = new Outage(log, "the log can't be read");

    @BeforeEach
    void listen() {
        log.detachAndStopAllAppenders();
        log.setAdditive(false);
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
    }

    @Test
    void oneLineTellsOfManyFailures() {
        for (int i = 0; i < 1000; i++) {
            outage.failed(SlipwayException.unavailable("store.unreachable", "Nobody is there.", null));
        }
        assertThat(told()).containsExactly("the log can't be read now (try 1): Nobody is there.");
        assertThat(outage.failures()).isEqualTo(1000);

        outage.over();
        outage.over();

        assertThat(told()).hasSize(2).last().isEqualTo("no longer after 1000 tries: the log can't be read");
        assertThat(outage.failures()).isZero();
    }

    @Test
    void theNextOutageIsToldAtOnce() {
        outage.failed(SlipwayException.unavailable("store.unreachable", "Nobody is there.", null));
        outage.over();
        outage.failed(SlipwayException.unavailable("store.unreachable", "Again nobody.", null));

        assertThat(told()).hasSize(3).last().asString().contains("Again nobody.");
    }

    @Test
    void aDefectIsToldWithItsTrace() {
        outage.failed(new IllegalStateException("a defect"));

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("a defect");
        });
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
