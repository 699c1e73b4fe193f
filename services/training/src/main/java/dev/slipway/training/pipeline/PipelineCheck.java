package dev.slipway.training.pipeline;

import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.training.Names;
import dev.slipway.training.train.HyperparameterCheck;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds, before a pipeline is saved, what would make it fail for certain. */
final class PipelineCheck {
    private static final int MAX_STEPS = 100;

    /** What steps make for later ones. */
    private enum Product {
        SAMPLES,
        DATASET_VERSION,
        RUN,
        MODEL_VERSION,
        RELEASE;

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private record Rule(Set<Product> needs, Set<Product> makes) {}

    private PipelineCheck() {}

    /** Fails with {@code pipeline.name}, {@code pipeline.steps}, or what a step's own parts are refused with. */
    static Pipeline check(Pipeline pipeline) {
        Names.check("pipeline", pipeline.name());
        List<PipelineStep> steps = pipeline.steps();
        if (steps == null || steps.isEmpty() || steps.size() > MAX_STEPS) {
            throw wrong("A pipeline has 1 to " + MAX_STEPS + " steps, not " + (steps == null ? 0 : steps.size()) + ".");
        }
        Set<Product> made = EnumSet.noneOf(Product.class);
        for (int i = 0; i < steps.size(); i++) {
            PipelineStep step = steps.get(i);
            if (step == null) {
                throw wrong("Step " + (i + 1) + " is missing.");
            }
            Rule rule = rule(step);
            List<Product> missing = new ArrayList<>(rule.needs());
            missing.removeAll(made);
            if (!missing.isEmpty()) {
                throw wrong("Step " + (i + 1) + " (" + step.getClass().getSimpleName() + ") needs a "
                        + missing.get(0).words() + ", which no step before it makes.");
            }
            made.addAll(rule.makes());
        }
        return new Pipeline(pipeline.name(), List.copyOf(steps));
    }

    private static Rule rule(PipelineStep step) {
        if (step instanceof PipelineStep.ExportLabels) {
            return new Rule(Set.of(), Set.of(Product.SAMPLES));
        } else if (step instanceof PipelineStep.CommitDataset) {
            return new Rule(Set.of(Product.SAMPLES), Set.of(Product.DATASET_VERSION));
        } else if (step instanceof PipelineStep.Train train) {
            HyperparameterCheck.check(train.hyperparameters());
            return new Rule(Set.of(Product.DATASET_VERSION), Set.of(Product.RUN));
        } else if (step instanceof PipelineStep.Register) {
            return new Rule(Set.of(Product.RUN), Set.of(Product.MODEL_VERSION));
        } else if (step instanceof PipelineStep.Convert convert) {
            checkForms(convert);
            return new Rule(Set.of(Product.MODEL_VERSION), Set.of());
        } else if (step instanceof PipelineStep.Release) {
            return new Rule(Set.of(Product.MODEL_VERSION), Set.of(Product.RELEASE));
        } else if (step instanceof PipelineStep.Preannotate) {
            return new Rule(Set.of(Product.MODEL_VERSION), Set.of());
        } else if (step instanceof PipelineStep.CollectLabels) {
            return new Rule(Set.of(), Set.of());
        }
        throw new IllegalStateException("unknown step " + step);
    }

    private static void checkForms(PipelineStep.Convert convert) {
        if (convert.targets() == null || convert.targets().isEmpty()) {
            throw wrong("A convert step needs at least one target.");
        }
        if (convert.precisions().isEmpty()) {
            throw wrong("A convert step needs at least one precision; without the list of them it converts to FP32.");
        }
        for (Target target : convert.targets()) {
            for (Precision precision : convert.precisions()) {
                if (!target.takes(precision, convert.layout())) {
                    throw wrong("A convert step can't make " + target + " files in " + precision + " and layout "
                            + convert.layout() + "; give " + target + " a convert step of its own.");
                }
            }
        }
    }

    private static SlipwayException wrong(String message) {
        return SlipwayException.invalid("pipeline.steps", message);
    }
}
