package dev.slipway.api.monitoring;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * True labels of logged predictions: at most 1000.
 */
@Serdeable
public record LogLabels(List<TrueLabel> labels) {}
