package dev.slipway.labeling;

import static dev.slipway.labeling.LabelingFixture.ADMIN;
import static dev.slipway.labeling.LabelingFixture.assertCode;
import static dev.slipway.labeling.LabelingFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.labeling.Annotate;
import dev.slipway.api.labeling.Preannotate;
import dev.slipway.api.labeling.Prediction;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.jobs.Jobs;
import dev.slipway.store.artifact.ArtifactStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PreannotationTest {
    @TempDir
    Path data;

    private LabelingFixture labeling;
    private ProjectId project;

    @BeforeEach
    void open() {
        labeling = new LabelingFixture(data);
        project = labeling.project("pets", "cat", "dog").id();
    }

    @AfterEach
    void close() {
        labeling.close();
    }

    @Test
    void theLeastSureTasksComeFirst() throws Exception {
        labeling.importTasks(
                project,
                sample("sure dog", null, -4, 4),
                sample("no idea", null, 1, 1),
                sample("rather cat", null, 2, 1),
                sample("labelled", "cat", 0, 0));
        ModelVersionId model = version(true, 2, List.of("cat", "dog"));

        assertThat(preannotate(model).state()).isEqualTo(JobState.SUCCEEDED);
        labeling.importTasks(project, sample("late", null, 0, 0));

        assertThat(labeling.keys(project, TaskState.UNLABELLED))
                .containsExactly("no idea", "rather cat", "sure dog", "late");
        Prediction sure = labeling.task(project, "sure dog").body().prediction();
        assertThat(sure.modelVersion()).isEqualTo(model);
        assertThat(sure.label()).isEqualTo("dog");
        assertThat(sure.probability()).isCloseTo(1 / (1 + Math.exp(-8)), within(1e-5));
        assertThat(labeling.task(project, "no idea").body().prediction().uncertainty())
                .isCloseTo(1, within(1e-6));
        assertThat(labeling.task(project, "labelled").body().prediction()).isNull();
    }

    @Test
    void outputsThatAreNoProbabilitiesGoThroughSoftmax() throws Exception {
        labeling.importTasks(project, sample("a", null, 2, 1));
        preannotate(version(true, 2, List.of("cat", "dog")));
        Prediction probabilities = labeling.task(project, "a").body().prediction();

        preannotate(version(false, 2, List.of("cat", "dog")));

        Prediction logits = labeling.task(project, "a").body().prediction();
        assertThat(logits.modelVersion()).isNotEqualTo(probabilities.modelVersion());
        assertThat(logits.probability()).isCloseTo(probabilities.probability(), within(1e-5));
        assertThat(logits.uncertainty()).isCloseTo(probabilities.uncertainty(), within(1e-5));
    }

    @Test
    void manyTasksAllGetAPredictionOnce() throws Exception {
        LabelledSample[] samples = new LabelledSample[350];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sample("k" + i, null, i % 11, 5);
        }
        labeling.importTasks(project, samples);
        ModelVersionId model = version(true, 2, List.of("cat", "dog"));
        preannotate(model);
        List<Long> revisions = revisions();

        preannotate(model);

        assertThat(labeling.tasks(project, TaskState.UNLABELLED))
                .hasSize(350)
                .allSatisfy(task -> assertThat(task.body().prediction()).isNotNull());
        assertThat(revisions()).isEqualTo(revisions).containsOnly(2L);
    }

    @Test
    void aLabelKeepsThePredictionThatCameBefore() throws Exception {
        labeling.importTasks(project, sample("a", null, 2, 1));
        preannotate(version(true, 2, List.of("cat", "dog")));
        TaskId task = labeling.task(project, "a").id();

        Task labelled = labeling.as(() -> labeling.api().annotate(task, new Annotate("dog")))
                .body();

        assertThat(labelled.prediction().label()).isEqualTo("cat");
        assertThat(labelled.label()).isEqualTo("dog");
    }

    @Test
    void aModelOfOtherClassesIsRefusedBeforeThereIsAJob() {
        ModelVersionId swapped = version(true, 2, List.of("dog", "cat"));
        assertThatThrownBy(() -> preannotate(swapped))
                .hasMessageContaining("[dog, cat]")
                .hasMessageContaining("[cat, dog]")
                .satisfies(e -> assertCode(e, "labeling.classes-differ"));
        ModelVersionId unknown = new ModelVersionId(project.value());
        assertThatThrownBy(() -> preannotate(unknown)).satisfies(e -> assertCode(e, "model-version.unknown"));
    }

    @Test
    void aModelThatDoesNotFitFailsTheJob() {
        labeling.importTasks(project, sample("a", null, 1, 2));

        assertThatThrownBy(() -> preannotate(version(true, 3, List.of("cat", "dog"))))
                .satisfies(e -> assertCode(e, "labeling.shape"));
        assertThatThrownBy(() -> preannotate(registered(new byte[] {1, 2, 3}, 2, List.of("cat", "dog"))))
                .satisfies(e -> assertCode(e, "onnx.unusable"));
        assertThat(labeling.task(project, "a").body().prediction()).isNull();
    }

    private List<Long> revisions() {
        return labeling.tasks(project, TaskState.UNLABELLED).stream()
                .map(task -> task.revision())
                .toList();
    }

    private Job preannotate(ModelVersionId model) throws Exception {
        JobId job = labeling.as(() -> labeling.api().preannotate(project, new Preannotate(model)))
                .id();
        Callable<Job> ended = () -> labeling.bean(Jobs.class).await(job).body();
        return labeling.bean(Callers.class).contextOf(ADMIN).wrap(ended).call();
    }

    /** A model whose logits are its inputs. */
    private ModelVersionId version(boolean softmax, int inputs, List<String> classes) {
        float[] identity = new float[inputs * 2];
        identity[0] = 1;
        identity[3] = 1;
        OnnxGraphBuilder graph = OnnxGraphBuilder.named("identity")
                .input("x", OnnxGraphBuilder.batch("N", inputs))
                .initializer("w", new Tensor(List.of(inputs, 2), identity))
                .node("MatMul", List.of("x", "w"), "logits");
        if (softmax) {
            graph.node("Softmax", List.of("logits"), "y");
        }
        graph.output(softmax ? "y" : "logits", OnnxGraphBuilder.batch("N", 2));
        return registered(OnnxWriter.write(graph.build()), inputs, classes);
    }

    private ModelVersionId registered(byte[] onnx, int inputs, List<String> classes) {
        Digest digest = labeling.bean(ArtifactStore.class).put(onnx).digest();
        return labeling.as(() -> labeling.bean(TestRegistry.class).add(digest, classes, List.of(inputs)));
    }
}
