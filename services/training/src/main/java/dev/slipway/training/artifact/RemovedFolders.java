package dev.slipway.training.artifact;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ArtifactEntryId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.ClaimChange;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes apart the folders that were taken out of the tree. Nothing leads to what lies in them, but it would keep its bytes.
 * What a process leaves that died meanwhile is done by the next one that removes anything.
 */
@Singleton
final class RemovedFolders {
    private static final Logger LOG = LoggerFactory.getLogger(RemovedFolders.class);
    private static final int BATCH = 200;

    private final Entities entities;

    RemovedFolders(Entities entities) {
        this.entities = entities;
    }

    /** Takes an entry out of the tree, as it was read. */
    static void remove(Change change, Entity<ArtifactEntryId, ArtifactEntry> entry) {
        change.update(ArtifactKinds.ENTRY, entry.with(ArtifactEntry::removed));
        change.claim(new ClaimChange.Release(
                ArtifactPlaces.claim(entry.body().folder(), entry.body().name()),
                entry.id().value()));
    }

    /** Goes on until there are none. */
    void clear() {
        try {
            List<Entity<ArtifactEntryId, ArtifactEntry>> folders = removed();
            while (!folders.isEmpty()) {
                folders.forEach(this::clear);
                folders = removed();
            }
        } catch (SlipwayException e) {
            // Somebody else may be at it, and whoever removes something next goes on with it.
            LOG.info("Removed folders are not cleared yet: {}", e.getMessage());
        }
    }

    private List<Entity<ArtifactEntryId, ArtifactEntry>> removed() {
        return entities.query(ArtifactKinds.ENTRY, ArtifactKinds.REMOVED, List.of(), false, BATCH, null)
                .items();
    }

    private void clear(Entity<ArtifactEntryId, ArtifactEntry> folder) {
        List<Entity<ArtifactEntryId, ArtifactEntry>> inside = inside(folder);
        while (!inside.isEmpty()) {
            Change change = entities.change();
            inside.forEach(entry -> remove(change, entry));
            change.commit();
            inside = inside(folder);
        }
        Change change = entities.change();
        change.update(ArtifactKinds.ENTRY, folder.with(ArtifactEntry::removed));
        change.commit();
    }

    private List<Entity<ArtifactEntryId, ArtifactEntry>> inside(Entity<ArtifactEntryId, ArtifactEntry> folder) {
        return entities.query(
                        ArtifactKinds.ENTRY,
                        ArtifactKinds.BY_FOLDER,
                        List.of(ArtifactKinds.folder(folder.id())),
                        false,
                        BATCH,
                        null)
                .items();
    }
}
