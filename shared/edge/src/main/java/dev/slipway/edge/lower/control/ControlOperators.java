package dev.slipway.edge.lower.control;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;

/** If, Loop, Scan and recurrent layers. */
public final class ControlOperators implements OperatorFamily {
    @Override
    public List<OperatorEntry> entries() {
        return List.of();
    }
}
