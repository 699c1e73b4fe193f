package dev.slipway.training.commit;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.graph.FacetKind;
import java.util.HashMap;
import java.util.Map;

/** Holds params to their first values, those that stand already and those of earlier requests of the same group. */
final class FirstParams {
    private final StoredFacets stored;

    /** By run, as far as anybody asked for them. */
    private final Map<RunId, Map<String, String>> values = new HashMap<>();

    FirstParams(StoredFacets stored) {
        this.stored = stored;
    }

    /** Fails with {@code run.param-changed} if a param of the request has another value already. */
    void admit(RunRequest request) {
        if (request.batch().params().isEmpty()) {
            return;
        }
        Map<String, String> known = values.computeIfAbsent(request.run(), run -> stored(request));
        Map<String, String> added = new HashMap<>();
        for (Param param : request.batch().params()) {
            String first = known.getOrDefault(param.key(), added.getOrDefault(param.key(), param.value()));
            if (!first.equals(param.value())) {
                throw SlipwayException.invalid(
                        "run.param-changed",
                        "Param '" + param.key() + "' of run " + request.run() + " is '" + shortened(first)
                                + "' and can't become '" + shortened(param.value())
                                + "': params keep their first value. Log a tag or start a new run.");
            }
            added.put(param.key(), param.value());
        }
        known.putAll(added);
    }

    private Map<String, String> stored(RunRequest request) {
        Map<String, String> params = new HashMap<>();
        stored.of(request, FacetKind.PARAM)
                .forEach(facet -> params.put(facet.key(), facet.value().text()));
        return params;
    }

    private static String shortened(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "…";
    }
}
