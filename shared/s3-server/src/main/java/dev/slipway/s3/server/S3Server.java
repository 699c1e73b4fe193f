package dev.slipway.s3.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server for tests in this JVM, on a free port of 127.0.0.1. A bucket is a folder and an object is a file in it, so
 * a test may damage what is stored.
 */
public final class S3Server implements AutoCloseable {
    /** The one account's access key. */
    public static final String ACCESS_KEY = "slipway-test";

    /** The one account's secret key. */
    public static final String SECRET_KEY = "slipway-test-secret";

    private final S3Proxy server;
    private final FilesystemNio2BlobStore files;

    private S3Server(S3Proxy server, FilesystemNio2BlobStore files) {
        this.server = server;
        this.files = files;
    }

    /** Starts a server that keeps its objects in a folder, which is made if need be. */
    public static S3Server start(Path folder) {
        return start(folder, 0);
    }

    /**
     * Starts a server.
     *
     * @param port 0 for any that is free
     */
    static S3Server start(Path folder, int port) {
        FilesystemNio2BlobStore files =
                new FilesystemNio2BlobStore(made(folder).toAbsolutePath().toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(files)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            files.close();
            throw new IllegalStateException("S3Proxy does not start: " + e.getMessage(), e);
        }
        return new S3Server(server, files);
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers, for instance {@code http://127.0.0.1:40001}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop: " + e.getMessage(), e);
        } finally {
            files.close();
        }
    }
}
