package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;

/** Operators on quantised integers. */
public final class QuantisedOperators implements OperatorFamily {
    @Override
    public List<OperatorEntry> entries() {
        return List.of();
    }
}
