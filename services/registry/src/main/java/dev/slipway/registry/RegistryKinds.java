package dev.slipway.registry;

import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Release;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How models, versions, releases and channels are stored. */
public final class RegistryKinds {
    /** All models that are not deleted, by time. */
    static final String ALL = "all";

    /** Versions and releases of a model by number, channels by name. */
    static final String OF_MODEL = "model";

    /** Versions of a model in a stage, by number. */
    static final String IN_STAGE = "stage";

    /** Files of old do not say their layout, which a file then has by default. */
    private static final UnaryOperator<Map<String, Object>> WITHOUT_LAYOUTS = UnaryOperator.identity();

    /** Bodies of old tell no description, no stage and no source; they were all of ONNX models, none was deleted. */
    private static final UnaryOperator<Map<String, Object>> WITHOUT_DETAILS = UnaryOperator.identity();

    static final EntityKind<ModelId, Model> MODEL = EntityKind.of(EntityType.MODEL, ModelId::new, Model.class)
            .upcast(WITHOUT_DETAILS)
            .index(entry -> entry.body().deleted() == null
                    ? List.of(IndexEntry.of(ALL, IndexValue.of(entry.created())))
                    : List.of());

    static final EntityKind<ModelVersionId, ModelVersion> VERSION = EntityKind.of(
                    EntityType.MODEL_VERSION, ModelVersionId::new, ModelVersion.class)
            .upcast(WITHOUT_LAYOUTS)
            .upcast(WITHOUT_DETAILS)
            .index(entry -> entry.body().isDeleted() ? List.of() : places(entry.body()));

    static final EntityKind<ReleaseId, Release> RELEASE = EntityKind.of(
                    EntityType.RELEASE, ReleaseId::new, Release.class)
            .upcast(WITHOUT_LAYOUTS)
            .index(entry ->
                    List.of(IndexEntry.of(OF_MODEL, IndexValue.of(entry.body().model()), IndexValue.of((long)
                            entry.body().number()))));

    /** Also read by the delivery to devices. */
    public static final EntityKind<ChannelId, Channel> CHANNEL = EntityKind.of(
                    EntityType.CHANNEL, ChannelId::new, Channel.class)
            .index(entry -> List.of(IndexEntry.of(
                    OF_MODEL,
                    IndexValue.of(entry.body().model()),
                    IndexValue.of(entry.body().name()))));

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(MODEL, VERSION, RELEASE, CHANNEL);

    private RegistryKinds() {}

    private static List<IndexEntry> places(ModelVersion version) {
        IndexValue model = IndexValue.of(version.model());
        IndexValue number = IndexValue.of((long) version.number());
        return List.of(
                IndexEntry.of(OF_MODEL, model, number),
                IndexEntry.of(IN_STAGE, model, IndexValue.of(version.details().stage()), number));
    }
}
