package dev.slipway.edge.fuzz;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of a conversion.
 *
 * @param detail the refusal's code and message, or what went wrong; in one line
 */
record Verdict(Kind kind, String detail) {
    private static final Pattern PLACE = Pattern.compile("(?:at |C {2}\\[)(dev\\.slipway\\.[^ ]+|lib[^ ]+\\+[^ ]+)");

    enum Kind {
        /** There is a verified file. */
        CONVERTED,
        /** There is an error that says why not. */
        REFUSED,
        /** The error is a defect of ours, or does not say what it must. */
        DEFECT,
        /** A file that passed its verification differs from ONNX Runtime on other inputs. */
        DIFFERS,
        /** The process ended. */
        CRASHED,
        /** The conversion did not end. */
        HUNG
    }

    boolean isFinding() {
        return kind != Kind.CONVERTED && kind != Kind.REFUSED;
    }

    /** What findings of one cause have in common: where it happened, as far as that is told. */
    String cause() {
        Matcher place = PLACE.matcher(detail);
        String what = detail.split("[ :\n]", 2)[0];
        return kind + " " + what + " " + (place.find() ? place.group(1) : "");
    }

    String line() {
        return kind + " " + detail.replace('\n', ' ').replace('\r', ' ');
    }

    static boolean isLine(String line) {
        return Arrays.stream(Kind.values()).anyMatch(kind -> line.startsWith(kind + " "));
    }

    static Verdict of(String line) {
        String[] parts = line.split(" ", 2);
        return new Verdict(Kind.valueOf(parts[0]), parts[1]);
    }
}
