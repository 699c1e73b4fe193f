package dev.slipway.standalone;

import dev.slipway.kernel.Service;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server process is to be.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 for any free one
 * @param data the folder of the embedded stores
 * @param services those that run in this process
 */
public record ServerSettings(String host, int port, Path data, Set<Service> services) {
    public ServerSettings {
        services = Set.copyOf(services);
    }

    /** Every service and the gateway. */
    public static Set<Service> allServices() {
        return Arrays.stream(Service.values())
                .filter(service -> service != Service.RUNTIME)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The configuration that says the same to Micronaut. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", host);
        properties.put("micronaut.server.port", port == 0 ? -1 : port);
        properties.put("slipway.data", data.toAbsolutePath().toString());
        properties.put("slipway.version", ProductVersion.number());
        properties.put("otel.service.name", name());
        for (Service service : allServices()) {
            properties.put("slipway.services." + service.wireName(), services.contains(service));
        }
        return properties;
    }

    /** How traces name this process. */
    private String name() {
        return services.size() == 1 ? "slipway-" + services.iterator().next().wireName() : "slipway";
    }
}
