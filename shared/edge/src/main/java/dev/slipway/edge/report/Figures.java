package dev.slipway.edge.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    private static final long KIB = 1024;

    private Figures() {}

    static String error(double value) {
        if (Double.isInfinite(value)) {
            return "∞";
        }
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
    }

    static String decibels(double value) {
        return Double.isInfinite(value) ? (value > 0 ? "∞" : "-∞") : String.format(Locale.ROOT, "%.1f", value);
    }

    static String cosine(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    static String share(double value) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * value);
    }

    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < KIB * KIB
                ? String.format(Locale.ROOT, "%.1f KiB", (double) bytes / KIB)
                : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / (KIB * KIB));
    }

    static String seconds(java.time.Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
