package dev.slipway.clients;

import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the addresses of other processes' services from {@code SLIPWAY_<SERVICE>_URL}, one or, separated by commas, one for
 * each replica, as short forms of Micronaut's {@code micronaut.http.services.<service>.url} and {@code urls}, which win where
 * they are set.
 */
@ContextConfigurer
public final class ServiceAddresses implements ApplicationContextConfigurer {
    /** Above the defaults of services, below everything that people configure. */
    private static final int ORDER = -900;

    @Override
    public void configure(ApplicationContextBuilder builder) {
        Map<String, Object> addresses = read(System.getenv());
        if (!addresses.isEmpty()) {
            builder.propertySources(PropertySource.of("service-addresses", addresses, ORDER));
        }
    }

    /**
     * The properties that environment variables make.
     *
     * @throws SlipwayException {@code INVALID} with code {@code service.address} for one that is no address
     */
    static Map<String, Object> read(Map<String, String> environment) {
        Map<String, Object> addresses = new HashMap<>();
        for (Service service : Service.values()) {
            String variable = variable(service.wireName());
            List<String> urls = Arrays.stream(
                            environment.getOrDefault(variable, "").split(","))
                    .map(String::strip)
                    .filter(url -> !url.isEmpty())
                    .toList();
            urls.forEach(url -> check(variable, url));
            String key = "micronaut.http.services." + service.wireName();
            if (urls.size() == 1) {
                addresses.put(key + ".url", urls.get(0));
            } else if (!urls.isEmpty()) {
                addresses.put(key + ".urls", urls);
            }
        }
        return addresses;
    }

    private static void check(String variable, String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean root = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            if (http && uri.getHost() != null && uri.getUserInfo() == null && root && uri.getRawQuery() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Told below like everything else that is no address.
        }
        throw SlipwayException.invalid(
                "service.address",
                variable + " holds '" + url + "'; it has to be an address like http://host:8080, or several"
                        + " separated by commas, without paths or credentials.");
    }

    static String variable(String service) {
        return "SLIPWAY_" + service.toUpperCase(Locale.ROOT) + "_URL";
    }
}
