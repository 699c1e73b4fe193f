package dev.slipway.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.training.Layer;
import dev.slipway.kernel.SlipwayException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    private static final List<Integer> IMAGE = List.of(1, 8, 8);

    @Test
    void shapesFollowTheLayers() {
        NetworkPlan plan = NetworkPlan.of(
                List.of(
                        new Layer.Convolution(16, 3, 0),
                        new Layer.MaxPool(2),
                        new Layer.Relu(),
                        new Layer.Flatten(),
                        new Layer.Dropout(0.5f),
                        new Layer.Dense(10)),
                IMAGE,
                10);

        assertThat(plan.stages())
                .extracting(NetworkPlan.Stage::out)
                .containsExactly(
                        List.of(16, 6, 6),
                        List.of(16, 3, 3),
                        List.of(16, 3, 3),
                        List.of(144),
                        List.of(144),
                        List.of(10));
    }

    @Test
    void aWrongNetworkSaysWhichLayerAndWhy() {
        wrong("1 to 200 layers, not 0");
        wrong("Layer 1 (convolution) has filters -1", new Layer.Convolution(-1, 3, 1));
        wrong("Layer 1 (convolution) has padding 4", new Layer.Convolution(1, 3, 4));
        wrong("kernel of 9 by 9, which does not fit an input of shape [1, 8, 8]", new Layer.Convolution(1, 9, 0));
        wrong("Layer 1 (max-pool) has size 0", new Layer.MaxPool(0));
        wrong("Layer 2 (max-pool) pools 5 by 5, which leaves nothing", new Layer.MaxPool(2), new Layer.MaxPool(5));
        wrong("Layer 1 (dense) needs a flat input, but gets shape [1, 8, 8]", new Layer.Dense(10));
        wrong("Layer 2 (max-pool) needs an image", new Layer.Flatten(), new Layer.MaxPool(2));
        wrong("Layer 1 (dropout) has rate 1.0", new Layer.Dropout(1));
        wrong("Layer 1 (dropout) has rate NaN", new Layer.Dropout(Float.NaN));
        wrong("values of shape [9], but the dataset has 10 classes", new Layer.Flatten(), new Layer.Dense(9));
        wrong("units 2147483647", new Layer.Flatten(), new Layer.Dense(Integer.MAX_VALUE));
        wrong(
                "269680650 weights",
                new Layer.Flatten(),
                new Layer.Dense(16384),
                new Layer.Dense(16384),
                new Layer.Dense(10));
    }

    @Test
    void aNetworkThatLearnsNothingIsRefused() {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> NetworkPlan.of(List.of(new Layer.Flatten()), List.of(1, 2, 5), 10))
                .withMessageContaining("0 weights");
    }

    private static void wrong(String message, Layer... layers) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> NetworkPlan.of(List.of(layers), IMAGE, 10))
                .matches(e -> e.code().equals("training.network"))
                .withMessageContaining(message);
    }
}
