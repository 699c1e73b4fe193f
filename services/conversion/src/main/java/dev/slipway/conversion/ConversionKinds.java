package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.Layout;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How conversions are stored. */
public final class ConversionKinds {
    /** By model version and time. */
    static final String BY_MODEL_VERSION = "model-version";

    static final EntityKind<ConversionId, Conversion> CONVERSION = EntityKind.of(
                    EntityType.CONVERSION, ConversionId::new, Conversion.class)
            .index(entry -> List.of(IndexEntry.of(
                    BY_MODEL_VERSION, IndexValue.of(entry.body().modelVersion()), IndexValue.of(entry.created()))))
            // Before there were layouts, all were kept; other fields that came with them may be absent.
            .upcast(body -> {
                Map<String, Object> newer = new HashMap<>(body);
                newer.put("layout", Layout.KEEP.name());
                return newer;
            })
            // Before there were models without labelled samples, every report told an accuracy.
            .upcast(UnaryOperator.identity());

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(CONVERSION);

    private ConversionKinds() {}

    static EntityRef ref(Entity<ConversionId, Conversion> conversion) {
        return EntityRef.of(EntityType.CONVERSION, conversion.id());
    }
}
