package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts imports from whatever a user has named. */
public final class Imports {
    private static final String DATABASE = "mlflow.db";

    private Imports() {}

    /**
     * What a user has asked for.
     *
     * @param from an http or https address, a folder, or a SQLite file
     * @param sourceName null for the address itself
     * @param to the server's address
     * @param token an API token of that server; null where none is asked for
     * @param journal null for one in the current folder, named by source and target
     */
    public record Wish(
            String from,
            @Nullable String sourceName,
            URI to,
            @Nullable String token,
            @Nullable Path journal,
            Set<String> experiments,
            boolean artifacts,
            int threads) {
        private ImportPlan plan(Source source) {
            return new ImportPlan(sourceName == null ? source.name() : sourceName, experiments, artifacts, threads);
        }
    }

    /** Counts what the source has, and changes nothing. */
    public static Counts survey(Wish wish, Map<String, String> environment, ImportProgress progress) {
        try (Source source = open(wish.from(), environment)) {
            return new Survey(source, wish.plan(source), progress).run();
        }
    }

    /**
     * Brings it over.
     *
     * @param environment may hold credentials for the source, named as MLflow's clients name them
     * @throws SlipwayException {@code import.source…}, {@code import.unreachable}, {@code import.journal…}, {@code import.address};
     *     what can't be brought over singly is no exception, but stands in the failures of the result
     */
    public static MlflowImport run(Wish wish, Map<String, String> environment, ImportProgress progress) {
        try (Source source = open(wish.from(), environment)) {
            Target target = new Target(new Rest(wish.to(), bearer(wish.token())));
            ImportPlan plan = wish.plan(source);
            // Before there is a journal of what can't begin.
            MlflowImport.wanted(source, plan);
            Path file = wish.journal() == null ? usual(plan.sourceName(), target.name()) : wish.journal();
            try (Journal journal = Journal.open(file, plan.sourceName(), target.name())) {
                MlflowImport work = new MlflowImport(source, target, journal, plan, progress);
                work.run();
                return work;
            }
        }
    }

    private static Path usual(String source, String target) {
        byte[] both = (source + "\n" + target).getBytes(StandardCharsets.UTF_8);
        return Path.of("mlflow-import-" + Digest.of(both).hex().substring(0, 12) + ".journal");
    }

    static Source open(String from, Map<String, String> environment) {
        if (from.regionMatches(true, 0, "http://", 0, 7) || from.regionMatches(true, 0, "https://", 0, 8)) {
            try {
                return new RestSource(new Rest(URI.create(from), credentials(environment)));
            } catch (IllegalArgumentException e) {
                throw SlipwayException.invalid("import.address", "That is no address of a server.", e);
            }
        }
        Path path = Path.of(from);
        if (Files.isRegularFile(path)) {
            return new DatabaseSource(path);
        }
        if (Files.isRegularFile(path.resolve(DATABASE))) {
            return new DatabaseSource(path.resolve(DATABASE));
        }
        Path below = path.resolve("mlruns");
        if (Files.isDirectory(below)) {
            return new FolderSource(below);
        }
        if (!Files.isDirectory(path)) {
            throw SlipwayException.notFound(
                    "import.unknown-source",
                    "'" + from + "' is neither an http address nor a folder or file that is there.");
        }
        return new FolderSource(path);
    }

    /** Those that MLflow's own clients would use. */
    static Optional<String> credentials(Map<String, String> environment) {
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        if (!user.isEmpty() && !password.isEmpty()) {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return bearer(token);
    }

    private static Optional<String> bearer(@Nullable String token) {
        return Optional.ofNullable(token).filter(text -> !text.isBlank()).map(text -> "Bearer " + text.strip());
    }
}
