package dev.slipway.training.host;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.Outage;
import dev.slipway.training.metric.RunLogging;
import io.micronaut.core.propagation.PropagatedContext;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures for one run in a thread of its own, and loses a sample rather than to hold up the training. */
final class SystemWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SystemWatch.class);
    private static final long LONGEST_END_MILLIS = 5000;

    private final RunId run;
    private final HostMeter meter;
    private final SystemMetricsSettings settings;
    private final RunLogging metrics;
    private final InstantSource clock;
    private final Averages averages = new Averages();
    private final Outage outage;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private long step;

    SystemWatch(
            RunId run,
            HostMeter meter,
            SystemMetricsSettings settings,
            RunLogging metrics,
            InstantSource clock,
            long firstStep) {
        this.run = run;
        this.meter = meter;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.step = firstStep;
        this.outage = new Outage(LOG, "system metrics of run " + run + " can't be told");
        this.thread = new Thread(PropagatedContext.getOrEmpty().wrap(this::watch), "system-metrics");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            boolean last;
            do {
                last = ended.await(settings.interval().toMillis(), TimeUnit.MILLISECONDS);
                sample(last);
            } while (!last);
        } catch (InterruptedException e) {
            // Nobody waits for this thread any more.
            return;
        }
    }

    /** @param last whether it is time to log; however short a run is, it has one sample */
    private void sample(boolean last) throws InterruptedException {
        try {
            averages.add(meter.measure());
            if (last || averages.samples() >= settings.samples()) {
                log();
            }
            outage.over();
        } catch (RuntimeException e) {
            outage.failed(e);
        }
    }

    private void log() {
        long now = clock.millis();
        List<Metric> values = averages.take().entrySet().stream()
                .map(value -> new Metric(SystemMonitor.PREFIX + value.getKey(), value.getValue(), now, step))
                .toList();
        step++;
        metrics.log(run, new LogBatch(values, List.of(), List.of()));
    }

    /** Logs what it has measured, and stops. */
    void end() {
        ended.countDown();
        try {
            thread.join(LONGEST_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
