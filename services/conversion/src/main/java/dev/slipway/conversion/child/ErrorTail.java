package dev.slipway.conversion.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines that a child has printed beside its answers. */
final class ErrorTail {
    private static final int LINES = 60;
    private static final int LONGEST = 500;

    private final Deque<String> tail = new ArrayDeque<>();

    /** Reads until the process has closed its error stream. */
    void read(Process process) {
        try (BufferedReader from = process.errorReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int next = from.read(); next >= 0; next = from.read()) {
                if (next == '\n') {
                    add(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST) {
                    line.append((char) next);
                }
            }
            if (!line.isEmpty()) {
                add(line.toString());
            }
        } catch (IOException e) {
            add("The error stream broke off: " + e.getMessage());
        }
    }

    synchronized void add(String line) {
        tail.addLast(line);
        if (tail.size() > LINES) {
            tail.removeFirst();
        }
    }

    synchronized boolean tellsOfMemory() {
        return tail.stream()
                .anyMatch(line -> line.contains("OutOfMemoryError")
                        || line.contains("insufficient memory")
                        || line.contains("bad_alloc"));
    }

    /** Gives the lines to a job's log and forgets them. */
    void drain(ChildListener listener) {
        List<String> lines;
        synchronized (this) {
            lines = List.copyOf(tail);
            tail.clear();
        }
        lines.forEach(listener::log);
    }
}
