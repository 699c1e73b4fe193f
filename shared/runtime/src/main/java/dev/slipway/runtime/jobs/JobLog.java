package dev.slipway.runtime.jobs;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The first lines of what a job has to say. Safe for use by many threads. */
final class JobLog {
    private static final int MAX_LINES = 10_000;
    private static final int MAX_LENGTH = 1000;

    private final InstantSource clock;
    private final List<String> lines = new ArrayList<>();
    private long dropped;

    JobLog(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(String line) {
        if (lines.size() == MAX_LINES) {
            dropped++;
            return;
        }
        String text = line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + " …" : line;
        lines.add(clock.instant() + " " + text.replace('\n', ' ').replace('\r', ' '));
    }

    synchronized byte[] toBytes() {
        String end = dropped == 0 ? "" : dropped + " more lines were dropped\n";
        String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        return (text + end).getBytes(StandardCharsets.UTF_8);
    }
}
