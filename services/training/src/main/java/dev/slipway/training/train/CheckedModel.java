package dev.slipway.training.train;

/** A trained model that does as ONNX what its network did. The array is shared, not copied. */
final class CheckedModel {
    private final byte[] onnx;
    private final double testAccuracy;
    private final int epoch;

    CheckedModel(byte[] onnx, double testAccuracy, int epoch) {
        this.onnx = onnx;
        this.testAccuracy = testAccuracy;
        this.epoch = epoch;
    }

    byte[] onnx() {
        return onnx;
    }

    /** 0 to 1. */
    double testAccuracy() {
        return testAccuracy;
    }

    /** That its weights are of. */
    int epoch() {
        return epoch;
    }
}
