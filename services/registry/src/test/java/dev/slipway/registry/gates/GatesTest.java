package dev.slipway.registry.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.RunId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final String ID = "0".repeat(32);
    private static final GatePolicy POLICY = new GatePolicy(0.9, 1e-4, 1000, 0.01, Set.of(Target.TFLITE, Target.ORT));

    @Test
    void accuracyMayBeExactlyTheMinimum() {
        assertThat(new AccuracyGate().check(candidate(0.9, null)).passed()).isTrue();
        assertFailed(new AccuracyGate().check(candidate(0.89, null)), "0.89", "0.9", "Train");
        assertThat(new AccuracyGate().check(candidate(Double.NaN, null)).passed())
                .isFalse();
    }

    @Test
    void everyFileMustAnswerAsTheModelDoes() {
        assertThat(new ParityGate()
                        .check(candidate(1, null, file(Target.ORT, 1, 1e-4)))
                        .passed())
                .isTrue();
        assertFailed(
                new ParityGate().check(candidate(1, null, file(Target.ORT, 1, 0), file(Target.TFLITE, 1, 2e-4))),
                "TFLITE",
                "2.0E-4",
                "Convert again");
        assertThat(new ParityGate()
                        .check(candidate(1, null, file(Target.ORT, 1, Double.NaN)))
                        .passed())
                .isFalse();
    }

    @Test
    void noFileMayBeTooLarge() {
        assertThat(new SizeGate()
                        .check(candidate(1, null, file(Target.ORT, 1000, 0)))
                        .passed())
                .isTrue();
        assertFailed(new SizeGate().check(candidate(1, null, file(Target.ORT, 1001, 0))), "ORT", "1001", "1000");
    }

    @Test
    void everyTargetMustBeThere() {
        assertThat(new TargetsGate()
                        .check(candidate(1, null, file(Target.ORT, 1, 0), file(Target.TFLITE, 1, 0)))
                        .passed())
                .isTrue();
        assertFailed(new TargetsGate().check(candidate(1, null, file(Target.ORT, 1, 0))), "TFLITE", "Convert");
        assertFailed(new TargetsGate().check(candidate(1, null)), "TFLITE", "ORT");
    }

    @Test
    void aSmallLossAgainstProductionIsAllowed() {
        assertThat(new RegressionGate().check(candidate(0, null)).passed()).isTrue();
        assertThat(new RegressionGate().check(candidate(0.94, 0.95)).passed()).isTrue();
        assertThat(new RegressionGate().check(candidate(1, 0.95)).passed()).isTrue();
        assertFailed(new RegressionGate().check(candidate(0.93, 0.95)), "0.93", "0.95", "version 7", "production");
    }

    @Test
    void withoutATestSetAnAccuracyCanNotBeAskedFor() {
        Candidate strict = unmeasured(POLICY);
        assertFailed(new AccuracyGate().check(strict), "no pinned test set", "0.9", "Pin");
        assertFailed(new RegressionGate().check(strict), "no pinned test set", "0.01", "Pin");
        Candidate lenient = unmeasured(new GatePolicy(0, 1e-4, 1000, 1, Set.of()));
        assertThat(new AccuracyGate().check(lenient).passed()).isTrue();
        assertThat(new RegressionGate().check(lenient).passed()).isTrue();
    }

    private static Candidate unmeasured(GatePolicy policy) {
        return new Candidate(candidate(1, null).version(), policy, Optional.empty(), true);
    }

    private static void assertFailed(Gate gate, String... words) {
        assertThat(gate.passed()).isFalse();
        assertThat(gate.detail()).contains(words);
    }

    private static ModelFile file(Target target, long size, double error) {
        return new ModelFile(
                new ConversionId(ID), target, Precision.FP32, Layout.KEEP, Digest.of(new byte[0]), size, error);
    }

    private static Candidate candidate(double accuracy, Double production, ModelFile... files) {
        ModelVersion version = new ModelVersion(
                new ModelId(ID),
                8,
                new RunId(ID),
                new DatasetVersionId(ID),
                Digest.of(new byte[0]),
                List.of("a", "b"),
                List.of(1),
                Arrays.asList(files),
                null,
                VersionDetails.NONE);
        return new Candidate(
                version,
                POLICY,
                Optional.of(new Candidate.Measured(
                        new DatasetVersionId(ID),
                        accuracy,
                        Optional.ofNullable(production)
                                .map(value -> new Candidate.Production("production", 7, value)))),
                production != null);
    }
}
