package dev.slipway.standalone.mlflow;

/** Is told how far an import is; maybe by several threads at a time. */
public interface ImportProgress {
    /**
     * Some more is done.
     *
     * @param step what is being done, such as {@code runs}
     * @param experiment which one, from 1; 0 for none
     * @param experiments of how many
     * @param done how many things of this step
     */
    void at(String step, int experiment, int experiments, long done);
}
