package dev.slipway.edge.lower.window;

import java.util.Optional;

/**
 * What is known of an axis that Resize makes another before the model runs.
 *
 * @param axis in ONNX's order
 * @param position of the axis among the sizes, scales and crops
 * @param known everything, if everything is known
 * @param scale of the coordinates, if it is known
 * @param ratio whether the scale is the lengths' ratio
 */
record ResizedAxisFacts(int axis, int position, Optional<ResizedAxis> known, Optional<Float> scale, boolean ratio) {}
