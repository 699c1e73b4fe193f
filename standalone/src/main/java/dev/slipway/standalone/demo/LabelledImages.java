package dev.slipway.standalone.demo;

import dev.slipway.kernel.tensor.Tensor;
import java.util.List;

/**
 * Images with what they show.
 *
 * @param images of shape (count, 1, 8, 8)
 */
record LabelledImages(Tensor images, List<String> labels) {
    LabelledImages shifted(Shift shift, long seed) {
        return new LabelledImages(shift.apply(images, seed), labels);
    }

    static LabelledImages of(List<Digits.Digit> digits) {
        return new LabelledImages(
                Tensor.stack(digits.stream().map(Digits.Digit::image).toList()),
                digits.stream().map(Digits.Digit::label).toList());
    }
}
