package dev.slipway.labeling;

import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.labeling.Project;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes and finds projects. */
@Singleton
final class Projects {
    private static final int MAX_NAME = 200;

    private final Entities entities;

    Projects(Entities entities) {
        this.entities = entities;
    }

    Entity<ProjectId, Project> create(CreateProject request) {
        String name = request.name();
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw SlipwayException.invalid(
                    "labeling.name", "A project's name has 1 to " + MAX_NAME + " characters and is not blank.");
        }
        Labels.checkSet(request.labels());
        Change change = entities.change();
        Entity<ProjectId, Project> project = change.create(
                LabelingKinds.PROJECT,
                entities.newId(ProjectId::new),
                new Project(name, List.copyOf(request.labels())));
        change.take(claim(name), project.id());
        change.event("project.created", EntityRef.of(EntityType.PROJECT, project.id()), Map.of("name", name));
        try {
            change.commit();
        } catch (SlipwayException e) {
            throw e.code().equals("store.claim-taken") ? exists(name) : e;
        }
        return project;
    }

    private static SlipwayException exists(String name) {
        return SlipwayException.conflict(
                "labeling.project-exists",
                "There is a project named '" + name + "' already: use it, or choose another name.");
    }

    /** Fails with {@code project.unknown}. */
    Entity<ProjectId, Project> get(ProjectId id) {
        return entities.get(LabelingKinds.PROJECT, id);
    }

    Optional<Entity<ProjectId, Project>> find(ProjectId id) {
        return entities.find(LabelingKinds.PROJECT, id);
    }

    Optional<Entity<ProjectId, Project>> named(String name) {
        return entities.claimed(LabelingKinds.PROJECT, claim(name));
    }

    List<Entity<ProjectId, Project>> getAll(List<ProjectId> ids) {
        return entities.getAll(LabelingKinds.PROJECT, ids);
    }

    /** Newest first. */
    Page<Entity<ProjectId, Project>> list(int limit, @Nullable String cursor) {
        return entities.query(LabelingKinds.PROJECT, LabelingKinds.ALL, List.of(), true, limit, cursor);
    }

    private static String claim(String name) {
        return "project-name/" + name;
    }
}
