package dev.slipway.standalone.cli;

import dev.slipway.administration.Installation;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.stores.StoreSettings;
import dev.slipway.standalone.stores.Stores;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.embedded.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The stores that an administrator's command works on. */
final class AdminStores {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:SLIPWAY_DATA:-data}",
            description = "Folder of the embedded stores (default: ${DEFAULT-VALUE}).")
    private Path data;

    Path data() {
        return data;
    }

    /** Opens the stores of an installation that exists, for as long as something is done with them. */
    <T> T withExisting(Function<Installation, T> work) {
        StoreSettings settings = settings();
        boolean embedded = settings.graph().isEmpty()
                || settings.metrics().isEmpty()
                || settings.artifacts().isEmpty();
        if (embedded && !Files.isDirectory(data)) {
            throw SlipwayException.notFound(
                    "admin.no-data",
                    "There is no folder " + data.toAbsolutePath() + ". Name the installation's with --data.");
        }
        return with(settings, work);
    }

    /** The same, but makes the stores if they are not there. */
    <T> T with(Function<Installation, T> work) {
        return with(settings(), work);
    }

    /** The data folder of an installation that has all its stores there; any other is refused. */
    Path embedded() {
        StoreSettings settings = settings();
        List<String> elsewhere = Stream.of(
                        settings.graph().map(arango -> "ArangoDB (the graph)"),
                        settings.metrics().map(cassandra -> "Cassandra (the metrics)"),
                        settings.artifacts().map(s3 -> "S3 (the artifacts)"))
                .flatMap(Optional::stream)
                .toList();
        if (!elsewhere.isEmpty()) {
            throw SlipwayException.unsupported(
                    "backup.external-stores",
                    "Stores of this installation are servers: " + String.join(", ", elsewhere)
                            + ". Back these up with their own tools, the graph first and the artifacts last"
                            + " (docs/administration.md), or stop the services and use 'slipway admin export'.");
        }
        return data;
    }

    /** Does something that removes artifacts, which must not happen while a backup copies them. */
    <T> T alone(Supplier<T> work) {
        if (settings().artifacts().isPresent()) {
            return work.get();
        }
        Path file = data.resolve(EmbeddedStores.MAINTENANCE);
        try {
            return FolderLock.exclusive(file)
                    .orElseThrow(AdminStores::backupRunning)
                    .during(work::get);
        } catch (IOException e) {
            throw SlipwayException.unavailable("admin.unlockable", file + " can't be locked: " + e, e);
        }
    }

    private static SlipwayException backupRunning() {
        return SlipwayException.conflict(
                "gc.backup-running", "A backup or another collection is running. Run this again when it has ended.");
    }

    private StoreSettings settings() {
        return StoreSettings.ofEnvironment(data, System.getenv());
    }

    private static <T> T with(StoreSettings settings, Function<Installation, T> work) {
        try (Stores stores = Stores.open(settings, InstantSource.system())) {
            return work.apply(new Installation(stores.graph(), stores.metrics(), stores.artifacts()));
        }
    }
}
