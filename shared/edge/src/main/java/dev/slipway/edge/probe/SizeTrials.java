package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries a model at sizes until some are found at which it runs. */
final class SizeTrials {
    private static final String IMPOSSIBLE = "onnx.input";

    /** Makes inputs of given sizes. */
    interface Samples {
        Map<String, OnnxTensor> of(
                OnnxModel model, Symbols symbols, Map<String, Integer> sizes, SampleInputs.Integers integers);
    }

    private final OnnxModel model;
    private final Symbols symbols;
    private final Sizing sizing;
    private final Samples samples;

    SizeTrials(OnnxModel model, Symbols symbols, Sizing sizing, Samples samples) {
        this.model = model;
        this.symbols = symbols;
        this.sizing = sizing;
        this.samples = samples;
    }

    /** @param given inputs of sizes that are possible */
    ProbedModel probed(DataFlow flow, Map<String, OnnxTensor> given) {
        List<Map<String, Integer>> tried = new ArrayList<>();
        Optional<SlipwayException> failure = Optional.empty();
        for (Map<String, Integer> sizes : symbols.candidates(given)) {
            try {
                Snapshot base = snapshot(sizes);
                Map<String, Snapshot> variations = new LinkedHashMap<>();
                for (String symbol : symbols.names()) {
                    variations.put(symbol, varied(symbol, sizes));
                }
                return new Findings(model, symbols, flow, base, variations).probed();
            } catch (SlipwayException e) {
                if (!e.code().equals(IMPOSSIBLE)) {
                    throw e;
                }
                tried.add(sizes);
                failure = failure.or(() -> Optional.of(e));
            }
        }
        SlipwayException first = failure.orElseThrow();
        String where = symbols.names().isEmpty() ? "" : " with its open lengths set to any of " + tried;
        String advice = symbols.names().isEmpty()
                ? " If only some inputs are possible, give sample inputs."
                : " If only other sizes are possible, give sample inputs or fix the shapes of the inputs.";
        throw SlipwayException.invalid(
                "edge.probe", "The model does not run" + where + ": " + first.getMessage() + advice, first);
    }

    /**
     * The model with one length changed, or where that is impossible, with all that are equal to it: nameless axes are
     * often the same batch. Fails if no other length is possible.
     */
    private Snapshot varied(String symbol, Map<String, Integer> sizes) {
        int length = sizes.get(symbol);
        Set<String> equal = sizes.keySet().stream()
                .filter(other -> sizes.get(other) == length)
                .collect(Collectors.toSet());
        Optional<SlipwayException> failure = Optional.empty();
        for (Set<String> together : List.of(Set.of(symbol), equal)) {
            for (int other : symbols.others(length)) {
                Map<String, Integer> changed = new LinkedHashMap<>(sizes);
                together.forEach(name -> changed.put(name, other));
                try {
                    return snapshot(changed);
                } catch (SlipwayException e) {
                    if (!e.code().equals(IMPOSSIBLE)) {
                        throw e;
                    }
                    failure = failure.or(() -> Optional.of(e));
                }
            }
        }
        throw failure.orElseThrow();
    }

    private Snapshot snapshot(Map<String, Integer> sizes) {
        List<OnnxValue> inputs = new ArrayList<>();
        for (OnnxValue input : model.graph().requiredInputs()) {
            inputs.add(OnnxValue.dense(
                    input.name(),
                    Symbols.dense(input).element(),
                    symbols.shape(input.name(), sizes).stream()
                            .map(Dimension::fixed)
                            .toArray(Dimension[]::new)));
        }
        try {
            return sizing.of(inputs, () -> samples.of(model, symbols, sizes, SampleInputs.Integers.RANDOM));
        } catch (SlipwayException e) {
            if (!e.code().equals(IMPOSSIBLE)) {
                throw e;
            }
            return sizing.of(inputs, () -> samples.of(model, symbols, sizes, SampleInputs.Integers.ZERO));
        }
    }
}
