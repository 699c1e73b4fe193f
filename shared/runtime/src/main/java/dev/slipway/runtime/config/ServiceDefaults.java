package dev.slipway.runtime.config;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Loads every {@code META-INF/service-defaults.yml} of the class path, below all other sources of configuration: of
 * several {@code application.yml} Micronaut reads one only, and that one belongs to whoever runs the process.
 */
@ContextConfigurer
public final class ServiceDefaults implements ApplicationContextConfigurer {
    private static final String FILE = "META-INF/service-defaults.yml";

    /** Below Micronaut's own lowest, the one of {@code application.yml}. */
    private static final int ORDER = -1000;

    @Override
    public void configure(ApplicationContextBuilder builder) {
        try {
            List<URL> files =
                    Collections.list(ServiceDefaults.class.getClassLoader().getResources(FILE));
            for (int i = 0; i < files.size(); i++) {
                builder.propertySources(load(files.get(i), "service-defaults-" + i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the defaults of the services can't be read", e);
        }
    }

    private static PropertySource load(URL file, String name) throws IOException {
        try (InputStream bytes = file.openStream()) {
            Map<String, Object> values = new YamlPropertySourceLoader().read(name, bytes);
            return PropertySource.of(name, values, ORDER);
        }
    }
}
