package dev.slipway.standalone.demo;

import dev.slipway.kernel.tensor.Tensor;
import java.util.Random;

/** How the world changes under a model: what a new camera or a new kind of paper does to the images. */
enum Shift {
    /** White ink on black paper. */
    INVERTED {
        @Override
        float pixel(float value, Random random) {
            return BLACK - value;
        }
    },
    /** A poor sensor in the dark: half the contrast, and noise. */
    NOISY {
        @Override
        float pixel(float value, Random random) {
            return value / 2 + (float) random.nextGaussian() * 4;
        }
    };

    private static final float BLACK = 16;

    /** Each demo publishes two releases and sees the other shift than the demo before. */
    static Shift after(int release) {
        return release / 2 % 2 == 0 ? INVERTED : NOISY;
    }

    abstract float pixel(float value, Random random);

    /** The images as they look after the shift; the same seed gives the same images. */
    Tensor apply(Tensor images, long seed) {
        Random random = new Random(seed);
        float[] shifted = new float[images.values().length];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = Math.max(0, Math.min(BLACK, pixel(images.values()[i], random)));
        }
        return new Tensor(images.shape(), shifted);
    }
}
