package dev.slipway.training.mlflow;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Reads OTLP's requests in both of their encodings; {@code trace.otlp} for what is none. */
final class OtlpRequests {
    private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

    private OtlpRequests() {}

    static ExportTraceServiceRequest protobuf(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("protocol buffers", e);
        }
    }

    static ExportTraceServiceRequest json(byte[] body) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        try {
            JSON.merge(new String(body, StandardCharsets.UTF_8), request);
            for (ResourceSpans.Builder resource : request.getResourceSpansBuilderList()) {
                for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
                    scope.getSpansBuilderList().forEach(OtlpRequests::readHexadecimal);
                }
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw malformed("JSON", e);
        }
        return request.build();
    }

    /**
     * Ids are hexadecimal in OTLP's JSON, but base64 in that of protocol buffers, as which they were read; their lengths are
     * those of whole groups, so that nothing was lost.
     */
    private static void readHexadecimal(Span.Builder span) {
        span.setTraceId(hexadecimal(span.getTraceId()));
        span.setSpanId(hexadecimal(span.getSpanId()));
        span.setParentSpanId(hexadecimal(span.getParentSpanId()));
        span.getLinksBuilderList().forEach(link -> {
            link.setTraceId(hexadecimal(link.getTraceId()));
            link.setSpanId(hexadecimal(link.getSpanId()));
        });
    }

    private static ByteString hexadecimal(ByteString misread) {
        return ByteString.copyFrom(HexFormat.of().parseHex(Base64.getEncoder().encodeToString(misread.toByteArray())));
    }

    private static SlipwayException malformed(String encoding, Exception cause) {
        return new SlipwayException(
                ErrorKind.INVALID,
                "trace.otlp",
                "The body is no OTLP request for traces in " + encoding + ": " + cause.getMessage(),
                cause);
    }
}
