package dev.slipway.api.labeling;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Asks for a project.
 *
 * @param name 1 to 200 characters, unique in the workspace
 * @param labels 2 to 10,000 different ones, each of 1 to 200 characters
 */
@Serdeable
public record CreateProject(String name, List<String> labels) {}
