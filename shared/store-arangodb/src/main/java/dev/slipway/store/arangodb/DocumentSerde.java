package dev.slipway.store.arangodb;

import com.arangodb.ArangoDBException;
import com.arangodb.entity.BaseDocument;
import com.arangodb.serde.ArangoSerde;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Documents and bind values as JSON, by our own Jackson rather than by the one inside the driver. */
final class DocumentSerde implements ArangoSerde {
    private static final TypeReference<Map<String, Object>> ATTRIBUTES = new TypeReference<>() {};

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public byte[] serialize(Object value) {
        try {
            return json.writeValueAsBytes(value instanceof BaseDocument document ? document.getProperties() : value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T deserialize(byte[] content, Class<T> type) {
        try {
            return type.cast(
                    type == BaseDocument.class
                            ? new BaseDocument(json.readValue(content, ATTRIBUTES))
                            : json.readValue(content, type));
        } catch (IOException e) {
            // Half an answer is as good as none.
            throw ArangoDBException.of(e);
        }
    }
}
