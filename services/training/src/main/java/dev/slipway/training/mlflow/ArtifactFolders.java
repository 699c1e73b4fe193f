package dev.slipway.training.mlflow;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.training.artifact.ArtifactTree;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists folders for clients that expect all of one at once. */
@Singleton
class ArtifactFolders {
    private static final int MAX_ANSWER = 100_000;

    private final ArtifactTree tree;

    ArtifactFolders(ArtifactTree tree) {
        this.tree = tree;
    }

    /** All of a folder, by bare names; clients of this list know no pages, so one of more than 100,000 is refused. */
    FileListMessage all(ArtifactPath folder) {
        FileListMessage list = page(folder, ArtifactPath.ROOT, null, null);
        if (list.nextPageToken() != null) {
            throw SlipwayException.tooLarge(
                    "artifact.folder-size",
                    "There is more in '" + folder + "' than the " + MAX_ANSWER
                            + " files that one answer holds; list it through its run, page by page.");
        }
        return list;
    }

    /**
     * As much of a folder as one answer holds.
     *
     * @param shown what stands before each name
     */
    FileListMessage page(
            ArtifactPath folder, ArtifactPath shown, @Nullable String rootUri, @Nullable String pageToken) {
        List<FileMessage> files = new ArrayList<>();
        Optional<String> next = Optional.ofNullable(pageToken).filter(token -> !token.isEmpty());
        do {
            Page<ArtifactInfo> page = tree.list(folder, Page.MAX_LIMIT, next.orElse(null));
            for (ArtifactInfo artifact : page.items()) {
                String name = artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
                files.add(FileMessage.of(shown.isRoot() ? name : shown + "/" + name, artifact));
            }
            next = page.next();
        } while (next.isPresent() && files.size() < MAX_ANSWER);
        return new FileListMessage(rootUri, files, next.orElse(null));
    }
}
