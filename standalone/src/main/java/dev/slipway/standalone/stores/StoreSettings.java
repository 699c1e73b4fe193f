package dev.slipway.standalone.stores;

import io.micronaut.core.value.PropertyResolver;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which stores a process has. A store whose server's address is configured is that server; the others are embedded, under
 * the data folder.
 *
 * @param data the folder of the embedded stores; not touched when there is none
 */
public record StoreSettings(Path data) {
    /** The settings of a process whose configuration this is. */
    public static StoreSettings of(PropertyResolver configuration) {
        return new StoreSettings(configuration.getRequiredProperty("slipway.data", Path.class));
    }

    /** The settings that environment variables make. */
    public static StoreSettings ofEnvironment(Path data, Map<String, String> environment) {
        return new StoreSettings(data);
    }
}
