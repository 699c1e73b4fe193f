package dev.slipway.training.artifact;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ArtifactEntryId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.graph.ClaimChange;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The files and folders that runs and models have logged, each of whose paths leads to one of them. */
@Singleton
public final class ArtifactTree {
    /** So many others may change the same file or folder in the meantime. */
    private static final int TRIES = 100;

    private static final Set<String> LOST_RACES = Set.of("store.revision", "store.claim-taken", "store.claim-lost");

    private final Entities entities;
    private final ArtifactPlaces places;
    private final RemovedFolders removed;

    ArtifactTree(Entities entities, ArtifactPlaces places, RemovedFolders removed) {
        this.entities = entities;
        this.places = places;
        this.removed = removed;
    }

    /** The file or folder at the path. */
    public Optional<ArtifactInfo> find(ArtifactPath path) {
        return path.isRoot()
                ? Optional.of(new ArtifactInfo("", null, null))
                : places.find(path).map(entry -> info(path, entry.body()));
    }

    /** A page of what lies in a folder, in the order of names; nothing when there is no folder at the path. */
    public Page<ArtifactInfo> list(ArtifactPath folder, int limit, @Nullable String cursor) {
        ArtifactPlaces.Place place = places.follow(folder);
        if (!place.whole()) {
            return Page.last(List.of());
        }
        return entities.query(
                        ArtifactKinds.ENTRY,
                        ArtifactKinds.BY_FOLDER,
                        List.of(ArtifactKinds.folder(place.id())),
                        false,
                        limit,
                        cursor)
                .map(entry -> info(
                        folder.resolve(new ArtifactPath(List.of(entry.body().name()))), entry.body()));
    }

    private static ArtifactInfo info(ArtifactPath path, ArtifactEntry entry) {
        return new ArtifactInfo(path.toString(), entry.artifact(), entry.size());
    }

    /**
     * Puts a file at the path, in place of the one that was there, and makes the folders above it. Of several puts of one
     * path the last one wins.
     *
     * @param artifact durable already
     * @throws SlipwayException {@code artifact.folder} when there is a folder, {@code artifact.file} when there is a file above it
     */
    public ArtifactInfo put(ArtifactPath path, Artifact artifact) {
        return put(path, artifact, UnaryOperator.identity());
    }

    /**
     * As the other one.
     *
     * @param guard what lets the change be committed, as a job's fence
     */
    public ArtifactInfo put(ArtifactPath path, Artifact artifact, UnaryOperator<Change> guard) {
        if (path.isRoot()) {
            throw SlipwayException.invalid("artifact.path", "Invalid path: a file needs a name.");
        }
        return untilDone(() -> {
            ArtifactPlaces.Place place = places.follow(path);
            Change change = entities.change();
            ArtifactEntryId id = place.whole() ? replace(change, place, artifact) : create(change, place, artifact);
            guard.apply(change)
                    .event(
                            "artifact.put",
                            EntityRef.of(EntityType.ARTIFACT_ENTRY, id),
                            Map.of(
                                    "path",
                                    path.toString(),
                                    "artifact",
                                    artifact.digest().hex()))
                    .commit();
            return new ArtifactInfo(path.toString(), artifact.digest(), artifact.size());
        });
    }

    private ArtifactEntryId replace(Change change, ArtifactPlaces.Place place, Artifact artifact) {
        Entity<ArtifactEntryId, ArtifactEntry> entry = places.entry(place.id());
        if (entry.body().state() == EntryState.FOLDER) {
            throw SlipwayException.invalid(
                    "artifact.folder",
                    "There is a folder at '" + place.path()
                            + "'; choose another name for the file, or remove the folder.");
        }
        change.update(
                ArtifactKinds.ENTRY,
                entry.with(body -> new ArtifactEntry(
                        body.folder(), body.name(), EntryState.FILE, artifact.digest(), artifact.size())));
        return entry.id();
    }

    private ArtifactEntryId create(Change change, ArtifactPlaces.Place place, Artifact artifact) {
        ArtifactEntryId folder = place.id();
        if (folder != null) {
            Entity<ArtifactEntryId, ArtifactEntry> last = places.entry(folder);
            if (last.body().state() == EntryState.FILE) {
                throw SlipwayException.invalid(
                        "artifact.file",
                        "Nothing can be put at '" + place.path() + "': '"
                                + String.join("/", place.path().names().subList(0, place.depth())) + "' is a file.");
            }
            // A folder that is removed in the meantime takes nothing more.
            change.claim(new ClaimChange.Require(
                    ArtifactPlaces.claim(last.body().folder(), last.body().name()), folder.value()));
        }
        List<String> names = new ArrayList<>(
                place.path().names().subList(place.depth(), place.path().names().size()));
        String file = names.remove(names.size() - 1);
        for (String name : names) {
            folder = create(change, ArtifactEntry.folder(folder, name));
        }
        return create(change, new ArtifactEntry(folder, file, EntryState.FILE, artifact.digest(), artifact.size()));
    }

    private ArtifactEntryId create(Change change, ArtifactEntry entry) {
        ArtifactEntryId id = entities.newId(ArtifactEntryId::new);
        change.create(ArtifactKinds.ENTRY, id, entry);
        change.take(ArtifactPlaces.claim(entry.folder(), entry.name()), id);
        return id;
    }

    /** Removes a file, or a folder at once with all that lies in it. False when there is none. */
    public boolean delete(ArtifactPath path) {
        if (path.isRoot()) {
            throw SlipwayException.invalid("artifact.path", "Invalid path: name what is to be removed.");
        }
        boolean there = untilDone(() -> {
            Optional<Entity<ArtifactEntryId, ArtifactEntry>> entry = places.find(path);
            entry.ifPresent(found -> {
                Change change = entities.change();
                RemovedFolders.remove(change, found);
                change.event(
                                "artifact.removed",
                                EntityRef.of(EntityType.ARTIFACT_ENTRY, found.id()),
                                Map.of("path", path.toString()))
                        .commit();
            });
            return entry.isPresent();
        });
        removed.clear();
        return there;
    }

    private static <T> T untilDone(Supplier<T> attempt) {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.get();
            } catch (SlipwayException e) {
                if (!LOST_RACES.contains(e.code()) || tried == TRIES) {
                    throw e;
                }
            }
        }
    }
}
