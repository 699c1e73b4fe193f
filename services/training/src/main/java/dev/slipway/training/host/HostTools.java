package dev.slipway.training.host;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** Where on this machine to look for what it can tell. */
@Singleton
final class HostTools {
    private final Optional<NvidiaSmi> nvidia;
    private final Path folder;

    /**
     * @param path the folders of programs; that of this process's environment unless it is set
     * @param folder whose checkout the trainings belong to; the one that this process was started in unless it is set
     */
    HostTools(
            @Nullable @Value("${slipway.training.path:}") String path,
            @Nullable @Value("${slipway.training.source-folder:}") String folder) {
        this.nvidia = NvidiaSmi.find(path == null || path.isEmpty() ? System.getenv("PATH") : path);
        this.folder = Path.of(folder == null ? "" : folder).toAbsolutePath();
    }

    /** The defaults. */
    static HostTools ofThisMachine() {
        return new HostTools(null, null);
    }

    Optional<NvidiaSmi> nvidia() {
        return nvidia;
    }

    Path folder() {
        return folder;
    }
}
