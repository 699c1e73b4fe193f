package dev.slipway.training.artifact;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ArtifactEntryId;
import dev.slipway.kernel.id.ArtifactUploadId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/** The types of entities that hold the tree of artifacts. */
public final class ArtifactKinds {
    /** What lies in a folder, by name. */
    static final String BY_FOLDER = "folder";

    /** The folders that were removed and not yet taken apart. */
    static final String REMOVED = "removed";

    /** Stands for the folder of what lies in none. */
    static final String ROOT = "root";

    public static final EntityKind<ArtifactEntryId, ArtifactEntry> ENTRY = EntityKind.of(
                    EntityType.ARTIFACT_ENTRY, ArtifactEntryId::new, ArtifactEntry.class)
            .index(entry -> places(entry.body()));

    /** The uploads that parts are awaited of, by their creation. */
    static final String OPEN = "open";

    public static final EntityKind<ArtifactUploadId, ArtifactUpload> UPLOAD = EntityKind.of(
                    EntityType.ARTIFACT_UPLOAD, ArtifactUploadId::new, ArtifactUpload.class)
            .index(entry -> entry.body().ended() == null
                    ? List.of(IndexEntry.of(OPEN, IndexValue.of(entry.created())))
                    : List.of());

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(ENTRY, UPLOAD);

    private ArtifactKinds() {}

    private static List<IndexEntry> places(ArtifactEntry entry) {
        return switch (entry.state()) {
            case FILE, FOLDER -> List.of(IndexEntry.of(BY_FOLDER, folder(entry.folder()), IndexValue.of(entry.name())));
            case REMOVED -> List.of(IndexEntry.of(REMOVED, IndexValue.of(entry.name())));
            case GONE -> List.of();
        };
    }

    static IndexValue folder(@Nullable ArtifactEntryId folder) {
        return folder == null ? IndexValue.of(ROOT) : IndexValue.of(folder);
    }
}
