package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arangodb.ArangoDBException;
import com.arangodb.entity.BaseDocument;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentSerdeTest {
    private final DocumentSerde serde = new DocumentSerde();

    @Test
    void aDocumentKeepsEveryAttribute() {
        BaseDocument document = new BaseDocument("key");
        document.setRevision("_a");
        document.addAttribute("text", "ü\u0000😀");
        document.addAttribute("number", Long.MIN_VALUE);
        document.addAttribute("list", List.of(Map.of("a", 1)));
        BaseDocument read = serde.deserialize(serde.serialize(document), BaseDocument.class);
        assertThat(read).isEqualTo(document);
        assertThat(read.getKey()).isEqualTo("key");
        assertThat(read.getRevision()).isEqualTo("_a");
        assertThat(Fields.number(read, "number")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whatIsNoJsonIsAnError() {
        assertThatThrownBy(() -> serde.deserialize("{".getBytes(StandardCharsets.UTF_8), BaseDocument.class))
                .isInstanceOf(ArangoDBException.class);
    }

    /** The driver's jar names a module that it does not hold; the log encoder, for one, would stumble over it. */
    @Test
    void theDriverDoesNotSpoilTheJacksonOfOthers() throws Exception {
        assertThat(new ObjectMapper().findAndRegisterModules().writeValueAsString(Map.of("a", 1)))
                .isEqualTo("{\"a\":1}");
    }
}
