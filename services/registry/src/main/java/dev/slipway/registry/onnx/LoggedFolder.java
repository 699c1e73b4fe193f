package dev.slipway.registry.onnx;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.core.annotation.Nullable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A folder in the tree of artifacts. */
record LoggedFolder(String path, ArtifactsApi tree, ArtifactStore artifacts) {
    /** More files beside one another than that are no model's. */
    private static final int MAX_FILES = 1000;

    Optional<ArtifactInfo> file(String name) {
        return Optional.ofNullable(tree.find(path + "/" + name)).filter(found -> found.artifact() != null);
    }

    byte[] read(ArtifactInfo file, int most) {
        return artifacts.read(file.artifact(), most);
    }

    /** Copies all files of the folder, of {@code most} bytes together at most; not those in folders within it. */
    void copyFiles(Path to, long most) {
        long left = most;
        int files = 0;
        @Nullable String cursor = null;
        do {
            Page<ArtifactInfo> page = tree.list(path, Page.MAX_LIMIT, cursor);
            for (ArtifactInfo file : page.items()) {
                if (file.artifact() != null && file.size() != null) {
                    left -= file.size();
                    files++;
                    if (left < 0 || files > MAX_FILES) {
                        throw SlipwayException.tooLarge(
                                "onnx.too-large",
                                "The model's files are more than " + MAX_FILES + " or have more than " + most
                                        + " bytes together; raise slipway.registry.maximum-artifact-size.");
                    }
                    copy(file, to.resolve(file.path().substring(file.path().lastIndexOf('/') + 1)));
                }
            }
            cursor = page.next().orElse(null);
        } while (cursor != null);
    }

    private void copy(ArtifactInfo file, Path to) {
        try (InputStream bytes = artifacts.open(file.artifact(), 0, OptionalLong.empty())) {
            Files.copy(bytes, to);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "onnx.unreadable", "The artifact " + file.path() + " can't be read: " + e.getMessage() + ".", e);
        }
    }
}
