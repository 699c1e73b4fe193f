package dev.slipway.gateway.http;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** What the body of a POST must be before anybody reads it. */
final class RequestBody {
    /** The code of a body that is no JSON in UTF-8. */
    static final String MEDIA_TYPE = "graphql.media-type";

    private RequestBody() {}

    /** A browser sends JSON to another origin only after asking; so nothing else is taken. */
    static void checkType(HttpRequest<?> request) {
        boolean json = request.getContentType()
                .filter(type -> type.getName().equalsIgnoreCase(MediaType.APPLICATION_JSON))
                .filter(type ->
                        type.getParameters().get("charset").orElse("utf-8").equalsIgnoreCase("utf-8"))
                .isPresent();
        if (!json) {
            throw SlipwayException.invalid(
                    MEDIA_TYPE, "Send the request as JSON in UTF-8, with 'Content-Type: application/json'.");
        }
    }

    /** All of a body, unless it is larger than {@code maximum} bytes. */
    static byte[] read(@Nullable InputStream body, int maximum) {
        if (body == null) {
            return new byte[0];
        }
        try (body) {
            byte[] bytes = body.readNBytes(maximum + 1);
            if (bytes.length > maximum) {
                throw SlipwayException.tooLarge(
                        "graphql.body", "The request is too large: at most " + maximum + " bytes are taken.");
            }
            return bytes;
        } catch (IOException e) {
            throw SlipwayException.invalid("graphql.body", "The request broke off before its end: send it again.", e);
        }
    }
}
