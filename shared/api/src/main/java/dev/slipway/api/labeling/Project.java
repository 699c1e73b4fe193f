package dev.slipway.api.labeling;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A labeling project: tasks of one kind, and the labels they may be given.
 *
 * @param name unique in the workspace
 * @param labels what a task may be labelled as, in the order of the model's outputs
 */
@Serdeable
public record Project(String name, List<String> labels) {}
