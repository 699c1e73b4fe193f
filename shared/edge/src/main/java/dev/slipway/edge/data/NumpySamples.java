package dev.slipway.edge.data;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Samples in NumPy files whose first axis counts them: a {@code .npz} with an array for each input name, or one {@code
 * .npy} for a model of one input. Each sample is given to the model as a batch of its own, or of as many as its first axis
 * is fixed to.
 */
public final class NumpySamples implements SampleSource {
    private final Map<String, OnnxTensor> arrays;
    private final int batch;
    private final int size;

    private NumpySamples(Map<String, OnnxTensor> arrays, int batch, int size) {
        this.arrays = arrays;
        this.batch = batch;
        this.size = size;
    }

    /** Fails with {@code edge.numpy} if the file is not usable and {@code edge.sample} if it does not fit the model. */
    public static NumpySamples open(OnnxModel model, Path file) {
        List<OnnxValue> inputs = model.graph().requiredInputs();
        Map<String, OnnxTensor> arrays;
        if (file.toString().endsWith(".npz")) {
            arrays = NumpyArchive.read(file);
        } else if (inputs.size() == 1) {
            String name = inputs.get(0).name();
            arrays = Map.of(name, NumpyReader.read(file).withName(name));
        } else {
            throw SampleCheck.wrong("the model has the inputs "
                    + inputs.stream().map(OnnxValue::name).toList() + ", so give an .npz file with an array for each");
        }
        return of(model, arrays);
    }

    /** Arrays by input name, all with the same number of samples. */
    public static NumpySamples of(OnnxModel model, Map<String, OnnxTensor> arrays) {
        int samples = -1;
        for (OnnxTensor array : arrays.values()) {
            if (array.shape().isEmpty()) {
                throw SampleCheck.wrong("'" + array.name() + "' is a single number; its first axis must count samples");
            }
            int here = array.shape().get(0);
            if (samples != -1 && samples != here) {
                throw SampleCheck.wrong("the arrays have " + samples + " and " + here + " samples");
            }
            samples = here;
        }
        int batch = batch(model);
        if (samples < batch) {
            throw SampleCheck.wrong(
                    "there are " + Math.max(samples, 0) + " samples, but a run of the model takes " + batch);
        }
        NumpySamples source = new NumpySamples(new LinkedHashMap<>(arrays), batch, samples / batch);
        SampleCheck.check(model, source.sample(0));
        return source;
    }

    /** The number of samples that the model takes at once. */
    private static int batch(OnnxModel model) {
        for (OnnxValue input : model.graph().requiredInputs()) {
            if (input.type() instanceof ValueType.Dense dense
                    && dense.shape().isPresent()
                    && !dense.shape().get().isEmpty()
                    && dense.shape().get().get(0) instanceof Dimension.Fixed fixed) {
                if (fixed.length() < 1 || fixed.length() > Integer.MAX_VALUE) {
                    throw SlipwayException.unsupported(
                            "edge.sample", "Input '" + input.name() + "' takes " + fixed.length() + " samples.");
                }
                return (int) fixed.length();
            }
        }
        return 1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Stream<Map<String, OnnxTensor>> samples() {
        return IntStream.range(0, size).mapToObj(this::sample);
    }

    private Map<String, OnnxTensor> sample(int index) {
        Map<String, OnnxTensor> sample = new LinkedHashMap<>();
        arrays.forEach((name, array) -> sample.put(name, rows(array, index * batch, batch)));
        return sample;
    }

    /** A view of consecutive indexes of the first axis. */
    static OnnxTensor rows(OnnxTensor array, int from, int count) {
        List<Integer> shape = new ArrayList<>(array.shape());
        long row = array.data().remaining() / Math.max(1, shape.get(0));
        shape.set(0, count);
        ByteBuffer data = array.data();
        data.position(Math.toIntExact(from * row)).limit(Math.toIntExact((from + count) * row));
        return new OnnxTensor(array.name(), array.type(), shape, data);
    }
}
