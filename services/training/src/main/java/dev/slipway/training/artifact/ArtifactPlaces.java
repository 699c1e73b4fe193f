package dev.slipway.training.artifact;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ArtifactEntryId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.entity.Entities;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds what paths lead to, name by name: each is a claim, within its folder, that holds the id of an entry. */
@Singleton
final class ArtifactPlaces {
    private final Entities entities;

    ArtifactPlaces(Entities entities) {
        this.entities = entities;
    }

    /**
     * How far a path leads.
     *
     * @param depth how many of its names there are
     * @param id of the last one; null when there is none
     */
    record Place(ArtifactPath path, int depth, @Nullable ArtifactEntryId id) {
        boolean whole() {
            return depth == path.names().size();
        }
    }

    Place follow(ArtifactPath path) {
        ArtifactEntryId last = null;
        int depth = 0;
        for (String name : path.names()) {
            Optional<String> next = entities.claim(claim(last, name));
            if (next.isEmpty()) {
                break;
            }
            last = new ArtifactEntryId(next.get());
            depth++;
        }
        return new Place(path, depth, last);
    }

    /** The file or folder at the path; never the root, which is no entity. */
    Optional<Entity<ArtifactEntryId, ArtifactEntry>> find(ArtifactPath path) {
        Place place = follow(path);
        return place.whole() && place.id() != null
                ? entities.find(ArtifactKinds.ENTRY, place.id()).filter(ArtifactPlaces::present)
                : Optional.empty();
    }

    /** The entry that was just found by a claim; it may be gone by now, which is a lost race. */
    Entity<ArtifactEntryId, ArtifactEntry> entry(ArtifactEntryId id) {
        return entities.find(ArtifactKinds.ENTRY, id)
                .filter(ArtifactPlaces::present)
                .orElseThrow(() -> SlipwayException.conflict(
                        "store.claim-lost", "The artifact was removed in the meantime; try again."));
    }

    private static boolean present(Entity<ArtifactEntryId, ArtifactEntry> entry) {
        return entry.body().state() == EntryState.FILE || entry.body().state() == EntryState.FOLDER;
    }

    static String claim(@Nullable ArtifactEntryId folder, String name) {
        return "artifact/" + (folder == null ? ArtifactKinds.ROOT : folder) + "/" + name;
    }
}
