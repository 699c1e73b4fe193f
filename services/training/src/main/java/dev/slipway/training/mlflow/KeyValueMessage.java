package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.api.training.Param;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** A param or a tag; MLflow takes a missing value for an empty one. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyValueMessage(String key, String value) {
    public KeyValueMessage {
        Required.part("key", key);
        value = value == null ? "" : value;
    }

    static KeyValueMessage of(Param param) {
        return new KeyValueMessage(param.key(), param.value());
    }

    Param param() {
        return new Param(key, value);
    }

    /** The same, with a value that is cut to so many characters, as MLflow does with those of runs. */
    Param cut(int characters) {
        if (value.codePointCount(0, value.length()) <= characters) {
            return param();
        }
        return new Param(key, value.substring(0, value.offsetByCodePoints(0, characters)));
    }

    /** Null for none. */
    @Nullable
    static List<KeyValueMessage> of(List<Param> params) {
        return params.isEmpty()
                ? null
                : params.stream().map(KeyValueMessage::of).toList();
    }

    static List<Param> params(@Nullable List<KeyValueMessage> messages) {
        return messages == null
                ? List.of()
                : messages.stream().map(KeyValueMessage::param).toList();
    }

    static List<Param> cut(@Nullable List<KeyValueMessage> messages, int characters) {
        return messages == null
                ? List.of()
                : messages.stream().map(message -> message.cut(characters)).toList();
    }
}
