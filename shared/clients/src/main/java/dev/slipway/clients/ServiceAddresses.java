package dev.slipway.clients;

import dev.slipway.kernel.Service;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the addresses of other processes' services from {@code SLIPWAY_<SERVICE>_URL}, as short forms of Micronaut's {@code
 * micronaut.http.services.<service>.url}, which wins where it is set.
 */
@ContextConfigurer
public final class ServiceAddresses implements ApplicationContextConfigurer {
    /** Above the defaults of services, below everything that people configure. */
    private static final int ORDER = -900;

    @Override
    public void configure(ApplicationContextBuilder builder) {
        Map<String, Object> addresses = new HashMap<>();
        for (Service service : Service.values()) {
            String address = System.getenv(variable(service.wireName()));
            if (address != null && !address.isBlank()) {
                addresses.put("micronaut.http.services." + service.wireName() + ".url", address);
            }
        }
        if (!addresses.isEmpty()) {
            builder.propertySources(PropertySource.of("service-addresses", addresses, ORDER));
        }
    }

    static String variable(String service) {
        return "SLIPWAY_" + service.toUpperCase(Locale.ROOT) + "_URL";
    }
}
