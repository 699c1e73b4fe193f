package dev.slipway.conversion.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Holds a child to its time and memory. */
final class Watch {
    private static final String RESIDENT = "VmRSS:";
    private static final int KIBI = 1024;

    private final Process process;
    private final ChildSettings settings;
    private final long deadline;

    Watch(Process process, ChildSettings settings) {
        this.process = process;
        this.settings = settings;
        this.deadline = System.nanoTime() + settings.timeLimit().toNanos();
    }

    /** Fails when the child has used up what it may use. */
    void check() {
        if (System.nanoTime() - deadline > 0) {
            throw ChildEnds.time(settings);
        }
        if (residentBytes(process).orElse(0) > settings.memory()) {
            throw ChildEnds.memory(settings);
        }
    }

    /** What the process has in memory, where the system tells: on Linux. */
    static OptionalLong residentBytes(Process process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith(RESIDENT)) {
                    String[] parts = line.substring(RESIDENT.length()).strip().split(" ", 2);
                    return OptionalLong.of(Long.parseLong(parts[0]) * KIBI);
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            // Another system, or the process has just ended.
            return OptionalLong.empty();
        }
    }
}
