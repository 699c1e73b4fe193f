package dev.slipway.labeling;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.ClaimChange;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one shape of a project's samples, which its first import settles: a claim, so that two imports can't differ. */
@Singleton
final class SampleShapes {
    private final Entities entities;

    SampleShapes(Entities entities) {
        this.entities = entities;
    }

    Optional<List<Integer>> find(ProjectId project) {
        return entities.claim(claim(project)).map(SampleShapes::parse);
    }

    /** Fails with {@code labeling.shape} when another import has settled another shape meanwhile. */
    void settle(ProjectId project, List<Integer> shape) {
        try {
            entities.change()
                    .claim(new ClaimChange.Take(claim(project), format(shape)))
                    .commit();
        } catch (SlipwayException e) {
            if (!e.code().equals("store.claim-taken")) {
                throw e;
            }
            List<Integer> settled = find(project).orElseThrow(() -> e);
            if (!settled.equals(shape)) {
                throw SlipwayException.invalid(
                        "labeling.shape",
                        "The file's samples have shape " + shape + ", but project " + project + " has samples of shape "
                                + settled + ".");
            }
        }
    }

    private static String claim(ProjectId project) {
        return "project-shape/" + project;
    }

    private static String format(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Integer> parse(String text) {
        return Stream.of(text.split(","))
                .filter(axis -> !axis.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }
}
