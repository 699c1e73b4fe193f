package dev.slipway.gateway.schema;

import dev.slipway.api.labeling.Annotate;
import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.labeling.Preannotate;
import dev.slipway.api.labeling.Prediction;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Projects, tasks and the answers to them. */
@Singleton
final class LabelingResolvers implements Resolvers {
    private final LabelingApi labeling;

    LabelingResolvers(LabelingApi labeling) {
        this.labeling = labeling;
    }

    @Override
    public void wire(Wiring wiring) {
        wireRoots(wiring);
        wiring.entity(Kinds.PROJECT)
                .field("name", Project::name)
                .field("labels", Project::labels)
                .fetch("unlabelled", (project, request) -> request.load(Lookup.PROJECT_COUNTS, project.id())
                        .thenApply(counts -> Optional.ofNullable(counts)
                                .map(ProjectCounts::unlabelled)
                                .orElse(0L)))
                .fetch("labelled", (project, request) -> request.load(Lookup.PROJECT_COUNTS, project.id())
                        .thenApply(counts -> Optional.ofNullable(counts)
                                .map(ProjectCounts::labelled)
                                .orElse(0L)))
                .page(
                        "tasks",
                        (project, request, limit, cursor) -> labeling.tasks(
                                project.id(), request.arguments().choice("state", TaskState.class), limit, cursor));
        wiring.entity(Kinds.TASK)
                .reference("project", Kinds.PROJECT, Task::project)
                .field("key", Task::key)
                .field("sample", Task::sample)
                .field("state", Task::state)
                .field("label", Task::label)
                .field("prediction", Task::prediction)
                .fetch("annotations", (task, request) -> labeling.annotations(task.id()));
        wiring.entity(Kinds.ANNOTATION)
                .field("label", Annotation::label)
                .field("author", Annotation::author)
                .field("accepted", Annotation::accepted);
        wiring.type("Prediction", Prediction.class)
                .reference("modelVersion", Kinds.MODEL_VERSION, Prediction::modelVersion)
                .field("label", Prediction::label)
                .field("probability", Prediction::probability)
                .field("uncertainty", Prediction::uncertainty);
    }

    private void wireRoots(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "project",
                        (none, request) -> labeling.project(request.arguments().id("id", Kinds.PROJECT)))
                .fetch(
                        "projectNamed",
                        (none, request) ->
                                labeling.projectNamed(request.arguments().text("name")))
                .page("projects", (none, request, limit, cursor) -> labeling.listProjects(limit, cursor));
        wiring.root("Mutation")
                .fetch(
                        "createProject",
                        (none, request) -> createProject(request.arguments().input("input")))
                .fetch(
                        "annotate",
                        (none, request) -> annotate(request.arguments().input("input")))
                .fetch(
                        "preannotate",
                        (none, request) -> preannotate(request.arguments().input("input")));
    }

    private Object createProject(Arguments input) {
        return labeling.createProject(new CreateProject(input.text("name"), input.texts("labels")));
    }

    private Object annotate(Arguments input) {
        return labeling.annotate(input.id("task", Kinds.TASK), new Annotate(input.text("label")));
    }

    private Object preannotate(Arguments input) {
        return labeling.preannotate(
                input.id("project", Kinds.PROJECT), new Preannotate(input.id("modelVersion", Kinds.MODEL_VERSION)));
    }
}
