package dev.slipway.standalone.cli;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What came of a command line. */
public record CommandResult(int exitCode, String out, String err) {
    private static final Argument<Map<String, Object>> OBJECT = Argument.mapOf(String.class, Object.class);

    /** Carries a command out in this JVM, whose standard streams it has meanwhile. */
    public static CommandResult of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode = SlipwayCommand.execute(arguments);
            return new CommandResult(
                    exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }

    /** Standard output, which with {@code --json} is one object and nothing else. */
    public Map<String, Object> json() {
        return parse(out);
    }

    /** The error that {@code --json} puts on standard error, after whatever was logged. */
    @SuppressWarnings("unchecked") // The values of an object in an object have no other type.
    public Map<String, Object> error() {
        String last = err.lines().reduce("", (before, line) -> line);
        return (Map<String, Object>) parse(last).get("error");
    }

    public static Map<String, Object> parse(String json) {
        try {
            return ObjectMapper.getDefault().readValue(json, OBJECT);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON object: " + json, e);
        }
    }
}
