package dev.slipway.labeling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Sample;
import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.Prediction;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.entity.EntityKind;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that an earlier process wrote are read, and written again, as they were. */
class GoldenBodiesTest {
    private static final ProjectId PROJECT = new ProjectId("0197a000000070008000000000000111");

    private final ObjectMapper json = ObjectMapper.getDefault();

    @Test
    void aProjectOfSchema1() throws IOException {
        assertThat(roundTrip("project-v1", LabelingKinds.PROJECT))
                .isEqualTo(new Project("digits", List.of("zero", "eins ä")));
    }

    @Test
    void aTaskOfSchema1() throws IOException {
        Sample sample = new Sample(List.of(1, 2), List.of(-0.1f, 16f));
        assertThat(roundTrip("task-v1", LabelingKinds.TASK))
                .isEqualTo(new Task(
                        PROJECT,
                        "image/7",
                        sample,
                        TaskState.LABELLED,
                        "zero",
                        new Prediction(new ModelVersionId("0197a000000070008000000000000222"), "zero", 0.75, 0.5)));
        assertThat(roundTrip("task-unlabelled-v1", LabelingKinds.TASK))
                .isEqualTo(new Task(PROJECT, "image/8", sample, TaskState.UNLABELLED, null, null));
    }

    @Test
    void anAnnotationOfSchema1() throws IOException {
        TaskId task = new TaskId("0197a000000070008000000000000333");
        assertThat(roundTrip("annotation-v1", LabelingKinds.ANNOTATION))
                .isEqualTo(new Annotation(task, "zero", "ann", true));
    }

    private <B> B roundTrip(String name, EntityKind<?, B> kind) throws IOException {
        assertThat(kind.schema()).isEqualTo(1);
        try (InputStream golden = getClass().getResourceAsStream("/golden/" + name + ".json")) {
            String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip();
            B body = json.readValue(text, kind.body());
            assertThat(json.writeValueAsString(kind.body(), body)).isEqualTo(text);
            return body;
        }
    }
}
