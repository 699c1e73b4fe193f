package dev.slipway.cassandra.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.cassandra.service.CassandraDaemon;

/** The forked server's main class: Cassandra, which ends when the pipe from the process that forked it is closed. */
public final class WatchedDaemon {
    private WatchedDaemon() {}

    /** Runs the server until it is killed or its parent has died. */
    public static void main(String[] arguments) {
        Thread watch = new Thread(WatchedDaemon::endWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        CassandraDaemon.main(arguments);
    }

    private static void endWithParent() {
        try (InputStream fromParent = System.in) {
            fromParent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The pipe from the parent process broke: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }
}
