package dev.slipway.training.host;

import dev.slipway.api.training.Metric;
import dev.slipway.api.training.RunData;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.metric.RunLogging;
import dev.slipway.training.metric.RunMetrics;
import dev.slipway.training.run.LoggedData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the load of this machine to the runs that are trained on it, as MLflow's clients do to theirs. */
@Singleton
public final class SystemMonitor {
    /** What the names of all system metrics begin with. */
    public static final String PREFIX = "system/";

    private static final Logger LOG = LoggerFactory.getLogger(SystemMonitor.class);

    private static final Duration WORKER_INTERVAL = Duration.ofSeconds(10);

    private final SystemMetricsSettings settings;
    private final RunLogging metrics;
    private final ToLongFunction<RunId> firstStep;
    private final InstantSource clock;
    private final Optional<NvidiaSmi> nvidia;

    @Inject
    SystemMonitor(
            SystemMetricsSettings settings,
            RunMetrics metrics,
            LoggedData logged,
            HostTools tools,
            InstantSource clock) {
        this(settings, metrics, run -> nextStep(logged, run), tools, clock);
    }

    private SystemMonitor(
            SystemMetricsSettings settings,
            RunLogging metrics,
            ToLongFunction<RunId> firstStep,
            HostTools tools,
            InstantSource clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.firstStep = firstStep;
        this.clock = clock;
        this.nvidia = tools.nvidia();
    }

    /** One for a process that has no settings, and carries out a single run from its start. */
    public static SystemMonitor ofWorker(RunLogging metrics) {
        return new SystemMonitor(
                new SystemMetricsSettings(true, WORKER_INTERVAL, 1),
                metrics,
                run -> 0,
                HostTools.ofThisMachine(),
                InstantSource.system());
    }

    /** Does the work, and logs to the run meanwhile, in the name of the calling thread's caller. */
    public <T> T during(RunId run, Work<T> work) throws InterruptedException {
        Optional<SystemWatch> watch = settings.enabled() ? watch(run) : Optional.empty();
        try {
            return work.carryOut();
        } finally {
            watch.ifPresent(SystemWatch::end);
        }
    }

    private Optional<SystemWatch> watch(RunId run) {
        try {
            SystemWatch watch =
                    new SystemWatch(run, new HostMeter(nvidia), settings, metrics, clock, firstStep.applyAsLong(run));
            watch.start();
            return Optional.of(watch);
        } catch (LinkageError e) {
            // The library's native part is not made for every platform; trainings go on without it.
            LOG.warn("the load of this machine can't be measured", e);
            return Optional.empty();
        }
    }

    /** A run that is started again after its process died goes on after what it has logged. */
    private static long nextStep(LoggedData logged, RunId run) {
        return logged.of(List.of(run)).stream()
                        .map(RunData::metrics)
                        .flatMap(List::stream)
                        .filter(metric -> metric.key().startsWith(PREFIX))
                        .mapToLong(Metric::step)
                        .max()
                        .orElse(-1)
                + 1;
    }

    /** What takes long. */
    @FunctionalInterface
    public interface Work<T> {
        T carryOut() throws InterruptedException;
    }
}
