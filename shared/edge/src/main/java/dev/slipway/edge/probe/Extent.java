package dev.slipway.edge.probe;

import java.util.Set;

/** The length of one axis of a value. */
public sealed interface Extent {

    /** The same in every run. */
    record Fixed(int length) implements Extent {}

    /** It changes with these symbols. */
    record Open(Set<String> symbols) implements Extent {
        public Open {
            symbols = Set.copyOf(symbols);
        }
    }

    /** The length as TFLite writes it: -1 if open. */
    default int length() {
        return this instanceof Fixed fixed ? fixed.length() : -1;
    }
}
