package dev.slipway.dataset;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.HashSet;
import java.util.List;

/** What the classes of a version must be. */
final class Classes {
    private static final int MAX_CLASSES = 10_000;
    private static final int MAX_NAME = 200;
    private static final int SHOWN = 20;

    private Classes() {}

    static void check(@Nullable List<String> classes) {
        if (classes == null || classes.size() < 2 || classes.size() > MAX_CLASSES) {
            throw SlipwayException.invalid(
                    "dataset.classes",
                    "A dataset version has 2 to " + MAX_CLASSES + " classes; give the project's labels.");
        }
        for (String name : classes) {
            if (name == null || name.isBlank() || name.length() > MAX_NAME) {
                throw SlipwayException.invalid(
                        "dataset.classes",
                        "A class has a name of 1 to " + MAX_NAME + " characters, not '" + name + "'.");
            }
        }
        if (new HashSet<>(classes).size() < classes.size()) {
            throw SlipwayException.invalid("dataset.classes", "Two of the classes have the same name.");
        }
    }

    /** The first of them, for messages. */
    static String brief(List<String> classes) {
        return classes.size() <= SHOWN
                ? classes.toString()
                : classes.subList(0, SHOWN) + " and " + (classes.size() - SHOWN) + " more";
    }
}
