package dev.slipway.store.arangodb.fake;

import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer; a {@code null} body is none at all. */
record Answer(int status, Object body, Map<String, String> headers) {

    static Answer of(int status, Object body) {
        return new Answer(status, body, Map.of());
    }

    /** An object that also says the documented {@code error: false} and {@code code}. */
    static Answer success(int status, Map<String, Object> attributes) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", false);
        body.put("code", status);
        body.putAll(attributes);
        return of(status, body);
    }

    static Answer result(int status, Object result) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("result", result);
        return success(status, attributes);
    }

    /** The documented error object. */
    static Answer refusal(ArangoRefusal refusal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", true);
        body.put("code", refusal.httpStatus());
        body.put("errorNum", refusal.errorNumber());
        body.put("errorMessage", refusal.getMessage());
        body.putAll(refusal.details());
        return of(refusal.httpStatus(), body);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more);
    }
}
