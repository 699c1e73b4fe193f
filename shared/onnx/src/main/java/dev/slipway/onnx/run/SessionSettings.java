package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;

/**
 * How ONNX Runtime runs a model.
 *
 * @param threads of one run, at least 1
 * @param optimise whether the graph may be rewritten; off when every intermediate value must be what the model says
 */
public record SessionSettings(int threads, boolean optimise) {
    public SessionSettings {
        if (threads < 1) {
            throw SlipwayException.invalid("onnx.threads", "A session needs at least one thread, not " + threads + ".");
        }
    }

    /** One thread, optimised. */
    public static SessionSettings standard() {
        return new SessionSettings(1, true);
    }

    /** One thread, every value just as the model says. */
    public static SessionSettings faithful() {
        return new SessionSettings(1, false);
    }
}
