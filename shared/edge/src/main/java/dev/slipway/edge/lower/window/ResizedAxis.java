package dev.slipway.edge.lower.window;

/**
 * An axis of known length that Resize makes another.
 *
 * @param scale of the coordinates; not quite {@code out / in} if that had to be rounded
 * @param begin where a crop begins, as a part of the axis
 * @param end where it ends
 */
record ResizedAxis(int in, int out, float scale, float begin, float end) {

    /** By how much the weights reach further where each element is a mean over all that it stands for. */
    private float stretch(ResizeRule rule) {
        return rule.antialias() && scale < 1 ? 1 / scale : 1;
    }

    /** For each element of the output the nearest of the input. */
    int[] nearest(ResizeRule rule) {
        int[] indices = new int[out];
        for (int o = 0; o < out; o++) {
            indices[o] = Math.min(Math.max(rule.nearest(rule.original(o, this), scale), 0), in - 1);
        }
        return indices;
    }

    /** For each element of the output (a row) the weights of those of the input. */
    float[] weights(ResizeRule rule) {
        float[] matrix = new float[Math.multiplyExact(out, in)];
        float stretch = stretch(rule);
        int reach = (int) Math.ceil(rule.reach() * stretch) + 1;
        for (int o = 0; o < out; o++) {
            float place = rule.original(o, this);
            int middle = (int) Math.floor(place);
            double total = 0;
            double[] row = new double[in];
            for (int i = middle - reach; i <= middle + reach; i++) {
                boolean outside = i < 0 || i >= in;
                double weight = outside && rule.excludeOutside() ? 0 : rule.weight((i - place) / stretch);
                row[Math.min(Math.max(i, 0), in - 1)] += weight;
                total += weight;
            }
            for (int i = 0; i < in; i++) {
                matrix[o * in + i] = (float) (row[i] / total);
            }
        }
        return matrix;
    }

    /** Which elements of the output lie outside a crop. */
    boolean[] outside(ResizeRule rule) {
        boolean[] outside = new boolean[out];
        for (int o = 0; o < out; o++) {
            float place = rule.original(o, this);
            outside[o] = rule.crops() && (place < 0 || place > in - 1);
        }
        return outside;
    }

    /** Where the elements of the output lie between those of the input, beyond which there is nothing new. */
    float[] places(ResizeRule rule) {
        float[] places = new float[out];
        for (int o = 0; o < out; o++) {
            places[o] = Math.min(Math.max(rule.original(o, this), 0), in - 1);
        }
        return places;
    }
}
