package dev.slipway.api.dataset;

import dev.slipway.kernel.Digest;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A part of a dataset version.
 *
 * @param samples a {@code .npy} artifact of float32, shape (count, …the sample's shape)
 * @param labels a {@code .npy} artifact of float32, shape (count), each the index of a class
 * @param count how many samples it has
 * @param classCounts how many of each class, in the order of the version's classes
 */
@Serdeable
public record Split(Digest samples, Digest labels, int count, List<Integer> classCounts) {}
