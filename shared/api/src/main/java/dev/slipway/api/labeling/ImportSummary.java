package dev.slipway.api.labeling;

import io.micronaut.serde.annotation.Serdeable;

/**
 * What an import did.
 *
 * @param added how many tasks were new
 * @param known how many were there already, by their keys; a label that is new for them is accepted
 * @param labelled how many of all of them now carry a label
 */
@Serdeable
public record ImportSummary(long added, long known, long labelled) {}
