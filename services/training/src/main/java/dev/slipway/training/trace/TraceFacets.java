package dev.slipway.training.trace;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.mlflow.search.SearchSchema;
import dev.slipway.mlflow.search.Source;
import dev.slipway.runtime.entity.Change;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.DerivedFacets;
import java.util.Comparator;
import java.util.regex.Pattern;

/** What of a trace is searched: derived from its body, and written with it. */
final class TraceFacets {
    static final String TIME = "timestamp_ms";
    static final String DURATION = "execution_time_ms";
    static final String END = "end_time_ms";
    static final String STATUS = "status";
    static final String CLIENT_ID = "client_request_id";
    static final String NAME = "name";
    static final String RUN = "run/";
    static final String PROMPT = "prompt/";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}([.][0-9]{1,30})?([eE][-+]?[0-9]{1,3})?");
    private static final int MAX_INDEXED = 1000;

    private TraceFacets() {}

    static EntityRef ref(TraceId id) {
        return EntityRef.of(EntityType.TRACE, id);
    }

    /**
     * Brings the facets of a trace from those of one body to those of another.
     *
     * @param revision that the change makes, so that its values win
     */
    static void move(Change change, TraceId id, Trace before, Trace after, long revision) {
        of(after).replace(of(before), change, ref(id), after.experiment(), revision);
    }

    /** Sets all facets of a trace. */
    static void put(Change change, Entity<TraceId, Trace> trace) {
        of(trace.body())
                .replace(
                        new DerivedFacets(),
                        change,
                        ref(trace.id()),
                        trace.body().experiment(),
                        trace.revision());
    }

    private static DerivedFacets of(Trace trace) {
        DerivedFacets facets = new DerivedFacets();
        if (trace.deleted() != null) {
            return facets;
        }
        TraceInfo info = trace.info();
        facets.number(TIME, info.requestTime());
        facets.number(END, info.end());
        facets.text(STATUS, info.state().name());
        if (info.duration() != null) {
            facets.number(DURATION, info.duration());
        }
        if (info.clientRequestId() != null) {
            facets.text(CLIENT_ID, info.clientRequestId());
        }
        if (trace.tags().containsKey(Trace.NAME)) {
            facets.text(NAME, trace.tags().get(Trace.NAME));
        }
        trace.runs().forEach(run -> facets.text(RUN + run, ""));
        LinkedPrompts.of(trace.tags().get(LinkedPrompts.TAG)).stream()
                .map(prompt -> PROMPT + prompt.name() + "/" + prompt.version())
                .filter(key -> key.length() <= Facet.MAX_KEY)
                .forEach(key -> facets.text(key, ""));
        trace.tags().forEach((key, value) -> facets.text(FacetKind.TAG, key, value));
        trace.metadata().forEach((key, value) -> facets.text(FacetKind.PARAM, key, value));
        assessments(facets, trace);
        return facets;
    }

    /** Of several valid ones of a name the newest counts. */
    private static void assessments(DerivedFacets facets, Trace trace) {
        trace.assessments().stream()
                .filter(Assessment::valid)
                .sorted(Comparator.comparingLong(Assessment::updated))
                .forEach(assessment -> {
                    Source source =
                            switch (assessment.type()) {
                                case FEEDBACK -> Source.FEEDBACK;
                                case EXPECTATION -> Source.EXPECTATION;
                                case ISSUE -> Source.TAG;
                            };
                    String key = SearchSchema.assessment(source, assessment.name());
                    if (source != Source.TAG && key.length() <= Facet.MAX_KEY) {
                        facets.put(FacetKind.ATTRIBUTE, key, value(assessment.value()));
                    }
                });
    }

    /** A number as such, a text without its quotes; anything else is JSON. */
    private static Facet.Value value(String json) {
        if (NUMBER.matcher(json).matches()) {
            return new Facet.Value.Num(Double.parseDouble(json));
        }
        boolean quoted = json.length() >= 2 && json.startsWith("\"") && json.indexOf('\\') < 0;
        return new Facet.Value.Text(TraceTexts.cut(quoted ? json.substring(1, json.length() - 1) : json, MAX_INDEXED));
    }
}
