package dev.slipway.registry.gates;

import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.ModelFile;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The version must have a file for every target of the policy, and one file at least. */
final class TargetsGate implements GateCheck {
    @Override
    public Gate check(Candidate candidate) {
        Set<Target> present =
                candidate.version().files().stream().map(ModelFile::target).collect(Collectors.toSet());
        Set<Target> missing = new TreeSet<>(candidate.policy().targets());
        missing.removeAll(present);
        if (!missing.isEmpty()) {
            return new Gate(
                    "targets",
                    false,
                    "There is no verified file for " + missing + ". Convert the version to each first.");
        }
        if (present.isEmpty()) {
            return new Gate("targets", false, "The version has no file to deliver. Convert it to a target first.");
        }
        return new Gate("targets", true, "There are verified files for " + new TreeSet<>(present) + ".");
    }
}
