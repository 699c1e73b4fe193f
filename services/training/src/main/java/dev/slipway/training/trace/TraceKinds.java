package dev.slipway.training.trace;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.runtime.entity.EntityKind;
import java.util.List;

/** The type of traces. They stand in no index: they are found by their facets. */
public final class TraceKinds {
    public static final EntityKind<TraceId, Trace> TRACE = EntityKind.of(EntityType.TRACE, TraceId::new, Trace.class);

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(TRACE);

    private TraceKinds() {}
}
