package dev.slipway.conversion.child;

import dev.slipway.kernel.SlipwayException;

/** The bad ends that a child can come to. */
final class ChildEnds {
    private static final int MEBI = 1 << 20;

    private ChildEnds() {}

    static SlipwayException memory(ChildSettings settings) {
        return SlipwayException.tooLarge(
                "conversion.memory",
                "The conversion took more memory than it may: " + settings.memory() / MEBI + " MiB in all, "
                        + settings.heap() / MEBI + " MiB of them for Java. If the model can be trusted, raise"
                        + " slipway.conversion.child.memory or slipway.conversion.child.heap.");
    }

    static SlipwayException time(ChildSettings settings) {
        return SlipwayException.tooLarge(
                "conversion.timeout",
                "The conversion took longer than the " + settings.timeLimit().toSeconds() + " s that it may. If the"
                        + " model can be trusted, raise slipway.conversion.child.time-limit.");
    }

    static SlipwayException crashed(int status) {
        return SlipwayException.unsupported(
                "conversion.crashed",
                "The process of the conversion ended with status " + status + " before it was done: the model makes a"
                        + " runtime crash, or somebody killed the process. The job's log has what it printed.");
    }
}
