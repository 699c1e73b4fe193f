package dev.slipway.gateway.forward;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.codec.CodecException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Passes the bytes on as they come, with their length where the service told it. */
@Singleton
final class ForwardedBodyWriter implements ResponseBodyWriter<ForwardedBody> {
    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<ForwardedBody> type,
            MediaType mediaType,
            ForwardedBody body) {
        OptionalLong length = body.bytes().expectedLength();
        // Not the body itself: it belongs to another connection's event loop.
        return bodies.adapt(body.bytes().toReadBufferPublisher(), length);
    }

    @Override
    public void writeTo(
            Argument<ForwardedBody> type,
            MediaType mediaType,
            ForwardedBody body,
            MutableHeaders headers,
            OutputStream out) {
        try (CloseableByteBody bytes = body.bytes();
                InputStream stream = bytes.toInputStream()) {
            stream.transferTo(out);
        } catch (IOException e) {
            throw new CodecException("The answer could not be passed on: " + e.getMessage(), e);
        }
    }
}
