package dev.slipway.onnx.run;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.slipway.kernel.SlipwayException;

/** What every use of ONNX Runtime shares. */
final class Ort {
    static final String EXTERNAL_FOLDER = "session.model_external_initializers_file_folder_path";

    // No such folder: weights outside the model's bytes are never read, wherever a hostile model points to.
    private static final String NO_FOLDER = "slipway-reads-no-external-data";

    private Ort() {}

    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    }

    static OrtSession.SessionOptions options(SessionSettings settings) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(settings.threads());
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(level(settings.optimisation()));
        if (settings.profile().isPresent()) {
            options.enableProfiling(settings.profile().get().toString());
        }
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        options.addConfigEntry(EXTERNAL_FOLDER, NO_FOLDER);
        if (settings.optimisation() == SessionSettings.Optimisation.NONE) {
            // Prepacking makes a second copy of the weights, which pays only over many runs.
            options.addConfigEntry("session.disable_prepacking", "1");
        }
        // A spinning thread pool would starve the rest of a small machine between two runs.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    private static OrtSession.SessionOptions.OptLevel level(SessionSettings.Optimisation optimisation) {
        return switch (optimisation) {
            case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
            case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
            case EXTENDED -> OrtSession.SessionOptions.OptLevel.EXTENDED_OPT;
            case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
        };
    }

    static SlipwayException unusable(String what, OrtException cause) {
        return SlipwayException.invalid(
                "onnx.unusable", "ONNX Runtime can't " + what + ": " + cause.getMessage(), cause);
    }
}
