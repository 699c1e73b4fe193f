package dev.slipway.gateway.http;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.util.Optional;

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

    static byte[] check(Optional<byte[]> given, int maximum) {
        byte[] body = given.orElseGet(() -> new byte[0]);
        if (body.length > maximum) {
            throw SlipwayException.tooLarge(
                    "graphql.body", "The request has " + body.length + " bytes; at most " + maximum + " are taken.");
        }
        return body;
    }
}
