package dev.slipway.conversion.child;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The program of a child: converts what it is told of in lines on standard input, one after another, and ends when that
 * ends, which it does with the service.
 */
public final class ConversionChild {
    /** The exit status that the JVM gives as well when told to exit when out of memory. */
    static final int OUT_OF_MEMORY = 3;

    private ConversionChild() {}

    /** Arguments: the folder of its own, which it removes if the service dies; seconds to wait for another job. */
    public static void main(String[] arguments) throws InterruptedException {
        // Whatever else prints must not get between the lines of the protocol.
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BlockingQueue<Path> jobs = new LinkedBlockingQueue<>(1);
        Thread reader = new Thread(() -> read(jobs, Path.of(arguments[0])), "jobs");
        reader.setDaemon(true);
        reader.start();
        ChildWork work = new ChildWork(line -> answers.println(line.written()));
        long idleSeconds = Long.parseLong(arguments[1]);
        for (Path job = jobs.poll(idleSeconds, TimeUnit.SECONDS);
                job != null;
                job = jobs.poll(idleSeconds, TimeUnit.SECONDS)) {
            try {
                work.carryOut(new JobFolder(job));
            } catch (OutOfMemoryError e) {
                // Some are thrown by Java code, which the JVM's option does not see.
                Runtime.getRuntime().halt(OUT_OF_MEMORY);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void read(BlockingQueue<Path> jobs, Path own) {
        Path current = null;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                current = Path.of(line);
                jobs.put(current);
            }
        } catch (IOException | InterruptedException e) {
            // As at the end of the input: there is nobody left to work for.
            System.err.println(e);
        }
        if (current != null) {
            JobFolder.remove(current);
        }
        JobFolder.remove(own);
        Runtime.getRuntime().halt(0);
    }
}
