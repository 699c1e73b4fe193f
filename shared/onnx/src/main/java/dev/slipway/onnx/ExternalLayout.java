package dev.slipway.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Where in a file beside the model each weight is to be: at multiples of a page, so that it can be mapped. */
final class ExternalLayout {
    private static final int ALIGNMENT = 4096;

    private final List<OnnxTensor> tensors = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();

    private ExternalLayout() {}

    static ExternalLayout of(List<OnnxTensor> initializers, Predicate<OnnxTensor> which) {
        ExternalLayout layout = new ExternalLayout();
        long offset = 0;
        for (OnnxTensor tensor : initializers) {
            int length = tensor.data().remaining();
            // Texts must stay within the model file, says the format.
            if (tensor.type() != ElementType.STRING && which.test(tensor)) {
                layout.tensors.add(tensor);
                layout.offsets.put(tensor.name(), offset);
                offset = (offset + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            }
        }
        return layout;
    }

    boolean holds(OnnxTensor tensor) {
        return offsets.containsKey(tensor.name());
    }

    Optional<ExternalReference> place(OnnxTensor tensor, String location) {
        return Optional.ofNullable(offsets.get(tensor.name()))
                .map(offset -> new ExternalReference(
                        tensor.name(), location, offset, tensor.data().remaining()));
    }

    void writeTo(OutputStream out) throws IOException {
        long position = 0;
        for (OnnxTensor tensor : tensors) {
            out.write(new byte[(int) (offsets.get(tensor.name()) - position)]);
            OnnxWriter.copy(tensor.data(), out);
            position = offsets.get(tensor.name()) + tensor.data().remaining();
        }
    }
}
