package dev.slipway.api.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A layer of a network. A list of them describes a network whole: it yields both the DJL block that is trained and the ONNX
 * graph that is exported. Images are (channels, height, width).
 */
@Serdeable
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Layer.Convolution.class, name = "convolution"),
    @JsonSubTypes.Type(value = Layer.Relu.class, name = "relu"),
    @JsonSubTypes.Type(value = Layer.MaxPool.class, name = "max-pool"),
    @JsonSubTypes.Type(value = Layer.Flatten.class, name = "flatten"),
    @JsonSubTypes.Type(value = Layer.Dense.class, name = "dense"),
    @JsonSubTypes.Type(value = Layer.Dropout.class, name = "dropout")
})
public sealed interface Layer {
    /** A two-dimensional convolution with a square kernel, stride 1, and as much zero padding on each side as is said. */
    @Serdeable
    record Convolution(int filters, int kernel, int padding) implements Layer {}

    @Serdeable
    record Relu() implements Layer {}

    /** The greatest of each square of {@code size} by {@code size}, without overlap or padding. */
    @Serdeable
    record MaxPool(int size) implements Layer {}

    /** All axes but the batch's become one. */
    @Serdeable
    record Flatten() implements Layer {}

    /** A fully connected layer with bias. */
    @Serdeable
    record Dense(int units) implements Layer {}

    /** Drops this share of values while training, and is absent from the exported graph. */
    @Serdeable
    record Dropout(float rate) implements Layer {}
}
