package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.util.Locale;

/** Numbers as Python and protobuf write them. */
final class Reals {
    private Reals() {}

    static double parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> finite(text);
        };
    }

    private static double finite(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw SlipwayException.invalid(
                    "import.source-form", "A metric of the source has the value '" + text + "', no number.", e);
        }
    }

    /** A whole number; {@code import.source-form} for anything else. */
    static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw SlipwayException.invalid(
                    "import.source-form", "The source has '" + text + "' where a whole number belongs.", e);
        }
    }
}
