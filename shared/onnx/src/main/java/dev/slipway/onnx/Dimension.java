package dev.slipway.onnx;

/** The length of one axis of a declared shape. */
public sealed interface Dimension {

    /** A length that never changes. */
    record Fixed(long length) implements Dimension {
        @Override
        public String toString() {
            return Long.toString(length);
        }
    }

    /** A length known at run time; equal names mean equal lengths. */
    record Symbolic(String name) implements Dimension {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A length of which the model says nothing. */
    record Unknown() implements Dimension {
        @Override
        public String toString() {
            return "?";
        }
    }

    static Dimension fixed(long length) {
        return new Fixed(length);
    }

    static Dimension symbolic(String name) {
        return new Symbolic(name);
    }
}
