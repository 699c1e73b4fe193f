package dev.slipway.store.embedded;

import dev.slipway.kernel.Digest;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Writes to the three stores at once, on and on, and says on standard output what a store has acknowledged: {@code
 * graph N}, {@code metric N}, {@code artifact DIGEST}. Made to be killed.
 */
final class CrashWriter {
    /** Far more than anybody waits for, and far less than fills a disk. */
    private static final long MOST = 20_000;

    private CrashWriter() {}

    private interface Write {
        String number(long number);
    }

    /** The arguments are the data folder and the first number to write. It ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedStores stores = EmbeddedStores.open(Path.of(arguments[0]), InstantSource.system());
        long first = Long.parseLong(arguments[1]);
        PrintStream acknowledged = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        writeOnAndOn(first, acknowledged, number -> {
            stores.graph().commit(CrashBatch.graph(number));
            return "graph " + number;
        });
        writeOnAndOn(first, acknowledged, number -> {
            stores.metrics()
                    .append(List.of(
                            new Chunk(CrashBatch.series("a"), List.of(new Point(number, 1, number))),
                            new Chunk(CrashBatch.series("b"), List.of(new Point(number, 1, number)))));
            return "metric " + number;
        });
        writeOnAndOn(first, acknowledged, number -> {
            byte[] bytes = CrashBatch.bytes(number);
            Digest digest = Digest.of(bytes);
            stores.artifacts().put(inSmallParts(bytes), Optional.of(digest));
            return "artifact " + digest;
        });
        // Which ends when whoever was to kill it has died first.
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(1);
    }

    /** Gives at most 512 bytes at a time, so that a put takes long enough to be killed in its midst. */
    private static InputStream inSmallParts(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 512));
            }
        };
    }

    private static void writeOnAndOn(long first, PrintStream acknowledged, Write write) {
        new Thread(() -> {
                    for (long number = first; number < first + MOST; number++) {
                        acknowledged.println(write.number(number));
                    }
                })
                .start();
    }
}
