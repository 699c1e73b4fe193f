package dev.slipway.standalone.cli;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.graphql.Answer;
import dev.slipway.standalone.graphql.GraphQLClient;
import io.micronaut.core.annotation.Nullable;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Has a server repeat a run, waits for it, and tells how the two compare. */
final class RepeatedRun {
    private static final Pattern PLAIN_ID = Pattern.compile("[0-9a-f]{32}");
    private static final long POLL_MILLIS = 250;
    private static final long PATIENCE = Duration.ofMinutes(2).toNanos();
    private static final String START =
            "mutation($run: ID!, $key: String!) { repeatRun(input: {run: $run, idempotencyKey: $key}) { id } }";
    private static final String LOOK = """
            query($run: ID!) {
              run(id: $run) {
                name state model
                repeats { id name model }
                repetition { verdict differences { key original repeated } }
                job { state failure { kind code message } progress { fraction message } }
              }
            }
            """;

    private final GraphQLClient server;

    RepeatedRun(GraphQLClient server) {
        this.server = server;
    }

    /** A metric that differs; null for one that is only in the other run. */
    record Difference(
            String key, @Nullable Double original, @Nullable Double repeated) {
        String line() {
            String change = original == null || repeated == null
                    ? ""
                    : String.format(Locale.ROOT, "%+.6g", repeated - original);
            return String.format(Locale.ROOT, "  %-32s %14s %14s %14s", key, shown(original), shown(repeated), change);
        }

        private static String shown(@Nullable Double value) {
            return value == null ? "none" : String.format(Locale.ROOT, "%.8g", value);
        }
    }

    /** How they compare; ids as MLflow has them, models by their SHA-256. */
    record Outcome(
            String original,
            String originalModel,
            String repeated,
            String repeatedModel,
            boolean same,
            List<Difference> differences) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("original", Map.of("run", original, "model", originalModel));
            json.put("repeated", Map.of("run", repeated, "model", repeatedModel));
            json.put("same", same);
            List<Map<String, Object>> metrics = new ArrayList<>();
            for (Difference difference : differences) {
                Map<String, Object> metric = new LinkedHashMap<>();
                metric.put("key", difference.key());
                metric.put("original", difference.original());
                metric.put("repeated", difference.repeated());
                metrics.add(metric);
            }
            json.put("differences", metrics);
            return json;
        }

        String text() {
            StringBuilder text = new StringBuilder("run " + repeated + " repeats run " + original + "\n");
            text.append(
                    same
                            ? "same model, bit by bit: sha256 " + originalModel
                            : "another model: sha256 " + repeatedModel + ", not " + originalModel);
            if (differences.isEmpty()) {
                return text.append("\nno metric differs").toString();
            }
            text.append(String.format(
                    Locale.ROOT, "%n  %-32s %14s %14s %14s", "metric", "original", "repeated", "difference"));
            differences.forEach(difference -> text.append('\n').append(difference.line()));
            return text.toString();
        }
    }

    /**
     * Returns when the repetition has ended well.
     *
     * @param id as MLflow or GraphQL shows it
     * @throws SlipwayException what the server refuses the repetition with; what it failed of
     */
    Outcome carryOut(String id, ConversionSteps steps) {
        steps.begin("repeating " + id);
        String global = PLAIN_ID.matcher(id).matches() ? global(id) : id;
        String repeated = start(global).at("repeatRun").at("id").text().orElseThrow();
        Answer run = await(repeated, steps);
        Answer original = run.at("repeats");
        return new Outcome(
                plain(original.at("id").text().orElseThrow()),
                original.at("model").text().orElse("none"),
                plain(repeated),
                run.at("model").text().orElse("none"),
                run.at("repetition").at("verdict").text().orElse("").equals("SAME"),
                run.at("repetition").at("differences").items().stream()
                        .map(metric -> new Difference(
                                metric.at("key").text().orElseThrow(),
                                metric.at("original").number().orElse(null),
                                metric.at("repeated").number().orElse(null)))
                        .toList());
    }

    /** A server that is not there is told of at once; one that died over the question is asked again. */
    private Answer start(String original) {
        Map<String, Object> once =
                Map.of("run", original, "key", UUID.randomUUID().toString());
        try {
            return server.ask(START, once);
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.UNAVAILABLE || e.getCause() instanceof ConnectException) {
                throw e;
            }
            return askPatiently(START, once);
        }
    }

    private Answer await(String repeated, ConversionSteps steps) {
        while (true) {
            Answer run = askPatiently(LOOK, Map.of("run", repeated)).at("run");
            Answer job = run.at("job");
            switch (run.at("repetition").at("verdict").text().orElse("")) {
                case "SAME", "DIFFERENT" -> {
                    return run;
                }
                case "FAILED" -> throw failure(job.at("failure"), repeated);
                default -> {
                    double done = job.at("progress").at("fraction").number().orElse(0.0);
                    steps.at(job.at("progress").at("message").text().orElse("waiting"), (int) (done * 100), 100);
                    pause();
                }
            }
        }
    }

    /** The repetition goes on without us, so a server that is away for a moment is waited for. */
    private Answer askPatiently(String document, Map<String, Object> variables) {
        long began = System.nanoTime();
        while (true) {
            try {
                return server.ask(document, variables);
            } catch (SlipwayException e) {
                if (e.kind() != ErrorKind.UNAVAILABLE || System.nanoTime() - began > PATIENCE) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static SlipwayException failure(Answer failure, String repeated) {
        return new SlipwayException(
                GraphQLClient.kind(failure.at("kind").text(), ErrorKind.CONFLICT),
                failure.at("code").text().orElse("run.failed"),
                "Run " + plain(repeated) + ", the repetition, did not end well: "
                        + failure.at("message").text().orElse("it was stopped."),
                null);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable(
                    "run.interrupted", "Nobody waits any more for the repetition, which goes on.", e);
        }
    }

    private static String global(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("run:" + id).getBytes(StandardCharsets.US_ASCII));
    }

    private static String plain(String global) {
        String named = new String(Base64.getUrlDecoder().decode(global), StandardCharsets.US_ASCII);
        return named.substring(named.indexOf(':') + 1);
    }
}
