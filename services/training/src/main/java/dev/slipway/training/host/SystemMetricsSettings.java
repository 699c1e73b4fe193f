package dev.slipway.training.host;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How runs that are trained here tell of the machine's load.
 *
 * @param enabled whether they do
 * @param interval between two samples
 * @param samples how many samples are logged as one, their mean
 */
@ConfigurationProperties("slipway.training.system-metrics")
public record SystemMetricsSettings(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = "10s") Duration interval,
        @Bindable(defaultValue = "1") int samples) {
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(10);
    private static final int MOST_SAMPLES = 1000;

    /** Fails unless the numbers make sense. */
    public SystemMetricsSettings {
        if (interval.compareTo(LEAST_INTERVAL) < 0 || samples < 1 || samples > MOST_SAMPLES) {
            throw new IllegalArgumentException("slipway.training.system-metrics: the interval is at least "
                    + LEAST_INTERVAL.toMillis() + "ms and samples are 1 to " + MOST_SAMPLES + ", not "
                    + interval + " and " + samples);
        }
    }
}
