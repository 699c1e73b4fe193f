package dev.slipway.training.artifact;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ArtifactUploadId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.ClaimChange;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes files in parts, which are kept until they are put together, given up or too old. A part that comes again takes the
 * place of the one before.
 */
@Singleton
public final class ArtifactUploads {
    public static final int MAX_PARTS = 10_000;
    /** So many uploads of a workspace may be open. */
    static final int MAX_OPEN = 1000;

    private static final long MAX_AGE = Duration.ofDays(7).toMillis();

    private final Entities entities;
    private final ArtifactStore artifacts;
    private final ArtifactTree tree;

    ArtifactUploads(Entities entities, ArtifactStore artifacts, ArtifactTree tree) {
        this.entities = entities;
        this.artifacts = artifacts;
        this.tree = tree;
    }

    /** A part that has come. */
    public record Part(int number, String tag) {}

    /**
     * Begins one, and clears away the parts of those that were begun more than a week ago.
     *
     * @throws SlipwayException {@code artifact-upload.parts} for less than one part and more than 10,000; {@code
     *     artifact-upload.open} when too many are open
     */
    public ArtifactUploadId begin(ArtifactPath path, long parts) {
        if (parts < 1 || parts > MAX_PARTS) {
            throw SlipwayException.invalid(
                    "artifact-upload.parts", "A file comes in 1 to " + MAX_PARTS + " parts, not in " + parts + ".");
        }
        if (path.isRoot()) {
            throw SlipwayException.invalid("artifact.path", "Invalid path: a file needs a name.");
        }
        List<Entity<ArtifactUploadId, ArtifactUpload>> oldest = entities.query(
                        ArtifactKinds.UPLOAD, ArtifactKinds.OPEN, List.of(), false, MAX_OPEN, null)
                .items();
        Change change = entities.change();
        List<Entity<ArtifactUploadId, ArtifactUpload>> tooOld = oldest.stream()
                .filter(upload -> upload.created() < change.now() - MAX_AGE)
                .toList();
        if (oldest.size() - tooOld.size() >= MAX_OPEN) {
            throw SlipwayException.conflict(
                    "artifact-upload.open",
                    MAX_OPEN + " uploads are open in this workspace; complete or abort some of them first.");
        }
        tooOld.forEach(upload -> end(upload.id(), false));
        ArtifactUploadId id = entities.newId(ArtifactUploadId::new);
        change.create(ArtifactKinds.UPLOAD, id, new ArtifactUpload(path.toString(), (int) parts, null, null));
        change.take(claim(id), id).commit();
        return id;
    }

    /**
     * Keeps a part, and returns its tag.
     *
     * @throws SlipwayException {@code artifact-upload.unknown}; {@code artifact-upload.state} when it has ended; {@code
     *     artifact-upload.part} for a number that was not announced
     */
    public String part(ArtifactUploadId id, int number, InputStream bytes) {
        int parts = open(id).parts();
        if (number < 1 || number > parts) {
            throw SlipwayException.invalid(
                    "artifact-upload.part", "This upload has the parts 1 to " + parts + ", not " + number + ".");
        }
        String tag = artifacts.put(bytes, Optional.empty()).digest().hex();
        String name = claim(id, number);
        Retries.onConflict(() -> {
            open(id);
            Change change = entities.change();
            Optional<String> before = entities.claim(name);
            change.claim(
                    before.isPresent()
                            ? new ClaimChange.Move(name, before.get(), tag)
                            : new ClaimChange.Take(name, tag));
            // Nobody would clear away a part that is kept after the end.
            change.claim(new ClaimChange.Require(claim(id), id.value())).commit();
            return tag;
        });
        return tag;
    }

    /**
     * Puts the parts together, one behind the other, at the upload's path; harmless when it was done before.
     *
     * @throws SlipwayException {@code artifact-upload.unknown}; {@code artifact-upload.state} when it was given up; {@code
     *     artifact-upload.parts} unless these are parts that have come, in order
     */
    public void complete(ArtifactUploadId id, List<Part> parts) {
        ArtifactUpload upload = entities.get(ArtifactKinds.UPLOAD, id).body();
        if (Boolean.TRUE.equals(upload.whole())) {
            return;
        }
        open(id);
        check(id, parts);
        try (InputStream bytes = joined(parts)) {
            tree.put(ArtifactPath.of(upload.path()), artifacts.put(bytes, Optional.empty()));
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "artifact-upload.unreadable", "The parts can't be read now: " + e.getMessage(), e);
        }
        end(id, true);
    }

    /** The parts one behind the other, each opened when its turn comes. */
    // A SequenceInputStream takes nothing newer.
    @SuppressWarnings("JdkObsolete")
    private InputStream joined(List<Part> parts) {
        Iterator<Part> next = parts.iterator();
        return new SequenceInputStream(new Enumeration<InputStream>() {
            @Override
            public boolean hasMoreElements() {
                return next.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return artifacts.open(new Digest(next.next().tag()), 0, OptionalLong.empty());
            }
        });
    }

    private void check(ArtifactUploadId id, List<Part> parts) {
        int last = 0;
        for (Part part : parts) {
            String kept = entities.claim(claim(id, part.number())).orElse(null);
            if (part.number() <= last || !part.tag().equals(kept)) {
                throw SlipwayException.invalid(
                        "artifact-upload.parts",
                        "Part " + part.number() + " with the tag " + part.tag()
                                + " has not come, or does not follow part " + last + "; send it again.");
            }
            last = part.number();
        }
        if (parts.isEmpty()) {
            throw SlipwayException.invalid("artifact-upload.parts", "A file has one part at least; name it.");
        }
    }

    /** Gives an upload up; nothing when it has ended. */
    public void abort(ArtifactUploadId id) {
        end(id, false);
    }

    private ArtifactUpload open(ArtifactUploadId id) {
        ArtifactUpload upload = entities.get(ArtifactKinds.UPLOAD, id).body();
        if (upload.ended() != null) {
            throw SlipwayException.conflict("artifact-upload.state", "Upload " + id + " has ended; begin another one.");
        }
        return upload;
    }

    /** Lets the parts go; first nobody may send more of them. */
    private void end(ArtifactUploadId id, boolean whole) {
        Entity<ArtifactUploadId, ArtifactUpload> ended = Retries.onConflict(() -> {
            Entity<ArtifactUploadId, ArtifactUpload> upload = entities.get(ArtifactKinds.UPLOAD, id);
            if (upload.body().ended() == null) {
                Change change = entities.change();
                change.update(ArtifactKinds.UPLOAD, upload.with(body -> body.end(change.now(), whole)));
                change.claim(new ClaimChange.Release(claim(id), id.value())).commit();
            }
            return upload;
        });
        Change change = entities.change();
        for (int number = 1; number <= ended.body().parts(); number++) {
            String name = claim(id, number);
            entities.claim(name).ifPresent(tag -> change.claim(new ClaimChange.Release(name, tag)));
        }
        change.commit();
    }

    private static String claim(ArtifactUploadId id) {
        return "artifact-upload/" + id;
    }

    private static String claim(ArtifactUploadId id, int number) {
        return "artifact-part/" + id + "/" + number;
    }
}
