package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.id.DatasetVersionId;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Judges a version with its files by all gates of its model's policy. */
@Singleton
public final class Judge {
    private static final List<GateCheck> CHECKS =
            List.of(new AccuracyGate(), new ParityGate(), new SizeGate(), new TargetsGate(), new RegressionGate());

    private final GateMaterial material;
    private final InstantSource clock;

    Judge(GateMaterial material, InstantSource clock) {
        this.material = material;
        this.clock = clock;
    }

    /**
     * Measures the version, and the one it would replace, on the pinned test set, if there is one. Runs native code: keep
     * it off virtual threads.
     *
     * @param alias of the version in production
     * @param production the version in production; empty when there is none
     */
    public GateReport judge(Model model, ModelVersion version, String alias, Optional<ModelVersion> production) {
        version.requireOnnx();
        Optional<Candidate.Measured> measured =
                Optional.ofNullable(model.pinnedTestSet()).map(testSet -> measure(testSet, version, alias, production));
        Candidate candidate = new Candidate(version, model.policy(), measured, production.isPresent());
        List<Gate> gates = CHECKS.stream().map(check -> check.check(candidate)).toList();
        return new GateReport(
                gates.stream().allMatch(Gate::passed),
                gates,
                measured.map(Candidate.Measured::accuracy).orElse(null),
                measured.flatMap(Candidate.Measured::production)
                        .map(Candidate.Production::accuracy)
                        .orElse(null),
                model.pinnedTestSet(),
                clock.millis());
    }

    private Candidate.Measured measure(
            DatasetVersionId testSet, ModelVersion version, String alias, Optional<ModelVersion> production) {
        TestSet samples = material.testSet(testSet);
        double accuracy = accuracy(version, samples);
        return new Candidate.Measured(
                testSet,
                accuracy,
                production.map(current -> new Candidate.Production(
                        alias,
                        current.number(),
                        current.requireOnnx().equals(version.requireOnnx()) ? accuracy : accuracy(current, samples))));
    }

    private double accuracy(ModelVersion version, TestSet set) {
        return ClassifierAccuracy.of(
                material.onnx(version.requireOnnx()),
                set.samples(),
                set.labels(),
                version.classes().size());
    }
}
