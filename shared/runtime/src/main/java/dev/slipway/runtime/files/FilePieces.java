package dev.slipway.runtime.files;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * Reads a stream ahead of whoever sends it, in pieces large enough that the change of threads for each does not count.
 *
 * @param part whose bytes are closed when all is read or nobody wants more
 * @param readers on whose threads it is read
 */
record FilePieces(FilePart part, Scheduler readers) {
    private static final int PIECE = 512 * 1024;
    private static final int AHEAD = 2;

    Publisher<ReadBuffer> pieces(ReadBufferFactory buffers) {
        return Flux.<ReadBuffer, InputStream>generate(
                        part::bytes, (stream, sink) -> next(stream, sink, buffers), FilePieces::close)
                .subscribeOn(readers)
                .publishOn(readers, AHEAD);
    }

    private InputStream next(InputStream stream, SynchronousSink<ReadBuffer> sink, ReadBufferFactory buffers) {
        try {
            // One byte more than a small file has, so that its end shows at once.
            byte[] piece = new byte[(int) Math.min(PIECE, part.length() + 1)];
            int length = stream.readNBytes(piece, 0, piece.length);
            if (length > 0) {
                sink.next(buffers.adapt(length == piece.length ? piece : Arrays.copyOf(piece, length)));
            }
            if (length < piece.length) {
                sink.complete();
            }
        } catch (IOException e) {
            sink.error(e);
        }
        return stream;
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
