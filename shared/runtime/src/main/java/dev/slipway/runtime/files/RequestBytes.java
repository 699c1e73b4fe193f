package dev.slipway.runtime.files;

import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.CloseableByteBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * The body of a request as a stream, received ahead of whoever reads it: Micronaut's own stream asks for each piece by
 * itself, and two threads then wait for each other a thousand times in a large file.
 */
public final class RequestBytes extends InputStream {
    /** Of at most 64 KiB each. */
    private static final int AHEAD = 32;

    private final CloseableByteBody body;
    private final Stream<byte[]> pieces;
    private final Iterator<byte[]> rest;
    private InputStream piece = InputStream.nullInputStream();

    private RequestBytes(CloseableByteBody body) {
        this.body = body;
        this.pieces = Flux.from(body.toByteArrayPublisher()).toStream(AHEAD);
        this.rest = pieces.iterator();
    }

    /** Takes the body from the request, for whoever closes the stream. It is read on threads that may block. */
    public static InputStream of(ServerHttpRequest<?> request) {
        return new RequestBytes(request.byteBody().move());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = piece.read(bytes, offset, length);
        while (read < 0 && next()) {
            read = piece.read(bytes, offset, length);
        }
        return read;
    }

    private boolean next() throws IOException {
        try {
            if (!rest.hasNext()) {
                return false;
            }
            piece = new ByteArrayInputStream(rest.next());
            return true;
        } catch (RuntimeException e) {
            throw new IOException("The body was not received: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pieces.close();
        body.close();
    }
}
