package dev.slipway.edge;

/** The order of axes of a model's image inputs and outputs; whatever it is, their names stay. */
public enum Layout {
    /** As the ONNX model has it, usually batch, channels, height, width. */
    KEEP,
    /** Channels last, as cameras and TFLite have it: every input and output of rank 4 or 5 is transposed. */
    NHWC;

    private static final int IMAGE_RANK = 4;
    private static final int VOLUME_RANK = 5;

    /** Whether an input or output of this rank has another order of axes than in the ONNX model. */
    public boolean moves(int rank) {
        return this == NHWC && (rank == IMAGE_RANK || rank == VOLUME_RANK);
    }
}
