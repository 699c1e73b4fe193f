package dev.slipway.registry;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.Set;
import java.util.function.Supplier;

/** Repeats a change that others have overtaken: it reads again what it builds on. */
final class Conflicts {
    // With every conflict somebody else has got on, so this is only reached under very many writers of one model.
    private static final int ATTEMPTS = 50;
    private static final Set<String> RETRIED = Set.of("store.revision", "store.claim-taken");

    private Conflicts() {}

    static <T> T retry(Supplier<T> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return change.get();
            } catch (SlipwayException e) {
                boolean overtaken = e.kind() == ErrorKind.CONFLICT && RETRIED.contains(e.code());
                if (!overtaken || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
