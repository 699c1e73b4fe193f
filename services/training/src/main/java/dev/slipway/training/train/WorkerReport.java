package dev.slipway.training.train;

/** By what a worker reports to its run, beside what every training logs. */
public final class WorkerReport {
    /** A metric that each epoch logs, at its number as the step. */
    public static final String EACH_EPOCH = RunLog.TRAIN_LOSS;

    /** The last metric of a training, at the epoch that the model is from. */
    public static final String ACCURACY = RunLog.TEST_ACCURACY;

    /** The model's path below the run's folder. */
    public static final String MODEL = ModelFiles.ONNX_PATH;

    /** The share of the epochs in the whole of a training. */
    public static final double EPOCHS_SHARE = NetworkTraining.TRAINING_SHARE;

    private WorkerReport() {}
}
