package dev.slipway.tflite.run;

/**
 * What the runtime holds for the values of a model, in bytes, without the model's file and without what XNNPACK keeps
 * for itself (packed weights), which can't be asked for.
 *
 * @param arena values that share memory, as none of them is needed all the time
 * @param states values that are kept from run to run
 * @param dynamic values whose size is known only as the model runs
 */
public record InterpreterMemory(long arena, long states, long dynamic) {

    /** All together. */
    public long total() {
        return arena + states + dynamic;
    }
}
