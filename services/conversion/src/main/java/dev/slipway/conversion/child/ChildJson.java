package dev.slipway.conversion.child;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes the files of a job. */
final class ChildJson {
    private final ObjectMapper json;

    ChildJson(ObjectMapper json) {
        this.json = json;
    }

    <T> T read(Path file, Class<T> type) {
        try {
            return json.readValue(Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    void write(Path file, Object value) {
        try {
            Files.write(file, json.writeValueAsBytes(value));
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    private static SlipwayException broken(Path file, IOException cause) {
        return SlipwayException.internal(
                "conversion.child", "Can't use " + file.getFileName() + ": " + cause.getMessage() + ".", cause);
    }
}
