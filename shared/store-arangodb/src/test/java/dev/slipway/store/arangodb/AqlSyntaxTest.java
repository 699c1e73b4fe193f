package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every AQL text is well formed, as far as a parser of our own can tell, and goes through an index that there is. */
class AqlSyntaxTest {
    private static final Pattern LOOP = Pattern.compile("FOR \\w+ IN (\\w+|@@collection)( OPTIONS \\{[^}]*})?");
    private static final Pattern HINT = Pattern.compile("indexHint: \"(\\w+)\", forceIndexHint: true");

    @TempDir
    Path folder;

    private record Outcome(int exit, String output) {}

    @ParameterizedTest
    @EnumSource(Aql.class)
    void everyTextParses(Aql aql) throws Exception {
        Outcome outcome = check(aql.text());
        assertThat(outcome.exit()).as("%s: %s", aql, outcome.output()).isZero();
    }

    @Test
    void anErrorIsRecognised() throws Exception {
        assertThat(check("FOR d IN entities FILTER RETURN d").exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Aql.class)
    void everyLoopOverACollectionInsistsOnAnIndex(Aql aql) {
        Matcher loops = LOOP.matcher(aql.text());
        while (loops.find()) {
            String source = loops.group(1);
            boolean collection = source.startsWith("@@")
                    || java.util.Arrays.stream(Table.values())
                            .anyMatch(table -> table.collection().equals(source));
            // By key and by the smallest of what waits: through the primary index, or all that is asked for.
            boolean primary = aql == Aql.ROWS
                    || source.equals(Table.ENTITIES.collection())
                    || source.equals(Table.PENDING_EVENTS.collection());
            if (collection && !primary) {
                assertThat(loops.group(2)).as("%s over %s", aql, source).containsPattern(HINT);
            }
        }
    }

    private Outcome check(String text) throws IOException, InterruptedException {
        Path script = folder.resolve("aqlcheck.py");
        try (InputStream checker = AqlSyntaxTest.class.getResourceAsStream("/aqlcheck")) {
            Files.write(script, checker.readAllBytes());
        }
        Process python;
        try {
            python = new ProcessBuilder("python3", script.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "SKIPPED: the syntax of AQL was not checked, as there is no python3: " + e.getMessage());
            throw e;
        }
        try {
            python.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            python.getOutputStream().close();
            String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Outcome(python.exitValue(), output);
        } finally {
            python.destroyForcibly();
        }
    }
}
