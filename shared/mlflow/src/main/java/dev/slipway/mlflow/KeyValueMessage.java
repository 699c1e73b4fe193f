package dev.slipway.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.api.training.Param;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A param or a tag; MLflow takes a missing value for an empty one. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyValueMessage(String key, String value) {
    /** @throws dev.slipway.kernel.SlipwayException {@code request.incomplete} without a key */
    public KeyValueMessage {
        Required.part("key", key);
        value = value == null ? "" : value;
    }

    private static KeyValueMessage of(Param param) {
        return new KeyValueMessage(param.key(), param.value());
    }

    /** As messages; null for none. */
    @Nullable
    public static List<KeyValueMessage> of(List<Param> params) {
        return params.isEmpty()
                ? null
                : params.stream().map(KeyValueMessage::of).toList();
    }

    /** As messages, in the order of the map; null for none. */
    @Nullable
    public static List<KeyValueMessage> of(Map<String, String> texts) {
        return Absent.ifEmpty(texts.entrySet().stream()
                .map(text -> new KeyValueMessage(text.getKey(), text.getValue()))
                .toList());
    }

    /** As params or tags; none for null. */
    public static List<Param> params(@Nullable List<KeyValueMessage> messages) {
        return messages == null
                ? List.of()
                : messages.stream().map(KeyValueMessage::param).toList();
    }

    /** By key, in the order sent; of several of one key the last counts. */
    public static Map<String, String> byKey(@Nullable List<KeyValueMessage> messages) {
        Map<String, String> byKey = new LinkedHashMap<>();
        params(messages).forEach(param -> byKey.put(param.key(), param.value()));
        return byKey;
    }

    /** As params or tags, whose values are cut to so many characters, as MLflow does with those of runs. */
    public static List<Param> cut(@Nullable List<KeyValueMessage> messages, int characters) {
        return messages == null
                ? List.of()
                : messages.stream().map(message -> message.cut(characters)).toList();
    }

    /** As a param or tag. */
    public Param param() {
        return new Param(key, value);
    }

    private Param cut(int characters) {
        return value.codePointCount(0, value.length()) <= characters
                ? param()
                : new Param(key, value.substring(0, value.offsetByCodePoints(0, characters)));
    }
}
