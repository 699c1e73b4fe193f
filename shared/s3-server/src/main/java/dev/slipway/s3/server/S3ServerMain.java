package dev.slipway.s3.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The process that {@link S3ServerProcess} starts. It says its address on standard output, and ends when its standard
 * input does, so that it never outlives the one who started it.
 */
final class S3ServerMain {
    private S3ServerMain() {}

    /** Takes the folder and the port. */
    public static void main(String[] arguments) throws IOException {
        try (S3Server server = S3Server.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println(S3ServerProcess.READY + server.endpoint());
            System.out.flush();
            waitForEnd(System.in);
        }
        System.exit(0);
    }

    private static void waitForEnd(InputStream input) throws IOException {
        input.transferTo(OutputStream.nullOutputStream());
    }
}
