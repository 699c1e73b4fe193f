package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;

/** How conversions are stored. */
public final class ConversionKinds {
    /** By model version and time. */
    static final String BY_MODEL_VERSION = "model-version";

    static final EntityKind<ConversionId, Conversion> CONVERSION = EntityKind.of(
                    EntityType.CONVERSION, ConversionId::new, Conversion.class)
            .index(entry -> List.of(IndexEntry.of(
                    BY_MODEL_VERSION, IndexValue.of(entry.body().modelVersion()), IndexValue.of(entry.created()))));

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(CONVERSION);

    private ConversionKinds() {}

    static EntityRef ref(Entity<ConversionId, Conversion> conversion) {
        return EntityRef.of(EntityType.CONVERSION, conversion.id());
    }
}
