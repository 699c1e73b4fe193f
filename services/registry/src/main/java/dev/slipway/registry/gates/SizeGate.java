package dev.slipway.registry.gates;

import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.ModelFile;

/** No file may be larger than a device should have to fetch. */
final class SizeGate implements GateCheck {
    @Override
    public Gate check(Candidate candidate) {
        long maximum = candidate.policy().maximumFileSize();
        for (ModelFile file : candidate.version().files()) {
            if (file.size() > maximum) {
                return new Gate(
                        "size",
                        false,
                        "The " + file.target() + " " + file.precision() + " file has " + file.size()
                                + " bytes; at most " + maximum
                                + " are allowed. Train a smaller network, or allow more in the model's policy.");
            }
        }
        return new Gate("size", true, "No file is larger than " + maximum + " bytes.");
    }
}
