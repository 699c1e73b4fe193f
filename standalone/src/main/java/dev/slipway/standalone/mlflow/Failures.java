package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.List;

/** What could not be brought over, and why; the import goes on with everything else. Safe for use by many threads. */
public final class Failures {
    private static final int TOLD = 100;

    private final List<String> first = new ArrayList<>();
    private long count;

    /** Does it, and remembers why if it fails; what nothing else would survive either is thrown. */
    boolean attempt(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (SlipwayException e) {
            boolean endsAll = e.kind() == ErrorKind.UNAUTHENTICATED
                    || e.kind() == ErrorKind.FORBIDDEN
                    || e.kind() == ErrorKind.INTERNAL
                    || e.code().equals("import.unreachable")
                    || e.code().equals("import.interrupted")
                    || e.code().equals("import.journal");
            if (endsAll) {
                throw e;
            }
            add(what + ": " + e.getMessage() + " [" + e.code() + "]");
            return false;
        }
    }

    private synchronized void add(String failure) {
        count++;
        if (first.size() < TOLD) {
            first.add(failure);
        }
    }

    public synchronized long count() {
        return count;
    }

    /** The first of them, a sentence each. */
    public synchronized List<String> first() {
        return List.copyOf(first);
    }
}
