package dev.slipway.conversion.child;

import dev.slipway.kernel.SlipwayException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One child: its process and what it says. It is used by one thread at a time. */
final class ChildJvm implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_LINES = 10_000;

    private final Process process;
    private final JobFolder own;
    private final ChildSettings settings;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MOST_LINES);
    private final ErrorTail errors = new ErrorTail();
    private volatile boolean silent;
    private int conversions;

    private ChildJvm(Process process, JobFolder own, ChildSettings settings) {
        this.process = process;
        this.own = own;
        this.settings = settings;
        reader("conversion-child-lines", this::readLines).start();
        reader("conversion-child-errors", () -> errors.read(process)).start();
    }

    static ChildJvm start(ChildSettings settings) {
        JobFolder own = JobFolder.create();
        try {
            return new ChildJvm(ChildCommand.of(settings, own.path()).start(), own, settings);
        } catch (IOException e) {
            own.close();
            throw SlipwayException.unavailable(
                    "conversion.child", "No process for conversions can be started: " + e.getMessage() + ".", e);
        }
    }

    private static Thread reader(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void readLines() {
        try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (!lines.offer(line, 1, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            errors.add("Its output broke off: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            silent = true;
        }
    }

    /** Tells the child of a job; false if it had ended before, as it does when it has waited for long. */
    boolean take(JobFolder job) {
        conversions++;
        try {
            // Not closed: the child ends with this stream.
            Writer to = process.outputWriter(StandardCharsets.UTF_8);
            to.write(job.path() + "\n");
            to.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits for the end of the job that the child has taken.
     *
     * @return false if the child ended before it had begun, for reasons of its own
     * @throws SlipwayException {@code conversion.memory}, {@code conversion.timeout} or {@code conversion.crashed} when the
     *     child came to a bad end
     */
    boolean await(ChildListener listener) throws InterruptedException {
        Watch watch = new Watch(process, settings);
        double fraction = 0;
        String message = "Starting a process for the conversion";
        boolean begun = false;
        while (true) {
            boolean last = silent;
            String line = lines.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            ChildLine said = line == null ? null : ChildLine.read(line).orElse(null);
            if (said instanceof ChildLine.Done) {
                errors.drain(listener);
                return true;
            }
            begun |= said instanceof ChildLine.Begun;
            if (said instanceof ChildLine.Progress progress) {
                fraction = progress.fraction();
                message = progress.message();
            } else if (said instanceof ChildLine.Log log) {
                listener.log(log.message());
            }
            listener.progress(fraction, message);
            watch.check();
            if (last && line == null) {
                return ended(listener, begun);
            }
        }
    }

    private boolean ended(ChildListener listener, boolean begun) throws InterruptedException {
        int status = process.waitFor();
        boolean waited = conversions > 1;
        if (!begun && (waited || status == 0)) {
            return false;
        }
        boolean memory = errors.tellsOfMemory();
        errors.drain(listener);
        throw memory || status == ConversionChild.OUT_OF_MEMORY
                ? ChildEnds.memory(settings)
                : ChildEnds.crashed(status);
    }

    /** Whether it may take another job after one that went well. */
    boolean mayGoOn() {
        return process.isAlive()
                && conversions < settings.conversions()
                && Watch.residentBytes(process).orElse(0) < settings.memory() / 2;
    }

    /** Kills it and removes its folder. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)) {
                errors.add("The process does not end.");
            }
        } catch (InterruptedException e) {
            // It is dying already.
            Thread.currentThread().interrupt();
        }
        own.close();
    }
}
