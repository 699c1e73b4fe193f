package dev.slipway.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.SampleFile;
import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller of a contract may rely on, whichever binding it came by. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BindingContract {
    private static final Caller ENGINEER =
            new Caller("token:some engineer", Set.of(Role.ENGINEER), new Workspace("w-1"));
    private static final Caller VIEWER = new Caller("token:viewer", Set.of(Role.VIEWER), Workspace.DEFAULT);

    /** The process that calls. */
    abstract ApplicationContext process();

    @Test
    void entitiesKeepTheirIdsAndNumbers() {
        Entity<?, ?> entity = as(ENGINEER, () -> training().createExperiment(new CreateExperiment("Zürich/1 „x“")));

        assertThat(entity.id()).isEqualTo(EchoTraining.KNOWN);
        assertThat(entity.revision()).isEqualTo(Long.MAX_VALUE);
        assertThat(entity.created()).isEqualTo(Long.MIN_VALUE);
        assertThat(entity.updated()).isEqualTo(9_007_199_254_740_993L);
        assertThat(entity.body()).isEqualTo(Experiment.named("Zürich/1 „x“"));
    }

    @Test
    void nullStaysNull() {
        assertThat(as(VIEWER, () -> training().experiment(new ExperimentId("0".repeat(32)))))
                .isNull();
        assertThat(as(VIEWER, () -> training().experiment(EchoTraining.KNOWN))).isNotNull();
        assertThat(as(ENGINEER, () -> training().createRun(new CreateRun(EchoTraining.KNOWN, "run")))
                        .body()
                        .datasetVersion())
                .isNull();
    }

    @Test
    void anErrorOfAMethodThatMayGiveNullIsNotTakenForNull() {
        SlipwayException gone = catchThrowableOfType(
                SlipwayException.class, () -> as(VIEWER, () -> training().experiment(EchoTraining.GONE)));

        assertThat(gone.kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(gone.code()).isEqualTo("experiment.gone");
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void errorsKeepKindCodeAndMessage(ErrorKind kind) {
        SlipwayException refused = catchThrowableOfType(
                SlipwayException.class,
                () -> as(ENGINEER, () -> training().createExperiment(new CreateExperiment(kind.name()))));

        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused.code()).isEqualTo("test.refused");
        assertThat(refused).hasMessage("Refused: „" + kind + "“.");
    }

    @Test
    void rolesAreChecked() {
        SlipwayException refused = catchThrowableOfType(
                SlipwayException.class, () -> as(VIEWER, () -> training().createExperiment(new CreateExperiment("x"))));

        assertThat(refused.kind()).isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(refused.code()).isEqualTo("caller.role");
        assertThat(refused).hasMessageContaining("token:viewer");
    }

    @Test
    void theCallerAndTheArgumentsArrive() {
        Page<?> page = as(ENGINEER, () -> training().listExperiments(7, "a/b c&d=ü"));
        assertThat(page.items()).hasSize(1);
        assertThat(page.next()).contains(ENGINEER + " 7 a/b c&d=ü");

        Page<?> first = as(ENGINEER, () -> training().listExperiments(7, null));
        assertThat(first.next()).contains(ENGINEER + " 7 null");
    }

    @Test
    void numbersKeepEveryBit() {
        List<Metric> metrics = List.of(
                new Metric("loss", Double.NaN, 1, 1),
                new Metric("loss", Double.POSITIVE_INFINITY, 1, 1),
                new Metric("loss", Double.NEGATIVE_INFINITY, 1, 1),
                new Metric("loss", -0.0, Long.MAX_VALUE, Long.MIN_VALUE),
                new Metric("loss", Double.MIN_VALUE, 9_007_199_254_740_993L, 1),
                new Metric("loss", Double.MAX_VALUE, 1, 1),
                new Metric("loss", 0.1 + 0.2, 1, 1));
        RunId run = new RunId("6".repeat(32));

        Page<Metric> history = as(ENGINEER, () -> {
            training().log(run, new LogBatch(metrics, List.of(), List.of()));
            return training().history(run, "loss", 100, null);
        });

        assertThat(history.items()).isEqualTo(metrics);
        assertThat(history.next()).isEmpty();
    }

    @Test
    void sealedTypesStayWhatTheyAre() {
        Pipeline pipeline = new Pipeline(
                "digits",
                List.of(
                        new PipelineStep.ExportLabels(new ProjectId("7".repeat(32))),
                        new PipelineStep.Train(
                                EchoTraining.KNOWN,
                                List.of(
                                        new Layer.Convolution(8, 3, 1),
                                        new Layer.Relu(),
                                        new Layer.MaxPool(2),
                                        new Layer.Flatten(),
                                        new Layer.Dropout(0.1f),
                                        new Layer.Dense(10)),
                                Hyperparameters.DEFAULT),
                        new PipelineStep.Release("production")));

        assertThat(as(ENGINEER, () -> process().getBean(PipelinesApi.class).save(pipeline))
                        .body())
                .isEqualTo(pipeline);
    }

    @Test
    void mapsAndNestedRecordsStayWhatTheyAre() {
        CommitVersion request = new CommitVersion(
                new DatasetId("8".repeat(32)),
                new ProjectId("9".repeat(32)),
                new SampleFile(Digest.of(new byte[0]), 4),
                List.of("0", "1"),
                SplitFractions.DEFAULT,
                Long.MAX_VALUE);

        assertThat(as(ENGINEER, () -> process().getBean(DatasetApi.class).commit(request))
                        .body())
                .isEqualTo(EchoDataset.version(request));
    }

    @Test
    void listsOfEntitiesAndEmptyListsArrive() {
        assertThat(as(VIEWER, () -> training().experiments(List.of(EchoTraining.KNOWN, EchoTraining.GONE))))
                .extracting(entity -> entity.body().name())
                .containsExactly("1".repeat(32), "f".repeat(32));
        assertThat(as(VIEWER, () -> training().experiments(List.of()))).isEmpty();
    }

    private TrainingApi training() {
        return process().getBean(TrainingApi.class);
    }

    private <T> T as(Caller caller, Supplier<T> call) {
        return process().getBean(Callers.class).callAs(caller, call);
    }

    static Map<String, Object> echo(String serviceToken) {
        return Map.of("test.echo", true, "slipway.service-token", serviceToken, "micronaut.server.port", -1);
    }
}
