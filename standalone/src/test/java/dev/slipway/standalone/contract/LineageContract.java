package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.labeling.Annotate;
import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.api.lineage.AuditEntry;
import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.lineage.LineageEdge;
import dev.slipway.api.lineage.LineageNode;
import dev.slipway.api.lineage.LineageQuery;
import dev.slipway.api.lineage.ModelCard;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class LineageContract extends Contract {
    private final LineageApi lineage = bean(LineageApi.class);
    private final LabelingApi labeling = bean(LabelingApi.class);

    LineageContract(Binding binding) {
        super(binding);
    }

    @Test
    void aModelVersionComesFromLabels() {
        Entity<ModelVersionId, ModelVersion> version = given().modelVersion();
        DatasetVersionId dataset = version.body().datasetVersion();
        ProjectId project = given().datasets().version(dataset).body().project();

        Lineage found = lineage.traverse(upstream(version.id(), 10, Set.of(), 100));

        assertThat(found.truncated()).isFalse();
        assertThat(found.nodes().get(0))
                .isEqualTo(new LineageNode(EntityRef.of(EntityType.MODEL_VERSION, version.id()), 0));
        assertThat(found.nodes())
                .contains(
                        new LineageNode(EntityRef.of(EntityType.DATASET_VERSION, dataset), 1),
                        new LineageNode(
                                EntityRef.of(EntityType.RUN, version.body().run()), 1),
                        new LineageNode(EntityRef.of(EntityType.PROJECT, project), 2));
        assertThat(found.edges()).extracting(LineageEdge::type).contains(EdgeType.GENERATED_BY, EdgeType.DERIVED_FROM);
    }

    @Test
    void aWalkIsAsWideAsItIsAskedToBe() {
        ModelVersionId version = given().modelVersion().id();

        assertThat(lineage.traverse(upstream(version, 0, Set.of(), 100)).nodes())
                .hasSize(1);
        assertThat(lineage.traverse(upstream(version, 10, Set.of(EdgeType.GENERATED_BY), 100))
                        .edges())
                .extracting(LineageEdge::type)
                .containsOnly(EdgeType.GENERATED_BY);
        assertThat(lineage.traverse(upstream(version, 10, Set.of(), 2)).truncated())
                .isTrue();
    }

    @Test
    void aCardTellsOfAVersionWhereverItsServicesAre() {
        Entity<ModelVersionId, ModelVersion> version = given().modelVersion();

        ModelCard card = lineage.card(version.id());

        assertThat(card.version()).isEqualTo(version.body().number());
        assertThat(card.classes()).isEqualTo(Given.LABELS);
        assertThat(card.markdown())
                .contains(
                        "# Model Card for " + card.name(),
                        "| split | samples | cat | dog |",
                        version.id().value());
        refused(ErrorKind.NOT_FOUND, "model-version.unknown", () -> lineage.card(new ModelVersionId(NOBODY)));
        refused(ErrorKind.NOT_FOUND, "model-version.unknown", () -> elsewhere(() -> lineage.card(version.id())));
    }

    @Test
    void whatCannotBeWalkedIsRefused() {
        ModelVersionId version = given().modelVersion().id();
        EntityId unknown = new EntityId(NOBODY);

        assertThat(refused(
                        ErrorKind.NOT_FOUND,
                        "lineage.unknown-entity",
                        () -> lineage.traverse(upstream(unknown, 1, Set.of(), 10))))
                .hasMessageContaining(NOBODY);
        refused(
                ErrorKind.NOT_FOUND,
                "lineage.unknown-entity",
                () -> elsewhere(() -> lineage.traverse(upstream(version, 1, Set.of(), 10))));
        refused(ErrorKind.INVALID, "lineage.depth", () -> lineage.traverse(upstream(version, 101, Set.of(), 10)));
        refused(ErrorKind.INVALID, "lineage.position", () -> lineage.events(Long.MIN_VALUE, 10));
        refused(ErrorKind.INVALID, "page.limit", () -> lineage.events(0, 0));
    }

    /** Whoever calls, by whatever way, is who the log names. */
    @Test
    void theCallerStandsInEveryEvent() {
        ProjectId project =
                labeling.createProject(new CreateProject("cats", Given.LABELS)).id();
        labeling.importTasks(
                project,
                given().file(Given.samples().stream()
                        .limit(1)
                        .map(sample -> new LabelledSample(sample.key(), sample.sample(), null))
                        .toArray(LabelledSample[]::new)));
        TaskId task = labeling.tasks(project, TaskState.UNLABELLED, 1, null)
                .items()
                .get(0)
                .id();
        as(Role.LABELLER, () -> labeling.annotate(task, new Annotate("dog")));

        List<AuditEntry> events = lineage.events(0, 100);

        assertThat(events)
                .filteredOn(event -> event.type().equals("project.created"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.caller()).isEqualTo(subject(Role.ENGINEER));
                    assertThat(event.subject()).isEqualTo(EntityRef.of(EntityType.PROJECT, project));
                    assertThat(event.body()).isEqualTo("{\"name\":\"cats\"}");
                });
        assertThat(events)
                .filteredOn(event -> event.type().equals("task.annotated"))
                .singleElement()
                .extracting(AuditEntry::caller)
                .isEqualTo(subject(Role.LABELLER));
    }

    @Test
    void eventsFollowAPosition() {
        given().project();
        given().project();
        given().project();

        List<AuditEntry> first = lineage.events(0, 2);
        List<AuditEntry> second = lineage.events(first.get(1).position(), 2);

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
        assertThat(lineage.events(second.get(0).position(), 2)).isEmpty();
        assertThat(lineage.events(Long.MAX_VALUE, 2)).isEmpty();
        assertThat(List.of(first.get(0), first.get(1), second.get(0)))
                .extracting(AuditEntry::position)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(elsewhere(() -> lineage.events(0, 100))).isEmpty();
    }

    private static LineageQuery upstream(Id of, int depth, Set<EdgeType> edgeTypes, int limit) {
        return new LineageQuery(EntityId.of(of), Direction.UPSTREAM, depth, edgeTypes, limit);
    }
}
