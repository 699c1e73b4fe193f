package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The lines of a file, none of which is longer than a line of a metric can be. */
final class Lines implements AutoCloseable {
    private static final int MAX_LINE = 4096;

    private final BufferedInputStream bytes;

    Lines(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes);
    }

    /** The next line; null at the end. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = bytes.read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n') {
            if (line.size() == MAX_LINE) {
                throw SlipwayException.invalid(
                        "import.source-form", "A line of a metric has more than " + MAX_LINE + " bytes.");
            }
            line.write(read);
            read = bytes.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
