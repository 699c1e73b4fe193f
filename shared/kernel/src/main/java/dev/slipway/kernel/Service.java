package dev.slipway.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The services of the suite. {@link #RUNTIME} is what every process carries: its jobs and tokens. */
public enum Service {
    LABELING,
    DATASET,
    TRAINING,
    REGISTRY,
    CONVERSION,
    MONITORING,
    LINEAGE,
    GATEWAY,
    RUNTIME;

    /** The lower-case name, as in configuration keys and on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The service of that lower-case name. */
    public static Service of(String wireName) {
        return Arrays.stream(values())
                .filter(service -> service != RUNTIME && service.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> SlipwayException.invalid(
                        "service.unknown",
                        "There is no service '" + wireName + "'; the services are "
                                + Arrays.stream(values())
                                        .filter(service -> service != RUNTIME)
                                        .map(Service::wireName)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
