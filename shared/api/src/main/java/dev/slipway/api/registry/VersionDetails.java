package dev.slipway.api.registry;

import io.micronaut.core.annotation.Creator;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What is told of a version besides the model itself.
 *
 * @param description for people
 * @param stage {@link Stage#NONE} unless somebody has moved it
 * @param source the address it was registered from; null for a version that was registered by its ONNX artifact
 * @param location the address its files are loaded from: the source, or what that refers to
 * @param runId the run it is said to come from, known here or not
 * @param runLink where that run is to be seen
 * @param loggedModel the id of the logged model that it is, {@code m-…}
 * @param user who registered it
 * @param statusMessage what is to be known of it, such as why it can't be converted
 * @param deleted when it was deleted, UTC milliseconds; null unless it was
 */
@Serdeable
public record VersionDetails(
        @Nullable String description,
        Stage stage,
        @Nullable String source,
        @Nullable String location,
        @Nullable String runId,
        @Nullable String runLink,
        @Nullable String loggedModel,
        @Nullable String user,
        @Nullable String statusMessage,
        @Nullable Long deleted) {
    /** Nothing is told. */
    public static final VersionDetails NONE =
            new VersionDetails(null, Stage.NONE, null, null, null, null, null, null, null, null);

    @Creator
    public VersionDetails {
        stage = stage == null ? Stage.NONE : stage;
    }

    /** The same with another description. */
    public VersionDetails describedAs(@Nullable String text) {
        return new VersionDetails(
                text, stage, source, location, runId, runLink, loggedModel, user, statusMessage, deleted);
    }

    /** The same in another stage. */
    public VersionDetails in(Stage other) {
        return new VersionDetails(
                description, other, source, location, runId, runLink, loggedModel, user, statusMessage, deleted);
    }

    /** The same, deleted. */
    public VersionDetails deletedAt(long time) {
        return new VersionDetails(
                description, stage, source, location, runId, runLink, loggedModel, user, statusMessage, time);
    }
}
