package dev.slipway.training.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the spans of traces in the artifact store. So that a trace of many small batches is read from few artifacts, the last
 * {@value #MOST_OF_A_LEVEL} batches become one as soon as they are of one level.
 */
@Singleton
final class SpanStore {
    /** Bytes of one trace's spans. */
    static final int MAX_SIZE = 32 * 1024 * 1024;

    private static final int MOST_OF_A_LEVEL = 16;

    private final ArtifactStore artifacts;

    SpanStore(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** Stores spans of one trace; {@code trace.too-large} when they are larger than one trace may be. */
    SpanBatch put(TracesData spans) {
        return put(spans, 0);
    }

    private SpanBatch put(TracesData spans, int level) {
        byte[] bytes = spans.toByteArray();
        if (bytes.length > MAX_SIZE) {
            throw tooLarge();
        }
        return new SpanBatch(artifacts.put(bytes).digest(), bytes.length, level);
    }

    private static SlipwayException tooLarge() {
        return SlipwayException.tooLarge(
                "trace.too-large",
                "The spans of one trace have at most " + MAX_SIZE + " bytes; log fewer or smaller ones.");
    }

    /** The batches with one more, some of them merged. */
    List<SpanBatch> with(List<SpanBatch> known, SpanBatch more) {
        List<SpanBatch> all = new ArrayList<>(known);
        all.add(more);
        for (List<SpanBatch> last = mergeable(all); !last.isEmpty(); last = mergeable(all)) {
            SpanBatch merged = put(merged(last), last.get(0).level() + 1);
            last.clear();
            all.add(merged);
        }
        if (all.stream().mapToLong(SpanBatch::size).sum() > MAX_SIZE) {
            throw tooLarge();
        }
        return all;
    }

    /** The end of the list, if it is a full level. */
    private static List<SpanBatch> mergeable(List<SpanBatch> all) {
        int from = Math.max(0, all.size() - MOST_OF_A_LEVEL);
        List<SpanBatch> last = all.subList(from, all.size());
        boolean full = last.size() == MOST_OF_A_LEVEL
                && last.stream().mapToInt(SpanBatch::level).distinct().count() == 1;
        return full ? last : List.of();
    }

    /** The spans of all batches, each as it came last: those without a parent first, then by their start. */
    List<Span> read(List<SpanBatch> batches) {
        return merged(batches).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .sorted(Comparator.comparing(
                                (Span span) -> !span.getParentSpanId().isEmpty())
                        .thenComparing(Span::getStartTimeUnixNano, Long::compareUnsigned))
                .toList();
    }

    private TracesData merged(List<SpanBatch> batches) {
        Set<ByteString> seen = new HashSet<>();
        TracesData.Builder merged = TracesData.newBuilder();
        for (int i = batches.size() - 1; i >= 0; i--) {
            for (ResourceSpans resource : parse(batches.get(i)).getResourceSpansList()) {
                ResourceSpans.Builder kept = resource.toBuilder().clearScopeSpans();
                for (ScopeSpans scope : resource.getScopeSpansList()) {
                    List<Span> fresh = lastOfEach(scope.getSpansList(), seen);
                    if (!fresh.isEmpty()) {
                        kept.addScopeSpans(scope.toBuilder().clearSpans().addAllSpans(fresh));
                    }
                }
                if (kept.getScopeSpansCount() > 0) {
                    merged.addResourceSpans(kept);
                }
            }
        }
        return merged.build();
    }

    private static List<Span> lastOfEach(List<Span> spans, Set<ByteString> seen) {
        List<Span> kept = new ArrayList<>();
        for (int i = spans.size() - 1; i >= 0; i--) {
            if (seen.add(spans.get(i).getSpanId())) {
                kept.add(spans.get(i));
            }
        }
        return kept;
    }

    private TracesData parse(SpanBatch batch) {
        try {
            return TracesData.parseFrom(artifacts.read(batch.artifact(), MAX_SIZE));
        } catch (InvalidProtocolBufferException e) {
            throw SlipwayException.internal("trace.spans", "The spans in " + batch.artifact() + " can't be read.", e);
        }
    }
}
