package dev.slipway.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the requests of several services have in common. */
class RequestPartsTest {
    @Test
    void aMissingValueIsTheEmptyOne() throws IOException {
        KeyValueMessage read =
                ObjectMapper.getDefault().readValue("{\"key\": \"k\", \"more\": 1}", KeyValueMessage.class);

        assertThat(read).isEqualTo(new KeyValueMessage("k", ""));
        assertThat(ObjectMapper.getDefault().writeValueAsString(read)).isEqualTo("{\"key\":\"k\",\"value\":\"\"}");
    }

    @Test
    void aKeyIsNeeded() {
        refused("request.incomplete", () -> new KeyValueMessage(null, "v"));
    }

    @Test
    void manyAreReadInTheOrderSent() {
        List<KeyValueMessage> messages =
                List.of(new KeyValueMessage("b", "1"), new KeyValueMessage("a", "2"), new KeyValueMessage("b", "3"));

        assertThat(KeyValueMessage.params(messages))
                .containsExactly(new Param("b", "1"), new Param("a", "2"), new Param("b", "3"));
        assertThat(KeyValueMessage.byKey(messages)).containsExactly(Map.entry("b", "3"), Map.entry("a", "2"));
        assertThat(KeyValueMessage.of(Map.of("k", "v"))).containsExactly(new KeyValueMessage("k", "v"));
    }

    @Test
    void noneAreAbsent() {
        assertThat(KeyValueMessage.params(null)).isEmpty();
        assertThat(KeyValueMessage.byKey(null)).isEmpty();
        assertThat(KeyValueMessage.cut(null, 1)).isEmpty();
        assertThat(KeyValueMessage.of(List.of())).isNull();
        assertThat(KeyValueMessage.of(Map.of())).isNull();
    }

    @Test
    void valuesAreCutBetweenCharacters() {
        List<KeyValueMessage> messages = List.of(new KeyValueMessage("k", "a\uD83D\uDC08b"));

        assertThat(KeyValueMessage.cut(messages, 3)).containsExactly(new Param("k", "a\uD83D\uDC08b"));
        assertThat(KeyValueMessage.cut(messages, 2)).containsExactly(new Param("k", "a\uD83D\uDC08"));
        assertThat(KeyValueMessage.cut(messages, 0)).containsExactly(new Param("k", ""));
    }

    @Test
    void asManyAreWantedAsAreAskedFor() {
        assertThat(MaxResults.of(null, 100, 1000)).isEqualTo(100);
        assertThat(MaxResults.of(1, 100, 1000)).isEqualTo(1);
        assertThat(MaxResults.of(1000, 100, 1000)).isEqualTo(1000);
        for (int bad : List.of(0, -1, 1001, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            refused("search.limit", () -> MaxResults.of(bad, 100, 1000));
        }
    }

    private static void refused(String code, ThrowingCallable call) {
        SlipwayException refusal = catchThrowableOfType(SlipwayException.class, call);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID);
        assertThat(refusal.code()).isEqualTo(code);
    }
}
