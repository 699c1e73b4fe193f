package dev.slipway.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.StepRecord;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.training.artifact.ArtifactKinds;
import dev.slipway.training.evaluation.EvaluationKinds;
import dev.slipway.training.loggeddataset.LoggedDatasetKinds;
import dev.slipway.training.loggedmodel.LoggedModelKinds;
import dev.slipway.training.trace.TraceKinds;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written once can be read for ever: these files are never changed, only followed by those of newer schemas. */
class GoldenFileTest {
    /** As the services write: what is null or empty stands in a body too. */
    private static final Map<String, Object> ALL_FIELDS = Map.of("micronaut.serde.serialization.inclusion", "ALWAYS");

    static EntityKind<?, ?>[] kinds() {
        return new EntityKind<?, ?>[] {
            TrainingKinds.EXPERIMENT,
            TrainingKinds.RUN,
            TrainingKinds.PIPELINE,
            TrainingKinds.PIPELINE_RUN,
            ArtifactKinds.ENTRY,
            ArtifactKinds.UPLOAD,
            LoggedModelKinds.MODEL,
            LoggedDatasetKinds.DATASET,
            TraceKinds.TRACE,
            EvaluationKinds.DATASET,
            EvaluationKinds.RECORD
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <B> void isReadAndWrittenEqual(EntityKind<?, B> kind) throws IOException {
        String golden = golden(kind.type().wireName() + "-v" + kind.schema() + ".json");
        try (ObjectMapper.CloseableObjectMapper json =
                ObjectMapper.create(ALL_FIELDS, "dev.slipway.api", "dev.slipway.training")) {
            B body = json.readValue(golden, kind.body());
            assertThat(json.writeValueAsString(kind.body(), body)).isEqualTo(golden);
        }
    }

    @Test
    void convertStepsOfBeforeTheyNamedPrecisionsAreReadAsFloatOnes() throws IOException {
        PipelineStep.Convert expected =
                new PipelineStep.Convert(List.of(Target.TFLITE, Target.ORT), List.of(Precision.FP32), Layout.KEEP);

        assertThat(first(TrainingKinds.PIPELINE, "pipeline-v1.json").steps()).contains(expected);
        assertThat(first(TrainingKinds.PIPELINE_RUN, "pipeline-run-v1.json").steps())
                .extracting(StepRecord::step)
                .contains(expected);
    }

    @Test
    void runsAndExperimentsOfBeforeTheyCouldBeDeletedAreNot() throws IOException {
        assertThat(first(TrainingKinds.RUN, "run-v1.json").deleted()).isNull();
        assertThat(first(TrainingKinds.RUN, "run-v1.json").user()).isNull();
        assertThat(first(TrainingKinds.EXPERIMENT, "experiment-v1.json")).isEqualTo(Experiment.named("digits ä"));
    }

    /** What was written in the first form, as it is read today. */
    private static <B> B first(EntityKind<?, B> kind, String name) throws IOException {
        try (ObjectMapper.CloseableObjectMapper json =
                ObjectMapper.create(ALL_FIELDS, "dev.slipway.api", "dev.slipway.training")) {
            Map<String, Object> body = json.readValue(golden(name), Argument.mapOf(String.class, Object.class));
            return json.readValue(
                    json.writeValueAsString(kind.upcasters().get(1).apply(body)), kind.body());
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenFileTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
