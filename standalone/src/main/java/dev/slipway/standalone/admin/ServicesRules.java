package dev.slipway.standalone.admin;

import dev.slipway.administration.EntityRules;
import dev.slipway.conversion.ConversionKinds;
import dev.slipway.dataset.DatasetKinds;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.labeling.LabelingKinds;
import dev.slipway.lineage.LineageKinds;
import dev.slipway.lineage.webhook.WebhookKinds;
import dev.slipway.monitoring.MonitoringKinds;
import dev.slipway.registry.RegistryKinds;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.runtime.entity.StoredIndexes;
import dev.slipway.runtime.jobs.JobKinds;
import dev.slipway.runtime.tokens.TokenKinds;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.artifact.ArtifactKinds;
import dev.slipway.training.evaluation.EvaluationKinds;
import dev.slipway.training.loggeddataset.LoggedDatasetKinds;
import dev.slipway.training.loggedmodel.LoggedModelKinds;
import dev.slipway.training.trace.TraceKinds;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the entities of all services belong in their indexes, and which artifacts they need. */
public final class ServicesRules implements EntityRules {
    private static final Argument<Map<String, Object>> TREE = Argument.mapOf(String.class, Object.class);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** The fields of bodies, at any depth, that name artifacts. */
    private static final Map<EntityType, Set<String>> ARTIFACT_FIELDS = Map.of(
            EntityType.DATASET_VERSION, Set.of("content", "samples", "labels"),
            EntityType.RUN, Set.of("model"),
            EntityType.TRACE, Set.of("artifact"),
            EntityType.ARTIFACT_ENTRY, Set.of("artifact"),
            EntityType.MODEL_VERSION, Set.of("onnx", "artifact"),
            EntityType.RELEASE, Set.of("artifact"),
            EntityType.CONVERSION, Set.of("file", "reportJson", "reportPage"),
            EntityType.PREDICTION_BATCH, Set.of("predictions", "labels"),
            EntityType.JOB, Set.of("log"));

    /** The field of a dataset version that names its manifest, and those of a manifest that name artifacts. */
    private static final String MANIFEST = "content";

    private static final Set<String> MANIFEST_FIELDS = Set.of("samples", "labels", "membership");
    private static final int LONGEST_MANIFEST = 16 * 1024 * 1024;

    private final ObjectMapper json;
    private final ArtifactStore artifacts;
    private final StoredIndexes indexes;

    public ServicesRules(ObjectMapper json, ArtifactStore artifacts) {
        this.json = json;
        this.artifacts = artifacts;
        this.indexes = new StoredIndexes(json, kinds());
    }

    private static List<EntityKind<?, ?>> kinds() {
        return Stream.of(
                        LabelingKinds.KINDS,
                        DatasetKinds.KINDS,
                        TrainingKinds.KINDS,
                        ArtifactKinds.KINDS,
                        LoggedModelKinds.KINDS,
                        LoggedDatasetKinds.KINDS,
                        TraceKinds.KINDS,
                        EvaluationKinds.KINDS,
                        RegistryKinds.KINDS,
                        ConversionKinds.KINDS,
                        MonitoringKinds.KINDS,
                        LineageKinds.KINDS,
                        WebhookKinds.KINDS,
                        JobKinds.KINDS,
                        TokenKinds.KINDS)
                .<EntityKind<?, ?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public Optional<List<IndexEntry>> indexed(Envelope entity) {
        return indexes.of(entity);
    }

    @Override
    public Set<Digest> artifacts(Envelope entity) {
        Set<Digest> found = new HashSet<>();
        Set<String> fields = ARTIFACT_FIELDS.getOrDefault(entity.type(), Set.of());
        if (fields.isEmpty()) {
            return found;
        }
        try {
            collect(json.readValue(entity.body(), TREE), fields, found);
            if (entity.type() == EntityType.DATASET_VERSION) {
                Set<Digest> manifests = new HashSet<>();
                collect(json.readValue(entity.body(), TREE), Set.of(MANIFEST), manifests);
                for (Digest manifest : manifests) {
                    collect(json.readValue(artifacts.read(manifest, LONGEST_MANIFEST), TREE), MANIFEST_FIELDS, found);
                }
            }
        } catch (IOException | SlipwayException e) {
            // A body that can't be read is a finding of its own, and so is a manifest that is missing or damaged.
            return found;
        }
        return found;
    }

    private static void collect(Object tree, Set<String> fields, Set<Digest> found) {
        if (tree instanceof Map<?, ?> object) {
            object.forEach((name, value) -> {
                if (value instanceof String text
                        && name instanceof String field
                        && fields.contains(field)
                        && DIGEST.matcher(text).matches()) {
                    found.add(new Digest(text));
                }
                collect(value, fields, found);
            });
        } else if (tree instanceof Collection<?> list) {
            list.forEach(each -> collect(each, fields, found));
        }
    }
}
