package dev.slipway.training.trace;

import dev.slipway.kernel.Digest;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Spans of one trace that are kept together, as OpenTelemetry's {@code TracesData}.
 *
 * @param artifact their bytes
 * @param size of them
 * @param level how often they were merged from smaller batches
 */
@Serdeable
public record SpanBatch(Digest artifact, long size, int level) {}
