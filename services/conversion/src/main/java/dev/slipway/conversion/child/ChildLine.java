package dev.slipway.conversion.child;

import java.util.Locale;
import java.util.Optional;

/** A line of what a child says of its job; anything else on its output is noise. */
sealed interface ChildLine {
    String MARK = "slipway ";

    /** The child has taken the job. */
    record Begun() implements ChildLine {}

    /** How far the work has come, 0 to 1, and what is being done. */
    record Progress(double fraction, String message) implements ChildLine {}

    /** A line for the job's log. */
    record Log(String message) implements ChildLine {}

    /** The outcome is written. */
    record Done() implements ChildLine {}

    /** The line without its end. */
    default String written() {
        if (this instanceof Progress progress) {
            return MARK + "progress " + String.format(Locale.ROOT, "%.4f", progress.fraction()) + " "
                    + inOneLine(progress.message());
        }
        if (this instanceof Log log) {
            return MARK + "log " + inOneLine(log.message());
        }
        return MARK + (this instanceof Begun ? "begun" : "done");
    }

    /** Empty for noise. */
    static Optional<ChildLine> read(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        String[] parts = line.substring(MARK.length()).split(" ", 2);
        return switch (parts[0]) {
            case "begun" -> Optional.of(new Begun());
            case "done" -> Optional.of(new Done());
            case "log" -> Optional.of(new Log(parts.length > 1 ? parts[1] : ""));
            case "progress" -> parts.length > 1 ? progress(parts[1]) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ChildLine> progress(String text) {
        String[] parts = text.split(" ", 2);
        try {
            double fraction = Math.max(0, Math.min(1, Double.parseDouble(parts[0])));
            return Optional.of(new Progress(fraction, parts.length > 1 ? parts[1] : ""));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String inOneLine(String message) {
        return message.replace('\n', ' ').replace('\r', ' ');
    }
}
