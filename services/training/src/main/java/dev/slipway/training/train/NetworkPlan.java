package dev.slipway.training.train;

import dev.slipway.api.training.Layer;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that has been checked: each layer with the shapes it takes and gives, without the batch axis. Both the DJL
 * block and the ONNX graph are made from it.
 */
public record NetworkPlan(List<Integer> inputShape, int classes, List<Stage> stages) {
    private static final int MAX_LAYERS = 200;
    private static final int MAX_WIDTH = 16_384;
    private static final int MAX_KERNEL = 64;
    private static final long MAX_WEIGHTS = 50_000_000;

    /** A layer and the shapes of what goes in and comes out. */
    public record Stage(Layer layer, List<Integer> in, List<Integer> out) {
        public Stage {
            in = List.copyOf(in);
            out = List.copyOf(out);
        }

        /** How many weights the layer learns. */
        long weights() {
            if (layer instanceof Layer.Convolution convolution) {
                return ((long) in.get(0) * convolution.kernel() * convolution.kernel() + 1) * convolution.filters();
            }
            return layer instanceof Layer.Dense dense ? (in.get(0) + 1L) * dense.units() : 0;
        }
    }

    public NetworkPlan {
        inputShape = List.copyOf(inputShape);
        stages = List.copyOf(stages);
    }

    /**
     * Follows a sample through the layers.
     *
     * @param inputShape of one sample
     * @param classes how many values must come out
     * @throws SlipwayException {@code training.network}, which says the layer and why
     */
    public static NetworkPlan of(@Nullable List<Layer> network, List<Integer> inputShape, int classes) {
        if (network == null || network.isEmpty() || network.size() > MAX_LAYERS) {
            throw wrong("A network has 1 to " + MAX_LAYERS + " layers, not " + (network == null ? 0 : network.size())
                    + ".");
        }
        List<Stage> stages = new ArrayList<>();
        List<Integer> shape = inputShape;
        long weights = 0;
        for (int i = 0; i < network.size(); i++) {
            Stage stage = stage("Layer " + (i + 1), network.get(i), shape);
            stages.add(stage);
            shape = stage.out();
            weights += stage.weights();
        }
        if (!shape.equals(List.of(classes))) {
            throw wrong("The network gives values of shape " + shape + ", but the dataset has " + classes
                    + " classes: end it with a flatten and a dense layer of " + classes + " units.");
        }
        if (weights == 0 || weights > MAX_WEIGHTS) {
            throw wrong("The network has " + weights + " weights; 1 to " + MAX_WEIGHTS + " can be learned.");
        }
        return new NetworkPlan(inputShape, classes, stages);
    }

    /** Whether a training draws from the one random state of its process, as dropout does. */
    boolean draws() {
        return stages.stream().anyMatch(stage -> stage.layer() instanceof Layer.Dropout);
    }

    private static Stage stage(String place, @Nullable Layer layer, List<Integer> in) {
        if (layer instanceof Layer.Convolution convolution) {
            return new Stage(layer, in, convolved(place + " (convolution)", convolution, in));
        } else if (layer instanceof Layer.MaxPool pool) {
            return new Stage(layer, in, pooled(place + " (max-pool)", pool, in));
        } else if (layer instanceof Layer.Dense dense) {
            return new Stage(layer, in, connected(place + " (dense)", dense, in));
        } else if (layer instanceof Layer.Flatten) {
            return new Stage(layer, in, List.of(in.stream().reduce(1, Math::multiplyExact)));
        } else if (layer instanceof Layer.Dropout dropout) {
            if (!(dropout.rate() >= 0 && dropout.rate() < 1)) {
                throw wrong(place + " (dropout) has rate " + dropout.rate() + "; it is at least 0 and below 1.");
            }
            return new Stage(layer, in, in);
        } else if (layer instanceof Layer.Relu) {
            return new Stage(layer, in, in);
        }
        throw wrong(place + " is missing.");
    }

    private static List<Integer> convolved(String place, Layer.Convolution convolution, List<Integer> in) {
        image(place, in);
        between(place, "filters", convolution.filters(), 1, MAX_WIDTH);
        between(place, "kernel", convolution.kernel(), 1, MAX_KERNEL);
        between(place, "padding", convolution.padding(), 0, convolution.kernel());
        int shrink = convolution.kernel() - 1 - 2 * convolution.padding();
        int height = in.get(1) - shrink;
        int width = in.get(2) - shrink;
        if (height < 1 || width < 1) {
            throw wrong(place + " has a kernel of " + convolution.kernel() + " by " + convolution.kernel()
                    + ", which does not fit an input of shape " + in + " with padding " + convolution.padding() + ".");
        }
        return List.of(convolution.filters(), height, width);
    }

    private static List<Integer> pooled(String place, Layer.MaxPool pool, List<Integer> in) {
        image(place, in);
        between(place, "size", pool.size(), 1, MAX_KERNEL);
        int height = in.get(1) / pool.size();
        int width = in.get(2) / pool.size();
        if (height < 1 || width < 1) {
            throw wrong(place + " pools " + pool.size() + " by " + pool.size() + ", which leaves nothing of an input of"
                    + " shape " + in + ".");
        }
        return List.of(in.get(0), height, width);
    }

    private static List<Integer> connected(String place, Layer.Dense dense, List<Integer> in) {
        if (in.size() != 1) {
            throw wrong(place + " needs a flat input, but gets shape " + in + ": put a flatten layer before it.");
        }
        between(place, "units", dense.units(), 1, MAX_WIDTH);
        return List.of(dense.units());
    }

    private static void image(String place, List<Integer> in) {
        if (in.size() != 3) {
            throw wrong(place + " needs an image of (channels, height, width), but gets shape " + in + ".");
        }
    }

    private static void between(String place, String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrong(place + " has " + what + " " + value + "; " + least + " to " + most + " is possible.");
        }
    }

    private static SlipwayException wrong(String message) {
        return SlipwayException.invalid("training.network", message);
    }
}
