package dev.slipway.training.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.initializer.Initializer;
import dev.slipway.api.training.Layer;
import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The DJL form of a network: one block per layer, and the logits of the classes at the end. */
final class DjlNetwork {
    private final List<Block> layers;
    private final SequentialBlock block = new SequentialBlock();

    DjlNetwork(NetworkPlan plan, long seed) {
        layers = plan.stages().stream().map(stage -> block(stage.layer())).toList();
        layers.forEach(block::add);
        block.setInitializer(new SeededInitializer(seed), Parameter.Type.WEIGHT);
        block.setInitializer(Initializer.ZEROS, Parameter.Type.BIAS);
    }

    Block block() {
        return block;
    }

    /** A copy of the weights as they are now, layer by layer; empty for a layer that learns nothing. */
    List<Optional<Weights>> weights() {
        List<Optional<Weights>> weights = new ArrayList<>();
        for (Block layer : layers) {
            var parameters = layer.getDirectParameters();
            weights.add(
                    parameters.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Weights(
                                    tensor(parameters.get("weight").getArray()),
                                    tensor(parameters.get("bias").getArray()))));
        }
        return weights;
    }

    private static Tensor tensor(NDArray array) {
        List<Integer> shape = new ArrayList<>();
        for (long length : array.getShape().getShape()) {
            shape.add(Math.toIntExact(length));
        }
        return new Tensor(shape, array.toFloatArray());
    }

    private static Block block(Layer layer) {
        if (layer instanceof Layer.Convolution convolution) {
            return Conv2d.builder()
                    .setFilters(convolution.filters())
                    .setKernelShape(square(convolution.kernel()))
                    .optPadding(square(convolution.padding()))
                    .optBias(true)
                    .build();
        } else if (layer instanceof Layer.Relu) {
            return Activation.reluBlock();
        } else if (layer instanceof Layer.MaxPool pool) {
            return Pool.maxPool2dBlock(square(pool.size()), square(pool.size()), square(0), false);
        } else if (layer instanceof Layer.Flatten) {
            return Blocks.batchFlattenBlock();
        } else if (layer instanceof Layer.Dense dense) {
            return Linear.builder().setUnits(dense.units()).build();
        } else if (layer instanceof Layer.Dropout dropout) {
            return Dropout.builder().optRate(dropout.rate()).build();
        }
        throw new IllegalStateException("a plan holds no layer such as " + layer);
    }

    private static Shape square(int side) {
        return new Shape(side, side);
    }
}
