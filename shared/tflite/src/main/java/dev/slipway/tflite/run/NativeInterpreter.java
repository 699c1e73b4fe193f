package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteIntArray;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/** Owns the runtime's native objects, which must live as long as the interpreter and be freed in reverse order. */
final class NativeInterpreter implements AutoCloseable {
    private static final String PROCESS_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    static {
        // By default JavaCPP fails once the whole process, PyTorch included, outgrows four heaps. It reads this only
        // once.
        if (System.getProperty(PROCESS_LIMIT) == null) {
            System.setProperty(PROCESS_LIMIT, "0");
        }
    }

    private final BytePointer file;
    private final FlatBufferModel model;
    private final BuiltinOpResolver resolver;
    private final Interpreter interpreter;

    private NativeInterpreter(
            BytePointer file, FlatBufferModel model, BuiltinOpResolver resolver, Interpreter interpreter) {
        this.file = file;
        this.model = model;
        this.resolver = resolver;
        this.interpreter = interpreter;
    }

    /**
     * Loads a model that has been read and found sound.
     *
     * @param accelerated whether XNNPACK may run the operators that it knows
     */
    static NativeInterpreter open(byte[] bytes, int threads, boolean accelerated) {
        BytePointer file = new BytePointer(bytes);
        FlatBufferModel model = FlatBufferModel.VerifyAndBuildFromBuffer(file, bytes.length);
        if (model == null || model.isNull()) {
            file.close();
            throw unusable("its bytes are damaged");
        }
        BuiltinOpResolver resolver =
                accelerated ? new BuiltinOpResolver() : new BuiltinOpResolverWithoutDefaultDelegates();
        Interpreter interpreter = new Interpreter((Pointer) null);
        NativeInterpreter natives = new NativeInterpreter(file, model, resolver, interpreter);
        try (InterpreterBuilder builder = new InterpreterBuilder(model, resolver)) {
            if (builder.SetNumThreads(threads) != tensorflowlite.kTfLiteOk
                    || builder.apply(interpreter) != tensorflowlite.kTfLiteOk
                    || interpreter.isNull()) {
                natives.close();
                throw unusable("an operator, or its version, is not known to the runtime, or its inputs don't fit");
            }
        }
        return natives;
    }

    void resize(List<List<Integer>> shapes) {
        for (int i = 0; i < shapes.size(); i++) {
            int[] shape = shapes.get(i).stream().mapToInt(Integer::intValue).toArray();
            if (interpreter.ResizeInputTensorStrict(interpreter.inputs().get(i), shape) != tensorflowlite.kTfLiteOk) {
                throw unusable("input " + i + " can't take the shape " + shapes.get(i));
            }
        }
        if (interpreter.AllocateTensors() != tensorflowlite.kTfLiteOk) {
            throw unusable("its operators don't fit together for inputs of the shapes " + shapes);
        }
    }

    void write(int input, float[] values) {
        TfLiteTensor tensor = interpreter.input_tensor(input);
        if (tensor.bytes() != (long) values.length * Float.BYTES) {
            throw unusable("input " + input + " takes " + tensor.bytes() + " bytes");
        }
        tensor.data().f().put(values);
    }

    void invoke() {
        if (interpreter.Invoke() != tensorflowlite.kTfLiteOk) {
            throw unusable("an operator failed while it ran");
        }
    }

    Tensor read(int output) {
        TfLiteTensor tensor = interpreter.output_tensor(output);
        if (tensor.type() != tensorflowlite.kTfLiteFloat32) {
            throw SlipwayException.unsupported(
                    "tflite.type", "Output " + output + " of the model is not float32; only such can be read.");
        }
        TfLiteIntArray dims = tensor.dims();
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < dims.size(); axis++) {
            shape.add(dims.data(axis));
        }
        float[] values = new float[Math.toIntExact(tensor.bytes() / Float.BYTES)];
        FloatPointer data = tensor.data().f();
        if (values.length > 0) {
            data.get(values);
        }
        return new Tensor(shape, values);
    }

    @Override
    public void close() {
        interpreter.close();
        resolver.close();
        model.close();
        file.close();
    }

    private static SlipwayException unusable(String why) {
        return SlipwayException.invalid(
                "tflite.unusable",
                "The TFLite runtime can't run this model: " + why
                        + "; the runtime's own message is on standard error.");
    }
}
