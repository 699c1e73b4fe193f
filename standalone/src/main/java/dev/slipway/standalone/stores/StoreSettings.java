package dev.slipway.standalone.stores;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.arangodb.ArangoSettings;
import dev.slipway.store.cassandra.CassandraSettings;
import dev.slipway.store.s3.S3Settings;
import io.micronaut.core.value.PropertyResolver;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which stores a process has. A store whose server's address is configured is that server; the others are embedded, under
 * the data folder. {@code docs/operations.md} lists the settings.
 *
 * @param data the folder of the embedded stores; not touched when there is none
 * @param graph ArangoDB, or empty for the embedded one
 * @param metrics Cassandra, or empty for the embedded one
 * @param artifacts S3, or empty for the embedded one
 */
public record StoreSettings(
        Path data,
        Optional<ArangoSettings> graph,
        Optional<CassandraSettings> metrics,
        Optional<S3Settings> artifacts) {
    /**
     * The settings of a process whose configuration this is.
     *
     * @throws SlipwayException {@code INVALID}, with code {@code store.setting}, {@code store.settings} or {@code
     *     store.endpoint}, for a setting that is wrong or half of a pair
     */
    public static StoreSettings of(PropertyResolver configuration) {
        return read(
                configuration.getRequiredProperty("slipway.data", Path.class),
                property -> configuration.getProperty(property, String.class));
    }

    /** The settings that environment variables make; errors as those of {@link #of}. */
    public static StoreSettings ofEnvironment(Path data, Map<String, String> environment) {
        return read(data, property -> Optional.ofNullable(environment.get(Section.variableOf(property))));
    }

    /** All three under one folder. */
    public static StoreSettings embedded(Path data) {
        return new StoreSettings(data, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static StoreSettings read(Path data, Function<String, Optional<String>> source) {
        return new StoreSettings(
                data, ArangoSection.read(source), CassandraSection.read(source), S3Section.read(source));
    }
}
