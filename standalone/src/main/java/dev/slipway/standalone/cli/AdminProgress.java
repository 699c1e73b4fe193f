package dev.slipway.standalone.cli;

import dev.slipway.administration.Progress;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Help.Ansi;

/** Tells of long work on standard error: on a terminal in one line that changes, elsewhere in a line now and then. */
final class AdminProgress implements Progress {
    private static final long ON_A_TERMINAL = Duration.ofMillis(200).toNanos();
    private static final long ELSEWHERE = Duration.ofSeconds(10).toNanos();
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private long last = System.nanoTime();
    private boolean shown;

    private AdminProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static AdminProgress onStandardError() {
        return new AdminProgress(System.err, Ansi.AUTO.enabled());
    }

    @Override
    public void at(String work, long done) {
        long now = System.nanoTime();
        if (now - last < (terminal ? ON_A_TERMINAL : ELSEWHERE)) {
            return;
        }
        last = now;
        String line = work + ": " + done;
        if (terminal) {
            String cut = line.substring(0, Math.min(line.length(), WIDTH));
            out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            out.flush();
            shown = true;
        } else {
            out.println(line);
        }
    }

    /** Clears the line that changes. */
    void end() {
        if (shown) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
        }
    }
}
