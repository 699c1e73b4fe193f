package dev.slipway.standalone.cli;

import dev.slipway.administration.Installation;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.stores.StoreSettings;
import dev.slipway.standalone.stores.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
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

    private StoreSettings settings() {
        return StoreSettings.ofEnvironment(data, System.getenv());
    }

    private static <T> T with(StoreSettings settings, Function<Installation, T> work) {
        try (Stores stores = Stores.open(settings, InstantSource.system())) {
            return work.apply(new Installation(stores.graph(), stores.metrics(), stores.artifacts()));
        }
    }
}
