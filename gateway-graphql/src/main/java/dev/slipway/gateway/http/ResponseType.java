package dev.slipway.gateway.http;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.http.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The two media types of an answer. They differ in the status code of a request that can't be carried out. */
enum ResponseType {
    /** Any well-formed request is answered with 200. */
    JSON("application/json"),
    /** The status code tells whether the request could be carried out. */
    GRAPHQL_RESPONSE("application/graphql-response+json");

    /** The code of a request whose answer may have neither type. */
    static final String NOT_ACCEPTABLE = "graphql.not-acceptable";

    private record Choice(ResponseType type, double quality, int place) {}

    private final String mediaType;

    ResponseType(String mediaType) {
        this.mediaType = mediaType;
    }

    String contentType() {
        return mediaType + "; charset=utf-8";
    }

    /** The one that the client likes best; JSON if it doesn't care; fails when it takes neither. */
    static ResponseType best(List<String> acceptHeaders) {
        List<MediaType> ranges = acceptHeaders.stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(ResponseType::range)
                .toList();
        if (ranges.isEmpty()) {
            return JSON;
        }
        return Stream.of(values())
                .flatMap(type -> type.choice(ranges).stream())
                .min(Comparator.comparingDouble(Choice::quality).reversed().thenComparingInt(Choice::place))
                .map(Choice::type)
                .orElseThrow(() -> SlipwayException.invalid(
                        NOT_ACCEPTABLE, "Accept application/graphql-response+json or application/json."));
    }

    // The most specific range that matches decides.
    private Optional<Choice> choice(List<MediaType> ranges) {
        return Stream.of(mediaType, "application/*", "*/*")
                .flatMap(name -> ranges.stream().filter(range -> range.getName().equalsIgnoreCase(name)))
                .findFirst()
                .map(range -> new Choice(this, range.getQualityAsNumber().doubleValue(), ranges.indexOf(range)))
                .filter(choice -> choice.quality > 0);
    }

    private static MediaType range(String text) {
        try {
            return MediaType.of(text);
        } catch (IllegalArgumentException e) {
            throw SlipwayException.invalid("graphql.accept", "The Accept header can't be read: '" + text + "'.", e);
        }
    }
}
