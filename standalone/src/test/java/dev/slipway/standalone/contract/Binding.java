package dev.slipway.standalone.contract;

/** A running installation, seen by who calls its contracts. */
sealed interface Binding extends AutoCloseable permits InProcess, OverHttp {
    /** A contract, bound in this way; or what a caller of contracts has besides, such as the artifacts. */
    <T> T bean(Class<T> type);

    /** What the processes of the installation have printed, to find out why a test has failed. */
    String output();

    @Override
    void close();
}
