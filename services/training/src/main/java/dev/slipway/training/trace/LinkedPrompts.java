package dev.slipway.training.trace;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.training.PythonJson;
import io.micronaut.core.annotation.Nullable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The versions of prompts that a trace is linked to: they stand in one of its tags, where clients write them too. */
public final class LinkedPrompts {
    /** The tag: a JSON list of objects with a name and a version. */
    static final String TAG = "mlflow.linkedPrompts";

    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private LinkedPrompts() {}

    /** A version of a prompt. */
    public record Prompt(String name, String version) {
        /** Fails with {@code trace.prompts} for what can't be one. */
        public static Prompt of(String name, String version) {
            if (name.isBlank() || !NUMBER.matcher(version).matches()) {
                throw SlipwayException.invalid(
                        "trace.prompts",
                        "A version of a prompt has a name, and a number of up to 10 digits; send both.");
            }
            return new Prompt(name, version);
        }
    }

    /** Those that a tag tells of; none for another text, as anybody may set the tag to any. */
    static Set<Prompt> of(@Nullable String tag) {
        Set<Prompt> prompts = new LinkedHashSet<>();
        if (tag != null && PythonJson.readOr(null, tag) instanceof List<?> list) {
            list.stream()
                    .flatMap(each -> each instanceof Map<?, ?> prompt ? Stream.of(prompt) : Stream.empty())
                    .filter(prompt -> prompt.get(NAME) instanceof String && prompt.get(VERSION) != null)
                    .forEach(prompt ->
                            prompts.add(new Prompt((String) prompt.get(NAME), String.valueOf(prompt.get(VERSION)))));
        }
        return prompts;
    }

    /** The tag with more of them. */
    static String with(@Nullable String tag, List<Prompt> more) {
        Set<Prompt> prompts = of(tag);
        prompts.addAll(more);
        String linked =
                PythonJson.write(prompts.stream().map(LinkedPrompts::tree).toList());
        if (linked.length() > TraceTexts.MAX_VALUE) {
            throw SlipwayException.tooLarge(
                    "trace.prompts",
                    "The prompts of a trace have at most " + TraceTexts.MAX_VALUE + " characters as JSON; link fewer.");
        }
        return linked;
    }

    private static Map<String, String> tree(Prompt prompt) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put(NAME, prompt.name());
        tree.put(VERSION, prompt.version());
        return tree;
    }
}
