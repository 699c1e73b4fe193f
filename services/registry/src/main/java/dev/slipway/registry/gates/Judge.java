package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.SlipwayException;
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
     * Measures the version, and the one it would replace, on the pinned test set. Runs native code: keep it off virtual
     * threads.
     *
     * @param alias of the version in production
     * @param production the version in production; empty when there is none
     */
    public GateReport judge(Model model, ModelVersion version, String alias, Optional<ModelVersion> production) {
        DatasetVersionId testSet = model.pinnedTestSet();
        if (testSet == null) {
            throw SlipwayException.invalid(
                    "registry.test-set",
                    "Model '" + model.name() + "' has no pinned test set to judge its versions on.");
        }
        TestSet samples = material.testSet(testSet);
        double accuracy = accuracy(version, samples);
        Optional<Candidate.Production> measured = production.map(current -> new Candidate.Production(
                alias,
                current.number(),
                current.requireOnnx().equals(version.requireOnnx()) ? accuracy : accuracy(current, samples)));
        Candidate candidate = new Candidate(version, model.policy(), testSet, accuracy, measured);
        List<Gate> gates = CHECKS.stream().map(check -> check.check(candidate)).toList();
        return new GateReport(
                gates.stream().allMatch(Gate::passed),
                gates,
                accuracy,
                measured.map(Candidate.Production::accuracy).orElse(null),
                testSet,
                clock.millis());
    }

    private double accuracy(ModelVersion version, TestSet set) {
        return ClassifierAccuracy.of(
                material.onnx(version.requireOnnx()),
                set.samples(),
                set.labels(),
                version.classes().size());
    }
}
