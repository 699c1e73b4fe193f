package dev.slipway.edge.lower;

import java.util.List;

/** Operators of a kind, with a place in one package. */
@FunctionalInterface
public interface OperatorFamily {
    List<OperatorEntry> entries();
}
