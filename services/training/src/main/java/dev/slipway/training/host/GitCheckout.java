package dev.slipway.training.host;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The state of the git checkout that a folder lies in, as the program git tells it: what is committed, and what differs from
 * that. Nothing in the checkout is changed, and nothing that its configuration names is run.
 */
public final class GitCheckout {
    /** A larger difference is not kept. */
    private static final int MAX_DIFF = 8 << 20;

    private static final int MAX_LINE = 4096;
    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)[^/@]*@");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("GIT_OPTIONAL_LOCKS", "0", "GIT_TERMINAL_PROMPT", "0", "LC_ALL", "C");

    private final Path folder;
    private final String commit;

    private GitCheckout(Path folder, String commit) {
        this.folder = folder;
        this.commit = commit;
    }

    /** The checkout of the folder; empty when it lies in none, when nothing is committed yet, and without the program git. */
    static Optional<GitCheckout> of(Path folder) throws InterruptedException {
        return line(folder, "rev-parse", "--verify", "HEAD").map(commit -> new GitCheckout(folder, commit));
    }

    /** The full digest of the commit that is checked out. */
    public String commit() {
        return commit;
    }

    /** Empty when a commit is checked out and no branch. */
    public Optional<String> branch() throws InterruptedException {
        return line(folder, "symbolic-ref", "--short", "--quiet", "HEAD");
    }

    /** Where the repository comes from, without a user or password; empty for one that was made here. */
    public Optional<String> remote() throws InterruptedException {
        return line(folder, "config", "--get", "remote.origin.url")
                .map(url -> USER.matcher(url).replaceFirst("$1"));
    }

    /**
     * How the tracked files differ from the commit, in the form that {@code git apply} takes; without any when nothing does,
     * and empty when that is too much to keep.
     */
    public Optional<byte[]> diff() throws InterruptedException {
        return output(
                folder,
                MAX_DIFF,
                "diff",
                "--no-ext-diff",
                "--no-textconv",
                "--no-color",
                "--binary",
                "--submodule=short",
                "HEAD",
                "--",
                ":/");
    }

    private static Optional<String> line(Path folder, String... words) throws InterruptedException {
        return output(folder, MAX_LINE, words)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(text -> !text.isEmpty());
    }

    private static Optional<byte[]> output(Path folder, int limit, String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.fsmonitor=false"));
        command.addAll(List.of(words));
        return Command.output(command, folder, ENVIRONMENT, limit);
    }
}
