package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How ONNX Runtime runs a model.
 *
 * @param threads of one run, at least 1
 * @param optimisation how far the graph may be rewritten
 * @param profile where to write times of every node as JSON: the beginning of the file's path, to which ONNX Runtime adds
 *     the date; none if empty
 */
public record SessionSettings(int threads, Optimisation optimisation, Optional<Path> profile) {

    /** How far ONNX Runtime may rewrite a graph. */
    public enum Optimisation {
        /** Not at all: every intermediate value is what the model says. */
        NONE,
        /** Rewrites that give the same operators: constants folded, what is not needed dropped. */
        BASIC,
        /** Fusions into ONNX Runtime's own operators too, none of them tied to a processor. */
        EXTENDED,
        /** Layouts that suit this machine's processor too. */
        ALL
    }

    public SessionSettings {
        if (threads < 1) {
            throw SlipwayException.invalid("onnx.threads", "A session needs at least one thread, not " + threads + ".");
        }
    }

    /** Optimised fully, or not at all if every intermediate value must be what the model says. */
    public SessionSettings(int threads, boolean optimise) {
        this(threads, optimise ? Optimisation.ALL : Optimisation.NONE, Optional.empty());
    }

    /** One thread, optimised. */
    public static SessionSettings standard() {
        return new SessionSettings(1, true);
    }

    /** One thread, every value just as the model says. */
    public static SessionSettings faithful() {
        return new SessionSettings(1, false);
    }

    public SessionSettings withThreads(int other) {
        return new SessionSettings(other, optimisation, profile);
    }

    public SessionSettings withOptimisation(Optimisation other) {
        return new SessionSettings(threads, other, profile);
    }

    public SessionSettings withProfile(Path file) {
        return new SessionSettings(threads, optimisation, Optional.of(file));
    }
}
