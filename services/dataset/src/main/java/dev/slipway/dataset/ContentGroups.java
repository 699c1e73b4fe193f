package dev.slipway.dataset;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import io.micronaut.core.annotation.Nullable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers samples by their content, whatever order they come in. When samples of one content carry different labels,
 * the label of the greatest key holds for all of them. Not safe for use by several threads.
 */
final class ContentGroups {
    /** More values, 128 MiB of them, are not put into one version. */
    static final long MAX_VALUES = 1L << 25;

    private final List<String> classes;
    private final Map<String, Integer> classIndexes = new HashMap<>();
    private final Map<Digest, Group> groups = new TreeMap<>();
    private @Nullable List<Integer> shape;
    private long values;

    private record Group(String key, int classIndex, Tensor sample, int count) {
        Group plus(String otherKey, int otherClass) {
            int order = otherKey.compareTo(key);
            boolean otherHolds = order > 0 || (order == 0 && otherClass > classIndex);
            return otherHolds
                    ? new Group(otherKey, otherClass, sample, count + 1)
                    : new Group(key, classIndex, sample, count + 1);
        }
    }

    ContentGroups(List<String> classes) {
        this.classes = classes;
        for (String name : classes) {
            classIndexes.put(name, classIndexes.size());
        }
    }

    /**
     * Adds a sample.
     *
     * @param line of the file, for errors: {@code dataset.unlabelled}, {@code dataset.unknown-class}, {@code
     *     dataset.shapes}, {@code dataset.too-large}
     */
    void add(long line, LabelledSample labelled) {
        int classIndex = classIndex(line, labelled);
        Sample sample = labelled.sample();
        if (shape == null) {
            shape = sample.shape();
        }
        if (!shape.equals(sample.shape())) {
            throw SlipwayException.invalid(
                    "dataset.shapes",
                    "Line " + line + " ('" + labelled.key() + "') has shape " + sample.shape()
                            + ", but the samples before it have " + shape
                            + ". A version holds samples of one shape: bring them to one, or cut two datasets.");
        }
        values += sample.values().size();
        if (values > MAX_VALUES) {
            throw SlipwayException.tooLarge(
                    "dataset.too-large",
                    "At line " + line + " the samples have more than " + MAX_VALUES
                            + " values together, which is all that a version may hold; use fewer or smaller samples.");
        }
        Tensor tensor = sample.toTensor();
        Digest content = content(tensor);
        Group before = groups.get(content);
        groups.put(
                content,
                before == null
                        ? new Group(labelled.key(), classIndex, tensor, 1)
                        : before.plus(labelled.key(), classIndex));
    }

    private int classIndex(long line, LabelledSample labelled) {
        if (labelled.label() == null) {
            throw SlipwayException.invalid(
                    "dataset.unlabelled",
                    "Line " + line + " ('" + labelled.key() + "') has no label; export only labelled samples.");
        }
        Integer index = classIndexes.get(labelled.label());
        if (index == null) {
            throw SlipwayException.invalid(
                    "dataset.unknown-class",
                    "Line " + line + " ('" + labelled.key() + "') is labelled '" + labelled.label()
                            + "', which is none of the classes " + Classes.brief(classes) + ".");
        }
        return index;
    }

    /** The shape of each sample; call it only once there is one. */
    List<Integer> shape() {
        if (shape == null) {
            throw new IllegalStateException("no sample was added");
        }
        return shape;
    }

    /** In the order of their digests. */
    List<ContentGroup> groups() {
        return groups.entrySet().stream()
                .map(entry -> new ContentGroup(
                        entry.getKey(),
                        entry.getValue().classIndex(),
                        entry.getValue().sample(),
                        entry.getValue().count()))
                .toList();
    }

    private static Digest content(Tensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate((tensor.shape().size() + 1 + tensor.values().length) * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(tensor.shape().size());
        tensor.shape().forEach(bytes::putInt);
        bytes.asFloatBuffer().put(tensor.values());
        return Digest.of(bytes.array());
    }
}
