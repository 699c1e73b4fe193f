package dev.slipway.training.artifact;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ArtifactEntryId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A file or folder of the tree of artifacts. It is named by the folder it lies in, not by its whole path, so a folder is
 * removed with all that lies in it by one change.
 *
 * @param folder it lies in; null for the root
 * @param artifact the bytes of a file
 * @param size of a file in bytes
 */
@Serdeable
public record ArtifactEntry(
        @Nullable ArtifactEntryId folder,
        String name,
        EntryState state,
        @Nullable Digest artifact,
        @Nullable Long size) {
    static ArtifactEntry folder(@Nullable ArtifactEntryId folder, String name) {
        return new ArtifactEntry(folder, name, EntryState.FOLDER, null, null);
    }

    /** The same, taken out of the tree; it no longer keeps any bytes. */
    ArtifactEntry removed() {
        return new ArtifactEntry(
                folder, name, state == EntryState.FOLDER ? EntryState.REMOVED : EntryState.GONE, null, null);
    }
}
