package dev.slipway.standalone.fetch;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.util.Optional;

/** What a server says of a refusal, as far as it says anything (RFC 9457). */
record Problem(Optional<String> code, Optional<String> detail) {
    @Serdeable
    record Json(@Nullable String code, @Nullable String detail) {}

    static Problem parse(byte[] body) {
        try {
            Json json = ObjectMapper.getDefault().readValue(body, Json.class);
            return new Problem(Optional.ofNullable(json.code()), Optional.ofNullable(json.detail()));
        } catch (IOException e) {
            // A proxy in between answers in HTML; the status then has to say it all.
            return new Problem(Optional.empty(), Optional.empty());
        }
    }
}
