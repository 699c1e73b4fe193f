package dev.slipway.runtime;

import dev.slipway.kernel.Workspace;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The workspaces of the installation: {@code slipway.workspaces}, only {@code default} unless configured. Workers look for
 * jobs in these, since every query is within one workspace.
 */
@Singleton
public final class Workspaces {
    private final List<Workspace> all;

    Workspaces(@Value("${slipway.workspaces:default}") List<String> names) {
        all = names.stream().map(Workspace::new).distinct().toList();
    }

    public List<Workspace> all() {
        return all;
    }
}
