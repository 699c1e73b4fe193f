package dev.slipway.store.arangodb.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as plain Java: {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double}, {@code Boolean}. */
final class Json {

    private final ObjectMapper mapper = new ObjectMapper()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    Object read(String body) {
        try {
            return Values.stored(mapper.readValue(body, Object.class));
        } catch (JsonProcessingException e) {
            throw Refusals.corruptedJson(e.getOriginalMessage());
        }
    }

    byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How large a document counts against the limit of a transaction. */
    long size(Map<String, Object> document) {
        return write(document).length;
    }
}
