package dev.slipway.training.run;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Names for runs that nobody named, such as {@code brisk-heron-204}. */
public final class RandomNames {
    private static final int NUMBERS = 1000;

    private static final List<String> ADJECTIVES = List.of(
            "able", "agile", "airy", "amber", "bold", "brave", "brief", "bright", "brisk", "calm", "candid", "clear",
            "clever", "cosy", "crisp", "daring", "deft", "eager", "early", "fair", "fleet", "fresh", "gentle", "glad",
            "golden", "grand", "hardy", "hazel", "humble", "ideal", "jolly", "keen", "kind", "lively", "loyal", "lucid",
            "mellow", "merry", "mild", "neat", "nimble", "noble", "open", "patient", "plain", "polite", "proud",
            "quick", "quiet", "ready", "robust", "rosy", "sage", "salty", "serene", "sharp", "silver", "sleek",
            "smooth", "snug", "solid", "spry", "steady", "sunny", "swift", "tidy", "trim", "true", "vivid", "warm",
            "wise", "witty");

    private static final List<String> NOUNS = List.of(
            "anchor", "auk", "badger", "barge", "beacon", "bear", "beaver", "bison", "brig", "buoy", "canoe", "carp",
            "cod", "coot", "coral", "crab", "crane", "curlew", "cutter", "deer", "dinghy", "dolphin", "dove", "duck",
            "eagle", "eel", "egret", "elk", "ferry", "finch", "fox", "gannet", "goose", "grebe", "gull", "hare",
            "harbour", "hawk", "heron", "ibis", "jetty", "kayak", "keel", "kestrel", "kite", "lark", "lynx", "marlin",
            "marten", "mole", "moose", "newt", "oar", "orca", "osprey", "otter", "owl", "perch", "pier", "plover",
            "puffin", "quay", "raft", "raven", "robin", "rudder", "sail", "salmon", "seal", "skiff", "sloop", "snipe",
            "stoat", "stork", "swan", "tern", "trout", "tug", "turtle", "vole", "walrus", "whale", "wren", "yacht",
            "yawl");

    private RandomNames() {}

    /** A new one each time, most often. */
    public static String next() {
        return any(ADJECTIVES) + "-" + any(NOUNS) + "-"
                + ThreadLocalRandom.current().nextInt(NUMBERS);
    }

    private static String any(List<String> words) {
        return words.get(ThreadLocalRandom.current().nextInt(words.size()));
    }
}
