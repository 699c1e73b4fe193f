package dev.slipway.conversion.child;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands within the limits of a child; what they print goes to the job's log. */
public final class LimitedCommand {
    private static final long LOOK_MILLIS = 50;

    private final ChildSettings settings;

    public LimitedCommand(ChildSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the command's exit status.
     *
     * @param folder where it works and puts its temporary files
     * @throws SlipwayException {@code conversion.memory} or {@code conversion.timeout}; the command is dead then, with all
     *     that it started
     */
    public int run(List<String> command, Path folder, String what, ChildListener listener) throws InterruptedException {
        Process process = start(command, folder);
        ErrorTail printed = new ErrorTail();
        Thread reader = new Thread(() -> printed.read(process), "conversion-command");
        reader.setDaemon(true);
        reader.start();
        try {
            Watch watch = new Watch(process, settings);
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                listener.progress(0.4, what);
                watch.check();
            }
            reader.join(TimeUnit.SECONDS.toMillis(10));
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            printed.drain(listener);
        }
    }

    private Process start(List<String> command, Path folder) {
        try {
            ProcessBuilder builder = ChildCommand.limited(command, settings, folder);
            // What goes wrong is told on the error stream.
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            return builder.start();
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "conversion.child", "No process for conversions can be started: " + e.getMessage() + ".", e);
        }
    }
}
