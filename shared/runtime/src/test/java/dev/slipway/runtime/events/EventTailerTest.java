package dev.slipway.runtime.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.GraphStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventTailerTest {
    @TempDir
    private Path data;

    @Test
    void eachReaderGoesOnAtItsOwnPaceAndALagShows() {
        try (ApplicationContext process = process()) {
            emit(process, "test.happened", 3);
            RecordingReader reader = process.getBean(RecordingReader.class);

            until(() -> reader.read.size() == 3);

            assertThat(reader.callersSeen).containsOnly("service:recording");
            until(() -> lag(process, "blocked") == 3);
            until(() -> lag(process, "recording") == 0);
            process.getBean(BlockedReader.class).proceed.countDown();
            until(() -> lag(process, "blocked") == 0);
        }
    }

    @Test
    void onlyTheTypesAskedForAreReadInOrder() {
        try (ApplicationContext process = process()) {
            emit(process, "test.other", 2);
            emit(process, "test.happened", 1);
            emit(process, "test.other", 1);
            emit(process, "test.happened", 1);

            until(() -> process.getBean(RecordingReader.class).read.size() == 2);

            assertThat(process.getBean(RecordingReader.class).read).isEqualTo(List.of(3L, 5L));
        }
    }

    @Test
    void anEventIsOfferedAgainWhenTheReaderCanNotTakeItNow() {
        try (ApplicationContext process = process()) {
            emit(process, "test.unavailable", 1);
            emit(process, "test.happened", 1);

            until(() -> process.getBean(RecordingReader.class).read.size() == 2);

            assertThat(process.getBean(RecordingReader.class).read).isSorted();
        }
    }

    @Test
    void aBrokenReaderPassesOverTheEvent() {
        try (ApplicationContext process = process()) {
            emit(process, "test.broken", 1);
            emit(process, "test.happened", 1);

            until(() -> process.getBean(RecordingReader.class).read.equals(List.of(2L)));
        }
    }

    @Test
    void afterARestartAReaderGoesOnWhereItStood() {
        try (ApplicationContext process = process()) {
            emit(process, "test.happened", 2);
            until(() -> process.getBean(GraphStore.class).cursor("recording") == 2);
        }
        try (ApplicationContext process = process()) {
            emit(process, "test.happened", 1);

            until(() -> !process.getBean(RecordingReader.class).read.isEmpty());

            assertThat(process.getBean(RecordingReader.class).read).containsExactly(3L);
            assertThat(process.getBean(GraphStore.class).cursor("blocked")).isZero();
        }
    }

    @Test
    void whatNobodyWantsIsPassedAndTheStoreLearnsOfItWhenNothingElseHappens() {
        try (ApplicationContext process = process()) {
            emit(process, "test.other", 1_300);

            until(() -> lag(process, "recording") == 0);
            until(() -> process.getBean(GraphStore.class).cursor("recording") == 1_300);
            emit(process, "test.happened", 1);
            until(() -> process.getBean(RecordingReader.class).read.equals(List.of(1_301L)));
        }
    }

    @Test
    void aReaderFarBehindReadsWhatIsNoLongerAmongTheNewest() {
        try (ApplicationContext process = process()) {
            emit(process, "test.happened", 1_200);
            until(() -> lag(process, "blocked") == 1_200);

            process.getBean(BlockedReader.class).proceed.countDown();

            until(() -> process.getBean(GraphStore.class).cursor("blocked") == 1_200);
            assertThat(process.getBean(RecordingReader.class).read).hasSize(1_200);
        }
    }

    @Test
    void eventsOfAnotherProcessAreFound() {
        try (ApplicationContext reading = process();
                ApplicationContext writing = process(Map.of("slipway.events.enabled", false))) {
            emit(writing, "test.happened", 2);

            until(() -> reading.getBean(RecordingReader.class).read.size() == 2);
        }
    }

    @Test
    void twoReplicasOfAReaderMissNothing() {
        try (ApplicationContext one = process();
                ApplicationContext other = process()) {
            for (int round = 0; round < 30; round++) {
                emit(round % 2 == 0 ? one : other, "test.happened", 10);
            }

            until(() -> one.getBean(GraphStore.class).cursor("recording") == 300);

            Set<Long> read = new TreeSet<>(one.getBean(RecordingReader.class).read);
            read.addAll(other.getBean(RecordingReader.class).read);
            assertThat(read)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 300).boxed().toList());
        }
    }

    private ApplicationContext process() {
        return process(Map.of(
                "slipway.test.readers",
                true,
                "slipway.events.longest-pause",
                "1s",
                "slipway.events.shutdown",
                "200ms"));
    }

    private ApplicationContext process(Map<String, Object> properties) {
        return ApplicationContext.builder(properties)
                .properties(Map.of("slipway.data", data.toString(), "slipway.test.handler", false))
                .start();
    }

    private static void emit(ApplicationContext process, String type, int count) {
        Caller caller = new Caller("test", Set.of(Role.ADMIN), Workspace.DEFAULT);
        for (int i = 0; i < count; i++) {
            process.getBean(Callers.class).runAs(caller, () -> {
                Entities entities = process.getBean(Entities.class);
                EntityRef run = EntityRef.of(EntityType.RUN, entities.newId(RunId::new));
                entities.change().event(type, run, Map.of()).commit();
            });
        }
    }

    private static double lag(ApplicationContext process, String reader) {
        return process.getBean(MeterRegistry.class)
                .get("slipway.event.reader.lag")
                .tag("reader", reader)
                .gauge()
                .value();
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
