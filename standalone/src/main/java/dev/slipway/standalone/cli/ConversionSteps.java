package dev.slipway.standalone.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Tells on a terminal, in one line that changes, what is being done; says nothing elsewhere. */
final class ConversionSteps implements AutoCloseable {
    private static final int WIDTH = 79;
    private static final int BAR = 30;
    private static final long LEAST_PAUSE = Duration.ofMillis(100).toNanos();

    private final PrintStream out;
    private final boolean shown;
    private long last;

    private ConversionSteps(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    static ConversionSteps onStandardError(Output output) {
        return new ConversionSteps(System.err, !output.isJson() && Ansi.AUTO.enabled());
    }

    /** Begins a step. */
    void begin(String step) {
        show(step + " …");
    }

    /** Shows how much of long work is done. */
    void at(String work, int done, int total) {
        long now = System.nanoTime();
        if (done == total || now - last >= LEAST_PAUSE) {
            last = now;
            int filled = total == 0 ? BAR : (int) ((long) BAR * done / total);
            show(String.format(
                    Locale.ROOT, "[%s%s] %d/%d %s", "█".repeat(filled), " ".repeat(BAR - filled), done, total, work));
        }
    }

    private void show(String line) {
        if (shown) {
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
            out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            out.flush();
        }
    }

    /** Clears the line. */
    @Override
    public void close() {
        if (shown) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
        }
    }
}
