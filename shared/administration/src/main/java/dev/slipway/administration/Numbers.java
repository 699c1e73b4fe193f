package dev.slipway.administration;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Doubles in JSON: numbers that are read back exactly, and texts for what JSON has no number for. */
final class Numbers {
    private Numbers() {}

    static void write(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    static double read(Object value) throws IOException {
        if (value instanceof Double number) {
            return number;
        } else if (value instanceof String text) {
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw new IOException("'" + text + "' is no number");
            };
        }
        throw new IOException("'" + value + "' is no double");
    }
}
