package dev.slipway.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;

/** A load program. */
interface Measurement {
    /** Measures and prints what it found. The folder is empty, its own, and is removed afterwards. */
    void run(Path folder, PrintStream out) throws Exception;
}
