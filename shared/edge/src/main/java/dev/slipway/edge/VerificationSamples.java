package dev.slipway.edge;

import dev.slipway.edge.probe.SampleInputs;
import dev.slipway.edge.probe.Symbols;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Inputs of several sizes that a model runs at, with what it makes of them. */
final class VerificationSamples {
    private static final String IMPOSSIBLE = "onnx.input";
    /** Large models, and models of large inputs, are not run at more sizes than this. */
    private static final int LEAST_SIZES = 2;

    private static final long LARGE_MODEL_BYTES = 1 << 24;
    private static final long LARGE_INPUT_ELEMENTS = 1 << 16;

    private final OnnxModel model;
    private final OnnxSession reference;
    private final ConversionOptions options;

    VerificationSamples(OnnxModel model, OnnxSession reference, ConversionOptions options) {
        this.model = model;
        this.reference = reference;
        this.options = options;
    }

    /**
     * Hands over inputs and ONNX Runtime's outputs, one run after another: those of the options if there are any,
     * otherwise random ones, at each batch size and at other lengths of the other open axes each time. What the model
     * does not take is left out; fails with {@code edge.probe} if nothing is left.
     *
     * @return the number of runs
     */
    int forEach(BiConsumer<Map<String, OnnxTensor>, Map<String, OnnxTensor>> consumer) {
        if (!options.samples().isEmpty()) {
            options.samples().forEach(sample -> consumer.accept(sample, reference.evaluate(sample)));
            return options.samples().size();
        }
        Symbols symbols = new Symbols(model);
        Set<Map<String, Integer>> done = new LinkedHashSet<>();
        List<Map<String, Integer>> tried = new ArrayList<>();
        Optional<SlipwayException> failure = Optional.empty();
        for (int batch : batches()) {
            List<Map<String, Integer>> choices = List.copyOf(symbols.verificationSizes(batch, done.size()));
            for (int choice = 0; choice < choices.size(); choice++) {
                Map<String, Integer> sizes = choices.get(choice);
                if (done.contains(sizes)) {
                    break;
                }
                try {
                    run(symbols, sizes, batch, choice + 1 < choices.size(), consumer);
                    done.add(sizes);
                    break;
                } catch (SlipwayException e) {
                    if (!e.code().equals(IMPOSSIBLE)) {
                        throw e;
                    }
                    tried.add(sizes);
                    failure = failure.or(() -> Optional.of(e));
                }
            }
        }
        if (done.isEmpty()) {
            SlipwayException first = failure.orElseThrow();
            throw SlipwayException.invalid(
                    "edge.probe",
                    "The model runs at none of the sizes " + tried + ": " + first.getMessage()
                            + " Give sample inputs to verify it with.",
                    first);
        }
        return done.size();
    }

    /** The most runs that there can be, at least 1. */
    int most() {
        return options.samples().isEmpty()
                ? batches().size()
                : options.samples().size();
    }

    /** The first of the inputs. */
    Map<String, OnnxTensor> first() {
        if (!options.samples().isEmpty()) {
            return options.samples().get(0);
        }
        List<Map<String, OnnxTensor>> samples = new ArrayList<>();
        ConversionOptions once = options.withBatchSizes(options.batchSizes().subList(0, 1));
        new VerificationSamples(model, reference, once).forEach((sample, outputs) -> samples.add(sample));
        return samples.get(0);
    }

    private List<Integer> batches() {
        long weights = model.graph().initializers().stream()
                .mapToLong(tensor -> tensor.data().remaining())
                .sum();
        boolean large = weights >= LARGE_MODEL_BYTES || fixedElements() >= LARGE_INPUT_ELEMENTS;
        List<Integer> batches = options.batchSizes();
        return large ? batches.subList(0, Math.min(batches.size(), LEAST_SIZES)) : batches;
    }

    /** Of all inputs together, with open lengths taken for 1. */
    private long fixedElements() {
        return reference.inputs().stream()
                .mapToLong(input -> input.shape().stream()
                        .mapToLong(length -> length instanceof Dimension.Fixed fixed ? fixed.length() : 1)
                        .reduce(1, (a, b) -> Math.min(a * b, LARGE_INPUT_ELEMENTS)))
                .sum();
    }

    private void run(
            Symbols symbols,
            Map<String, Integer> sizes,
            int batch,
            boolean othersLeft,
            BiConsumer<Map<String, OnnxTensor>, Map<String, OnnxTensor>> consumer) {
        // A seed of its own for each run, or all would begin with the same rows.
        long seed = options.seed() + batch;
        Map<String, OnnxTensor> inputs = SampleInputs.of(model, symbols, sizes, seed);
        Map<String, OnnxTensor> outputs;
        try {
            outputs = reference.evaluate(inputs);
        } catch (SlipwayException e) {
            if (!e.code().equals(IMPOSSIBLE)) {
                throw e;
            }
            inputs = SampleInputs.of(model, symbols, sizes, seed, SampleInputs.Integers.ZERO);
            outputs = reference.evaluate(inputs);
        }
        // Nothing can be compared where the inputs are too small to give anything.
        if (othersLeft && outputs.values().stream().anyMatch(output -> output.size() == 0)) {
            throw SlipwayException.invalid(IMPOSSIBLE, "The model gives no elements at the sizes " + sizes + ".");
        }
        consumer.accept(new LinkedHashMap<>(inputs), outputs);
    }
}
