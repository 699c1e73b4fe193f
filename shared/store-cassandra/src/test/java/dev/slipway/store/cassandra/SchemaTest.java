package dev.slipway.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.metric.Series;
import dev.slipway.store.tests.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables are made in steps, whoever else makes them and wherever it ended before. */
@ExtendWith(SharedServer.class)
class SchemaTest {
    private final SharedServer.Running server;
    private CassandraSettings settings;
    private CqlSession session;

    SchemaTest(SharedServer.Running server) {
        this.server = server;
    }

    @BeforeEach
    void connect() {
        settings = server.fresh();
        CassandraErrors errors = new CassandraErrors(settings);
        session = new Connector(settings, errors, Waiting.whileOpening(errors)).connect();
    }

    @AfterEach
    void disconnect() {
        session.close();
    }

    @Test
    void afreshItIsMadeOnceAndFoundAgain() {
        assertThatItWorks();
        assertThat(steps()).containsExactly(1, 2, 3);
        assertThatItWorks();
        assertThat(steps()).containsExactly(1, 2, 3);
    }

    @Test
    void anInterruptedUpgradeIsGoneOnWith() {
        CassandraErrors errors = new CassandraErrors(settings);
        SchemaKeeper keeper = new SchemaKeeper(session, settings, Waiting.whileOpening(errors));
        keeper.upgrade(MetricSchema.STEPS.subList(0, 1), List.of("metric_series"));
        // The next step was done, but its process died before it could say so.
        session.execute(
                MetricSchema.STEPS.get(1).replace("EXISTS metric", "EXISTS " + settings.keyspace() + ".metric"));
        assertThat(steps()).containsExactly(1);
        assertThatItWorks();
        assertThat(steps()).containsExactly(1, 2, 3);
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() {
        CassandraMetricStore.open(settings).close();
        session.execute(
                "INSERT INTO " + settings.keyspace() + ".slipway_schema (component, step) VALUES ('metrics', 4)");
        Refusals.assertRefused(
                () -> CassandraMetricStore.open(settings).close(), ErrorKind.UNSUPPORTED, "store.newer-version");
        assertThat(steps()).containsExactly(1, 2, 3, 4);
    }

    @RepeatedTest(3)
    void processesThatBeginAtOnceAllSucceed() throws Exception {
        int processes = 3;
        CyclicBarrier start = new CyclicBarrier(processes);
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        try {
            List<Future<?>> opened = new ArrayList<>();
            for (int process = 0; process < processes; process++) {
                opened.add(threads.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    assertThatItWorks();
                    return null;
                }));
            }
            for (Future<?> one : opened) {
                one.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(steps()).containsExactly(1, 2, 3);
    }

    private void assertThatItWorks() {
        Series series = Points.series();
        try (CassandraMetricStore store = CassandraMetricStore.open(settings)) {
            Points.append(store, series, Points.steps(1, 2));
            assertThat(Points.all(store, series)).isEqualTo(Points.steps(1, 2));
        }
    }

    private List<Integer> steps() {
        return session
                .execute("SELECT step FROM " + settings.keyspace() + ".slipway_schema WHERE component = 'metrics'")
                .all()
                .stream()
                .map((Row row) -> row.getInt("step"))
                .toList();
    }
}
