package dev.slipway.api.labeling;

import dev.slipway.api.Sample;
import dev.slipway.kernel.id.ProjectId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * One thing to label.
 *
 * @param key names it within the project's sources
 * @param sample what a labeller sees
 * @param label the accepted label; null while it is unlabelled
 * @param prediction what a model makes of it; null until one was asked
 */
@Serdeable
public record Task(
        ProjectId project,
        String key,
        Sample sample,
        TaskState state,
        @Nullable String label,
        @Nullable Prediction prediction) {}
