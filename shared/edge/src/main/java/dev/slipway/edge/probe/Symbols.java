package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The open lengths of a model's inputs, by name; a length without a name gets one of its own. */
public final class Symbols {
    private static final String SYMBOL = "$";
    /** What exporters write for any length, so that axes of this name may differ. */
    private static final Set<String> UNKNOWN = Set.of("", "?");

    private static final int SMALLEST_BATCH = 2;
    // Axes behind the first are often spatial and halved several times.
    private static final int SMALLEST_OTHER = 67;
    // Many models take spatial lengths that are multiples of this only.
    private static final int STRIDE = 32;
    private static final int SMALLEST_STRIDES = 3;
    // Of a line of text: recognisers reduce just this, or a little less or more, to 1.
    private static final int LINE_HEIGHT = 48;

    private final Map<String, List<String>> axes = new LinkedHashMap<>();
    private final Set<String> batchSymbols = new LinkedHashSet<>();
    private final Set<String> otherSymbols = new LinkedHashSet<>();

    public Symbols(OnnxModel model) {
        for (OnnxValue input : model.graph().requiredInputs()) {
            List<String> names = new ArrayList<>();
            List<Dimension> shape = shape(input);
            for (int axis = 0; axis < shape.size(); axis++) {
                Dimension dimension = shape.get(axis);
                if (dimension instanceof Dimension.Fixed fixed) {
                    names.add(Integer.toString(checked(input, fixed.length())));
                } else {
                    String name = dimension instanceof Dimension.Symbolic symbolic && !UNKNOWN.contains(symbolic.name())
                            ? symbolic.name()
                            : input.name() + "/" + axis;
                    names.add(SYMBOL + name);
                    (axis == 0 ? batchSymbols : otherSymbols).add(name);
                }
            }
            axes.put(input.name(), List.copyOf(names));
        }
        otherSymbols.removeAll(batchSymbols);
    }

    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(batchSymbols);
        names.addAll(otherSymbols);
        return names;
    }

    /**
     * A different prime for each symbol; in another {@code round}, other primes, so far off that a length does not stay
     * the same when it is halved several times.
     */
    public Map<String, Integer> primes(int round) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        batchSymbols.forEach(name -> sizes.put(name, prime(SMALLEST_BATCH, sizes.size())));
        otherSymbols.forEach(name -> sizes.put(name, prime(SMALLEST_OTHER, sizes.size())));
        for (int i = 0; i < round; i++) {
            sizes.replaceAll((name, size) -> prime(2 * size, 1));
        }
        return sizes;
    }

    /**
     * Sizes to probe a model at, in the order in which they tell most; not every model takes all of them.
     *
     * @param given tensors for inputs, whose own lengths are among the sizes
     */
    List<Map<String, Integer>> candidates(Map<String, OnnxTensor> given) {
        Map<String, Integer> strides = primes(0);
        int[] next = {SMALLEST_STRIDES};
        otherSymbols.forEach(name -> {
            strides.put(name, STRIDE * next[0]);
            next[0] = prime(next[0], 1);
        });
        Map<String, Integer> lines = new LinkedHashMap<>(strides);
        otherSymbols.stream().limit(1).forEach(name -> lines.put(name, LINE_HEIGHT));
        Map<String, Integer> ones = primes(0);
        otherSymbols.forEach(name -> ones.put(name, 1));
        return Stream.of(primes(0), strides, lines, sizesOf(given), ones)
                .distinct()
                .toList();
    }

    /**
     * Sizes with this batch to verify a model at, the best first. Lengths of 1 come last: runtimes differ in what they do
     * with images that are smaller than a window.
     *
     * @param round changes which sizes come first
     */
    public List<Map<String, Integer>> verificationSizes(int batch, int round) {
        List<Map<String, Integer>> sizes = new ArrayList<>(candidates(Map.of()));
        List<Map<String, Integer>> larger = sizes.subList(0, Math.max(1, sizes.size() - 1));
        Collections.rotate(larger, -Math.floorMod(round, larger.size()));
        sizes.replaceAll(some -> {
            Map<String, Integer> changed = new LinkedHashMap<>(some);
            batchSymbols.forEach(name -> changed.put(name, batch));
            return changed;
        });
        return sizes.stream().distinct().toList();
    }

    /**
     * Other lengths for a symbol of this length, in the order in which they tell most: one more comes late, because it
     * is often the same when halved.
     */
    List<Integer> others(int length) {
        boolean multiple = length % STRIDE == 0;
        return Stream.of(
                        multiple ? 2 * length : prime(2 * length, 1),
                        multiple ? prime(2 * length, 1) : 2 * length,
                        3 * length,
                        length + STRIDE,
                        2 * length / 3,
                        length / 2,
                        length + 1,
                        1)
                .filter(other -> other != length && other > 0)
                .distinct()
                .toList();
    }

    /** The lengths that these tensors have; primes for symbols that none of them has. */
    Map<String, Integer> sizesOf(Map<String, OnnxTensor> given) {
        Map<String, Integer> sizes = primes(0);
        axes.forEach((input, names) -> {
            OnnxTensor tensor = given.get(input);
            for (int axis = 0;
                    tensor != null
                            && axis < names.size()
                            && axis < tensor.shape().size();
                    axis++) {
                if (names.get(axis).startsWith(SYMBOL) && tensor.shape().get(axis) > 0) {
                    sizes.put(names.get(axis).substring(1), tensor.shape().get(axis));
                }
            }
        });
        return sizes;
    }

    /** Sizes where every batch has this length. */
    public Map<String, Integer> batch(int length) {
        Map<String, Integer> sizes = new LinkedHashMap<>(primes(0));
        batchSymbols.forEach(name -> sizes.put(name, length));
        return sizes;
    }

    /** The shape of an input at these sizes. */
    public List<Integer> shape(String input, Map<String, Integer> sizes) {
        return axes.get(input).stream()
                .map(axis -> axis.startsWith(SYMBOL)
                        ? sizes.get(axis.substring(1))
                        : Integer.valueOf(Integer.parseInt(axis)))
                .toList();
    }

    /** What an input's shape depends on. */
    public List<Extent> extents(String input) {
        return axes.get(input).stream()
                .map(axis -> axis.startsWith(SYMBOL)
                        ? new Extent.Open(Set.of(axis.substring(1)))
                        : (Extent) new Extent.Fixed(Integer.parseInt(axis)))
                .toList();
    }

    private static int checked(OnnxValue input, long length) {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw SlipwayException.invalid(
                    "edge.input", "Input '" + input.name() + "' declares an axis of length " + length + ".");
        }
        return (int) length;
    }

    /** The prime that is reached from {@code smallest} by going to the next prime so often. */
    private static int prime(int smallest, int index) {
        BigInteger prime = BigInteger.valueOf(smallest);
        for (int i = 0; i < index; i++) {
            prime = prime.nextProbablePrime();
        }
        return prime.intValueExact();
    }

    private static List<Dimension> shape(OnnxValue input) {
        return dense(input)
                .shape()
                .orElseThrow(() -> SlipwayException.unsupported(
                        "edge.input",
                        "Input '" + input.name() + "' of the model has no declared tensor shape; export the model with"
                                + " one (lengths may be symbolic)."));
    }

    /** Fails with {@code edge.input} if the input is no dense tensor. */
    static ValueType.Dense dense(OnnxValue input) {
        if (input.type() instanceof ValueType.Dense dense) {
            return dense;
        }
        throw SlipwayException.unsupported(
                "edge.input",
                "Input '" + input.name() + "' of the model is no dense tensor, which can't be converted.");
    }
}
