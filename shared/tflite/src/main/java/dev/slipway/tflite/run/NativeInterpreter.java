package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.Subgraph;
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
     * @param bytes makes the file's bytes once this class has set JavaCPP up; they belong to the interpreter
     */
    static NativeInterpreter open(Supplier<BytePointer> bytes, InterpreterSettings settings) {
        BytePointer file = bytes.get();
        FlatBufferModel model = FlatBufferModel.VerifyAndBuildFromBuffer(file, file.capacity());
        if (model == null || model.isNull()) {
            file.close();
            throw unusable("its bytes are damaged");
        }
        BuiltinOpResolver resolver =
                settings.accelerated() ? new BuiltinOpResolver() : new BuiltinOpResolverWithoutDefaultDelegates();
        Interpreter interpreter = new Interpreter((Pointer) null);
        NativeInterpreter natives = new NativeInterpreter(file, model, resolver, interpreter);
        try (InterpreterBuilder builder = new InterpreterBuilder(model, resolver)) {
            if (builder.SetNumThreads(settings.threads()) != tensorflowlite.kTfLiteOk
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
            if (!shapes.get(i).equals(shape(interpreter.input_tensor(i)))
                    && interpreter.ResizeInputTensorStrict(interpreter.inputs().get(i), shape)
                            != tensorflowlite.kTfLiteOk) {
                throw unusable("input " + i + " can't take the shape " + shapes.get(i));
            }
        }
        if (interpreter.AllocateTensors() != tensorflowlite.kTfLiteOk) {
            throw unusable("its operators don't fit together for inputs of the shapes " + shapes);
        }
    }

    /** The shape that a tensor has now; of one that is made as the model runs, the shape of its last value. */
    List<Integer> shape(int subgraph, int tensor) {
        return shape(interpreter.subgraph(subgraph).tensor(tensor));
    }

    /** Back to zeros, so that a run does not depend on those before it. */
    void resetVariables() {
        if (interpreter.ResetVariableTensors() != tensorflowlite.kTfLiteOk) {
            throw unusable("its states can't be reset");
        }
    }

    void write(int input, ByteBuffer data) {
        TfLiteTensor tensor = interpreter.input_tensor(input);
        if (tensor.bytes() != data.remaining()) {
            throw unusable("input " + input + " takes " + tensor.bytes() + " bytes, not " + data.remaining());
        }
        if (data.hasRemaining()) {
            contents(tensor, "input " + input).put(data);
        }
    }

    void invoke() {
        if (interpreter.Invoke() != tensorflowlite.kTfLiteOk) {
            throw unusable("an operator failed while it ran");
        }
    }

    TensorData read(int output) {
        TfLiteTensor tensor = interpreter.output_tensor(output);
        TensorType type = RuntimeTypes.of(tensor.type());
        if (!type.isFixedSize()) {
            throw SlipwayException.unsupported(
                    "tflite.type", "Output " + output + " of the model is " + type + ", which can't be read.");
        }
        ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        if (copy.hasRemaining()) {
            copy.put(contents(tensor, "output " + output)).flip();
        }
        return new TensorData(type, shape(tensor), copy);
    }

    InterpreterMemory memory() {
        long arena = 0;
        long states = 0;
        long dynamic = 0;
        for (int i = 0; i < interpreter.subgraphs_size(); i++) {
            try (Subgraph.SubgraphAllocInfo sizes = new Subgraph.SubgraphAllocInfo()) {
                interpreter.subgraph(i).GetMemoryAllocInfo(sizes);
                arena += sizes.arena_size();
                states += sizes.arena_persist_size();
                dynamic += sizes.dynamic_size();
            }
        }
        return new InterpreterMemory(arena, states, dynamic);
    }

    @Override
    public void close() {
        interpreter.close();
        resolver.close();
        model.close();
        file.close();
    }

    private static ByteBuffer contents(TfLiteTensor tensor, String name) {
        BytePointer data = tensor.data().raw();
        if (data == null || data.isNull()) {
            throw unusable(name + " has no memory");
        }
        return data.capacity(tensor.bytes()).asByteBuffer();
    }

    private static List<Integer> shape(TfLiteTensor tensor) {
        TfLiteIntArray lengths = tensor.dims();
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < lengths.size(); axis++) {
            shape.add(lengths.data(axis));
        }
        return shape;
    }

    private static SlipwayException unusable(String why) {
        return SlipwayException.invalid(
                "tflite.unusable",
                "The TFLite runtime can't run this model: " + why
                        + "; the runtime's own message is on standard error.");
    }
}
