package dev.slipway.edge.lower.window;

import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/**
 * How Resize finds the value at a place of its output.
 *
 * @param cubic the coefficient a of the cubic
 * @param excludeOutside whether elements outside weigh nothing, rather than being those at the border
 * @param antialias whether, where the output is shorter, each element is a mean over all that it stands for
 * @param extrapolation what stands outside a crop
 */
record ResizeRule(
        Mode mode,
        Coordinates coordinates,
        Nearest nearest,
        float cubic,
        boolean excludeOutside,
        boolean antialias,
        float extrapolation) {
    private static final int FIRST_WITH_MODES = 11;

    /** Which elements count. */
    enum Mode {
        NEAREST,
        LINEAR,
        CUBIC
    }

    /** Where a place of the output lies in the input. */
    enum Coordinates {
        HALF_PIXEL,
        HALF_PIXEL_SYMMETRIC,
        PYTORCH_HALF_PIXEL,
        ALIGN_CORNERS,
        ASYMMETRIC,
        TF_HALF_PIXEL_FOR_NN,
        TF_CROP_AND_RESIZE
    }

    /** Which element is the nearest. */
    enum Nearest {
        ROUND_PREFER_FLOOR,
        ROUND_PREFER_CEIL,
        FLOOR,
        CEIL,
        /** Of the operator sets before 11: upwards where the output is shorter, otherwise down. */
        SIMPLE
    }

    static ResizeRule of(OnnxNode node, LoweringContext context) {
        Mode mode =
                switch (node.text("mode").orElse("nearest")) {
                    case "nearest" -> Mode.NEAREST;
                    case "linear", "bilinear" -> Mode.LINEAR;
                    case "cubic" -> Mode.CUBIC;
                    default ->
                        throw context.refusal(
                                "mode", "its mode '" + node.text("mode").orElse("") + "' is not known");
                };
        if (node.operator().equals("Upsample") || context.opset() < FIRST_WITH_MODES) {
            return new ResizeRule(mode, Coordinates.ASYMMETRIC, Nearest.SIMPLE, 0, false, false, 0);
        }
        return new ResizeRule(
                mode,
                choice(node, context, "coordinate_transformation_mode", Coordinates.HALF_PIXEL, Coordinates.values()),
                choice(node, context, "nearest_mode", Nearest.ROUND_PREFER_FLOOR, Nearest.values()),
                node.number("cubic_coeff_a").orElse(-0.75f),
                node.integer("exclude_outside").orElse(0L) != 0,
                node.integer("antialias").orElse(0L) != 0,
                node.number("extrapolation_value").orElse(0f));
    }

    private static <E extends Enum<E>> E choice(
            OnnxNode node, LoweringContext context, String attribute, E otherwise, E[] all) {
        String text = node.text(attribute).orElse(otherwise.name()).toUpperCase(java.util.Locale.ROOT);
        for (E candidate : all) {
            if (candidate.name().equals(text)) {
                return candidate;
            }
        }
        throw context.refusal("mode", "its " + attribute + " '" + text + "' is not known");
    }

    boolean crops() {
        return coordinates == Coordinates.TF_CROP_AND_RESIZE;
    }

    /** Where element {@code index} of the output lies in the input, computed as ONNX Runtime does. */
    float original(int index, ResizedAxis axis) {
        float in = axis.in();
        float out = axis.out();
        float scale = axis.scale();
        return switch (coordinates) {
            case HALF_PIXEL -> (index + 0.5f) / scale - 0.5f;
            case PYTORCH_HALF_PIXEL -> axis.out() > 1 ? (index + 0.5f) / scale - 0.5f : 0;
            case HALF_PIXEL_SYMMETRIC -> in / 2 * (1 - out / (scale * in)) + ((index + 0.5f) / scale) - 0.5f;
            case ALIGN_CORNERS -> axis.out() == 1 ? 0 : index * (in - 1) / (out - 1);
            case ASYMMETRIC -> index / scale;
            case TF_HALF_PIXEL_FOR_NN -> (index + 0.5f) / scale;
            case TF_CROP_AND_RESIZE ->
                axis.out() == 1
                        ? 0.5f * (axis.begin() + axis.end()) * (in - 1)
                        : axis.begin() * (in - 1) + index * (axis.end() - axis.begin()) * (in - 1) / (out - 1);
        };
    }

    /** The nearest element to this place, which may be outside. */
    int nearest(float place, float scale) {
        float floor = (float) Math.floor(place);
        return (int)
                switch (nearest) {
                    case ROUND_PREFER_FLOOR -> place - floor > 0.5f ? floor + 1 : floor;
                    case ROUND_PREFER_CEIL -> place - floor >= 0.5f ? floor + 1 : floor;
                    case FLOOR -> floor;
                    case CEIL -> Math.ceil(place);
                    case SIMPLE -> scale < 1 ? Math.ceil(place) : floor;
                };
    }

    /** How many elements on either side have weight, where it is not stretched. */
    int reach() {
        return mode == Mode.CUBIC ? 2 : 1;
    }

    /** The weight of an element so far away. */
    float weight(float distance) {
        float d = Math.abs(distance);
        if (mode == Mode.LINEAR) {
            return Math.max(1 - d, 0);
        } else if (d <= 1) {
            return ((cubic + 2) * d - (cubic + 3)) * d * d + 1;
        }
        return d < 2 ? ((cubic * d - 5 * cubic) * d + 8 * cubic) * d - 4 * cubic : 0;
    }
}
