package dev.slipway.administration;

/** Told how far long work has come, often; it is for people. */
public interface Progress {
    /**
     * Some more is done.
     *
     * @param work what is being done, as in "exporting entities"
     * @param done how many so far
     */
    void at(String work, long done);
}
