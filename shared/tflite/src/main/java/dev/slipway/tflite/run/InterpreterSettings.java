package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;

/**
 * How the runtime runs a model.
 *
 * @param threads for one run, at least 1
 * @param accelerated whether XNNPACK may run the operators that it knows, as on a phone; without it the built-in
 *     kernels run everything
 */
public record InterpreterSettings(int threads, boolean accelerated) {

    /** Fails with {@code tflite.threads} if there is no thread. */
    public InterpreterSettings {
        if (threads < 1) {
            throw SlipwayException.invalid(
                    "tflite.threads", "A model can't be run by " + threads + " threads; give it at least one.");
        }
    }

    /** One thread, accelerated. */
    public static InterpreterSettings standard() {
        return new InterpreterSettings(1, true);
    }

    /** One thread and the built-in kernels alone. */
    public static InterpreterSettings plain() {
        return new InterpreterSettings(1, false);
    }
}
