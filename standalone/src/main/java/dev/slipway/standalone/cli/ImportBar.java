package dev.slipway.standalone.cli;

import dev.slipway.standalone.mlflow.ImportProgress;

/** Shows how far an import is on standard error. */
final class ImportBar implements ImportProgress {
    private static final int WIDTH = 20;

    private final AdminProgress line;

    private ImportBar(AdminProgress line) {
        this.line = line;
    }

    static ImportBar onStandardError() {
        return new ImportBar(AdminProgress.onStandardError());
    }

    @Override
    public synchronized void at(String step, int experiment, int experiments, long done) {
        if (experiments == 0) {
            line.at(step, done);
            return;
        }
        // An experiment counts when the next one begins.
        int full = (experiment - 1) * WIDTH / experiments;
        line.at(
                "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] experiment " + experiment + " of " + experiments
                        + ", " + step,
                done);
    }

    /** Clears the line that changes. */
    synchronized void end() {
        line.end();
    }
}
