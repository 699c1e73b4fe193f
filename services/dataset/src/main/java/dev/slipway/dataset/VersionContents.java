package dev.slipway.dataset;

import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Stores what a version consists of: the arrays of its splits, its membership and its manifest. */
@Singleton
final class VersionContents {
    private static final int MANIFEST_FORM = 1;
    private static final int MAX_MANIFEST_BYTES = 1 << 24;

    private final ArtifactStore artifacts;
    private final ObjectMapper json;

    VersionContents(ArtifactStore artifacts, ObjectMapper json) {
        this.artifacts = artifacts;
        this.json = json;
    }

    /**
     * The artifacts of a version.
     *
     * @param digest of the manifest
     */
    record Stored(
            Digest digest, long seed, List<Integer> sampleShape, Map<SplitName, Split> splits, Statistics statistics) {}

    /** Splits the samples, with those of the parent where they were, and stores the result; equal input, equal bytes. */
    Stored store(CommitVersion request, ContentGroups groups, Optional<DatasetVersion> parent) {
        long seed = parent.map(DatasetVersion::seed).orElse(request.seed());
        Map<Digest, SplitName> kept = parent.map(this::membership).orElse(Map.of());
        List<ContentGroup> contents = groups.groups();
        Map<SplitName, List<ContentGroup>> parts = new Splitter(request.fractions(), seed, kept).split(contents);
        checkNoneEmpty(parts, request, contents.size());

        Map<SplitName, Split> splits = new EnumMap<>(SplitName.class);
        parts.forEach((name, part) -> splits.put(
                name,
                SplitArrays.of(groups.shape(), part)
                        .store(artifacts, request.classes().size())));
        Statistics statistics =
                SplitArrays.of(groups.shape(), parts.get(SplitName.TRAIN)).statistics();
        Manifest manifest = new Manifest(
                MANIFEST_FORM,
                seed,
                request.classes(),
                groups.shape(),
                splits.entrySet().stream()
                        .map(entry -> new Manifest.NamedSplit(entry.getKey(), entry.getValue()))
                        .toList(),
                Manifest.Numbers.of(statistics),
                artifacts.put(Membership.write(parts)).digest());
        return new Stored(write(manifest), seed, groups.shape(), splits, statistics);
    }

    private static void checkNoneEmpty(Map<SplitName, List<ContentGroup>> parts, CommitVersion request, int contents) {
        List<String> empty = parts.entrySet().stream()
                .filter(part -> part.getValue().isEmpty())
                .map(part -> part.getKey().name().toLowerCase(Locale.ROOT))
                .toList();
        if (!empty.isEmpty()) {
            throw SlipwayException.invalid(
                    "dataset.empty-split",
                    "Nothing would be in the split " + String.join(" and ", empty) + ": there are only " + contents
                            + " different samples of " + request.classes().size() + " classes to divide by "
                            + request.fractions()
                            + ". Label more tasks, or ask for larger fractions of what came out empty.");
        }
    }

    private Digest write(Manifest manifest) {
        try {
            return artifacts.put(json.writeValueAsBytes(manifest)).digest();
        } catch (IOException e) {
            throw SlipwayException.internal("dataset.manifest", "A manifest has no JSON form.", e);
        }
    }

    private Map<Digest, SplitName> membership(DatasetVersion version) {
        try {
            Manifest manifest = json.readValue(artifacts.read(version.content(), MAX_MANIFEST_BYTES), Manifest.class);
            return Membership.read(artifacts, manifest.membership());
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "dataset.manifest", "The manifest " + version.content() + " of a version can't be read.", e);
        }
    }
}
