package dev.slipway.api.labeling;

import dev.slipway.kernel.id.TaskId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * One answer to a task.
 *
 * @param author the subject of the caller who gave it
 * @param accepted whether it is the task's label now; a later annotation takes its place
 */
@Serdeable
public record Annotation(TaskId task, String label, String author, boolean accepted) {}
