package dev.slipway.registry.gates;

import dev.slipway.api.conversion.Precision;
import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.ModelFile;

/**
 * Every file must answer as the ONNX model does, as its conversion has measured on the whole test split. Files of fewer
 * bits have errors by their nature: their conversion has held them to a cosine instead.
 */
final class ParityGate implements GateCheck {
    @Override
    public Gate check(Candidate candidate) {
        double maximum = candidate.policy().maximumParityError();
        for (ModelFile file : candidate.version().files()) {
            if (file.precision() == Precision.FP32 && !(file.maxAbsoluteError() <= maximum)) {
                return new Gate(
                        "parity",
                        false,
                        "The " + file.target() + " " + file.precision() + " file differs from the ONNX model by up to "
                                + file.maxAbsoluteError() + "; at most " + maximum
                                + " is allowed. Convert again, or allow more in the model's policy.");
            }
        }
        return new Gate(
                "parity",
                true,
                "Each of " + candidate.version().files().size()
                        + " files is as close to the ONNX model as it must be: within " + maximum + " for FP32.");
    }
}
