package dev.slipway.standalone.cli;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a command tells its result: as text for people or, with {@code --json}, as one JSON object for scripts. */
final class Output {
    private static final Argument<Map<String, Object>> OBJECT = Argument.mapOf(String.class, Object.class);

    @Option(names = "--json", description = "Print the result, or the error, as one JSON object.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    void print(Map<String, Object> result, String text) {
        System.out.println(json ? write(result) : text);
        System.out.flush();
    }

    static String write(Map<String, Object> object) {
        try {
            return ObjectMapper.getDefault().writeValueAsString(OBJECT, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
