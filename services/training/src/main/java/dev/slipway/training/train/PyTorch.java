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
        // A small network's operators are too short to share: on a busy machine a second thread made training 20 times
        // slower.
        setUnlessGiven("ai.djl.pytorch.num_threads", "1");
        setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
        return Engine.getEngine(NAME);
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
