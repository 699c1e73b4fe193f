package dev.slipway.edge.lower.window;

import dev.slipway.tflite.OperatorOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR do along an axis, to find out whether it is what is wanted. */
final class ResizeKernel {
    private static final int[] SAMPLE_LENGTHS = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16, 19, 20, 28, 32, 40, 64, 67, 80, 100, 128
    };
    private static final float TOLERANCE = 1e-4f;
    private static final List<OperatorOptions.Resize> ALL = List.of(
            new OperatorOptions.Resize(false, false),
            new OperatorOptions.Resize(false, true),
            new OperatorOptions.Resize(true, false));

    private final ResizeRule rule;

    ResizeKernel(ResizeRule rule) {
        this.rule = rule;
    }

    /** Settings that do what the rule says; the same for all axes. */
    Optional<OperatorOptions.Resize> settings(List<ResizedAxisFacts> axes) {
        if (rule.mode() == ResizeRule.Mode.CUBIC || rule.antialias() || rule.excludeOutside()) {
            return Optional.empty();
        }
        return ALL.stream()
                .filter(settings -> axes.stream().allMatch(axis -> matches(axis, settings)))
                .findFirst();
    }

    private boolean matches(ResizedAxisFacts axis, OperatorOptions.Resize settings) {
        Predicate<ResizedAxis> same = sizes -> sizes.out() < 1 || sizes.in() < 1 || isSame(sizes, settings);
        if (axis.known().isPresent()) {
            return same.test(axis.known().get());
        } else if (rule.crops() || (axis.scale().isEmpty() && !axis.ratio())) {
            return false;
        }
        for (int in : SAMPLE_LENGTHS) {
            if (axis.scale().isPresent()) {
                float scale = axis.scale().get();
                if (!same.test(new ResizedAxis(in, (int) (in * scale), scale, 0, 1))) {
                    return false;
                }
                continue;
            }
            for (int out : SAMPLE_LENGTHS) {
                // A crop of the input makes the one element right (see RunTimeResize).
                boolean single = rule.coordinates() == ResizeRule.Coordinates.PYTORCH_HALF_PIXEL && out == 1;
                if (!single && !same.test(new ResizedAxis(in, out, (float) out / in, 0, 1))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isSame(ResizedAxis axis, OperatorOptions.Resize settings) {
        boolean nearest = rule.mode() == ResizeRule.Mode.NEAREST;
        int[] indices = nearest ? axis.nearest(rule) : new int[0];
        float[] places = nearest ? new float[0] : axis.places(rule);
        for (int o = 0; o < axis.out(); o++) {
            boolean same = nearest
                    ? indices[o] == nearest(o, axis, settings)
                    : Math.abs(places[o] - place(o, axis, settings)) <= TOLERANCE;
            if (!same) {
                return false;
            }
        }
        for (boolean outside : axis.outside(rule)) {
            if (outside) {
                return false;
            }
        }
        return true;
    }

    private static float scale(ResizedAxis axis, OperatorOptions.Resize settings) {
        return settings.alignCorners() && axis.out() > 1
                ? (axis.in() - 1) / (float) (axis.out() - 1)
                : axis.in() / (float) axis.out();
    }

    private static int nearest(int index, ResizedAxis axis, OperatorOptions.Resize settings) {
        float place = (index + (settings.halfPixelCenters() ? 0.5f : 0)) * scale(axis, settings);
        int chosen = (int) (settings.alignCorners() ? Math.floor(place + 0.5f) : Math.floor(place));
        return Math.max(Math.min(chosen, axis.in() - 1), 0);
    }

    private static float place(int index, ResizedAxis axis, OperatorOptions.Resize settings) {
        float scale = scale(axis, settings);
        float place = settings.halfPixelCenters() ? (index + 0.5f) * scale - 0.5f : index * scale;
        return Math.min(Math.max(place, 0), axis.in() - 1);
    }
}
