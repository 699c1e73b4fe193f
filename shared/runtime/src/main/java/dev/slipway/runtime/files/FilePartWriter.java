package dev.slipway.runtime.files;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.codec.CodecException;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Streams a part in bounded memory with its Content-Length, which Micronaut drops for a plain stream. */
@Singleton
final class FilePartWriter implements ResponseBodyWriter<FilePart> {
    private final Scheduler readers;

    FilePartWriter(@Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        readers = Schedulers.fromExecutorService(executor);
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<FilePart> type,
            MediaType mediaType,
            FilePart part) {
        return bodies.adapt(
                new FilePieces(part, readers).pieces(bodies.readBufferFactory()), OptionalLong.of(part.length()));
    }

    @Override
    public void writeTo(
            Argument<FilePart> type, MediaType mediaType, FilePart part, MutableHeaders headers, OutputStream out) {
        try (InputStream bytes = part.bytes()) {
            bytes.transferTo(out);
        } catch (IOException e) {
            throw new CodecException("The file could not be sent: " + e.getMessage(), e);
        }
    }
}
