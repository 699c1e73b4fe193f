package dev.slipway.training.train;

import ai.djl.engine.Engine;
import jakarta.inject.Singleton;

/** Starts DJL's PyTorch engine when it is first needed. */
@Singleton
final class PyTorch {
    private static final String NAME = "PyTorch";

    /**
     * DJL takes its settings from the system properties when the engine starts: it must neither look for natives in the
     * network, as they come from the class path, nor tell anybody of its use.
     */
    synchronized Engine engine() {
        setUnlessGiven("ai.djl.offline", "true");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        setUnlessGiven("ai.djl.default_engine", NAME);
        setUnlessGiven("ai.djl.pytorch.num_threads", threads());
        setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
        return Engine.getEngine(NAME);
    }

    /** Small networks gain nothing from more than two threads. */
    private static String threads() {
        return String.valueOf(Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
