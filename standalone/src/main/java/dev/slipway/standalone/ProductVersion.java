package dev.slipway.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Knows the version that was built. */
public final class ProductVersion {
    private ProductVersion() {}

    /** As {@code 1.2.3}. */
    public static String number() {
        try (InputStream file =
                ProductVersion.class.getResourceAsStream("/dev/slipway/standalone/version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
