package dev.slipway.standalone.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/** Tells on the terminal what is happening, one line a step; on a real terminal the running step's line is live. */
final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final int BAR = 20;

    /** A finished step and the seconds it took. */
    record Timing(String step, double seconds) {}

    private final PrintStream out;
    private final boolean live = Ansi.AUTO.enabled();
    private final List<Timing> timings = new ArrayList<>();

    Progress(PrintStream out) {
        this.out = out;
    }

    /** What a step says of its outcome, beside its result. */
    record Outcome<T>(T result, String text) {}

    <T> T step(String name, Supplier<Outcome<T>> work) {
        long start = System.nanoTime();
        update(name, "…");
        try {
            Outcome<T> outcome = Patiently.call(work);
            finished(name, outcome.text(), (System.nanoTime() - start) / 1e9);
            return outcome.result();
        } catch (RuntimeException e) {
            line(name, "@|red ✗|@", e.getMessage(), "");
            throw e;
        }
    }

    void finished(String name, String text, double seconds) {
        timings.add(new Timing(name, seconds));
        line(name, "@|green ✓|@", text, String.format(Locale.ROOT, "%.1f s", seconds));
    }

    /** Shows how far a running step has come; forgotten when the next line comes. */
    void update(String name, double fraction, String text) {
        int full = (int) Math.round(Math.max(0, Math.min(1, fraction)) * BAR);
        update(name, "█".repeat(full) + "░".repeat(BAR - full) + " " + text);
    }

    private void update(String name, String text) {
        if (live) {
            out.print(CLEAR_LINE + String.format(Locale.ROOT, "  … %-16s          %s", name, text));
            out.flush();
        }
    }

    void heading(String text) {
        out.println((live ? CLEAR_LINE : "") + System.lineSeparator() + Ansi.AUTO.string("@|bold " + text + "|@"));
    }

    void text(String text) {
        out.println(text);
    }

    List<Timing> timings() {
        return List.copyOf(timings);
    }

    private void line(String name, String mark, String text, String time) {
        out.println((live ? CLEAR_LINE : "")
                + Ansi.AUTO.string("  " + mark + " ")
                + String.format(Locale.ROOT, "%-16s %7s  %s", name, time, text));
        out.flush();
    }
}
