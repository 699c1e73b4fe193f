package dev.slipway.labeling;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.Jobs;
import jakarta.inject.Singleton;

/** Starts the job that lets a registered model label tasks for the time being. */
@Singleton
final class Preannotation {
    private final Entities entities;
    private final RegistryApi registry;
    private final Jobs jobs;
    private final PreannotateHandler handler;

    Preannotation(Entities entities, RegistryApi registry, Jobs jobs, PreannotateHandler handler) {
        this.entities = entities;
        this.registry = registry;
        this.jobs = jobs;
        this.handler = handler;
    }

    /** Fails at once with {@code model-version.unknown} or {@code labeling.classes-differ}, before there is a job. */
    Entity<JobId, Job> start(Entity<ProjectId, Project> project, ModelVersionId id) {
        suitable(registry, id, project.body());
        Change change = entities.change();
        Entity<JobId, Job> job = jobs.enqueue(
                change,
                entities.newId(JobId::new),
                handler,
                EntityRef.of(EntityType.PROJECT, project.id()),
                new PreannotateInput(project.id(), id));
        change.commit();
        return job;
    }

    /** The version, if its classes are the project's labels in the same order. */
    static ModelVersion suitable(RegistryApi registry, ModelVersionId id, Project project) {
        Entity<ModelVersionId, ModelVersion> version = registry.version(id);
        if (version == null) {
            throw SlipwayException.notFound(
                    "model-version.unknown", "There is no model version " + id + " to label tasks with.");
        }
        if (!version.body().classes().equals(project.labels())) {
            throw SlipwayException.invalid(
                    "labeling.classes-differ",
                    "Model version " + id + " tells apart "
                            + Labels.brief(version.body().classes())
                            + ", but project '" + project.name() + "' has the labels " + Labels.brief(project.labels())
                            + ". Choose a model trained on this project's labels, in their order.");
        }
        return version.body();
    }
}
