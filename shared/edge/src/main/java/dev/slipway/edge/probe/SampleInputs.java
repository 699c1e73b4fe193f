package dev.slipway.edge.probe;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Inputs for runs whose only purpose is to compare: seeded, so that they are the same next time. */
public final class SampleInputs {
    /** No input is larger, whatever shape a model declares. */
    private static final int LARGEST_BYTES = 1 << 28;

    /** What integers of no known meaning are below. */
    private static final int FLAG = 2;

    private static final int BYTES = 1 << Byte.SIZE;
    private static final int SHORTS = 1 << (Short.SIZE - 1);

    /** What integers are; no model's meaning of them is known. */
    public enum Integers {
        /**
         * Numbers of rows in a constant table are any that it has; other bytes are any, as in pictures; all others are 0,
         * 1, which token numbers, masks and flags can be, or a number that the model compares them with.
         */
        RANDOM,
        /** For models that take few numbers, of which 0 is most likely one. */
        ZERO
    }

    private SampleInputs() {}

    /** Floats between -1 and 1, random integers. */
    public static Map<String, OnnxTensor> of(OnnxModel model, Symbols symbols, Map<String, Integer> sizes, long seed) {
        return of(model, symbols, sizes, seed, Integers.RANDOM);
    }

    /** Floats between -1 and 1. */
    public static Map<String, OnnxTensor> of(
            OnnxModel model, Symbols symbols, Map<String, Integer> sizes, long seed, Integers integers) {
        SplittableRandom random = new SplittableRandom(seed);
        IntegerMeanings meanings = IntegerMeanings.of(model);
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        for (OnnxValue input : model.graph().requiredInputs()) {
            ElementType type = Symbols.dense(input).element();
            List<Integer> shape = symbols.shape(input.name(), sizes);
            LongSupplier number = numbers(input.name(), type, meanings, random);
            inputs.put(input.name(), sample(input.name(), type, shape, random, integers, number));
        }
        return inputs;
    }

    private static OnnxTensor sample(
            String name,
            ElementType type,
            List<Integer> shape,
            SplittableRandom random,
            Integers integers,
            LongSupplier number) {
        long size = 1;
        for (int length : shape) {
            size *= Math.max(length, 0);
            if (type.bytes(size) > LARGEST_BYTES) {
                throw SlipwayException.tooLarge(
                        "edge.input",
                        "Input '" + name + "' of shape " + shape + " takes more than " + LARGEST_BYTES
                                + " bytes; export the model for smaller inputs.");
            }
        }
        ByteBuffer data = ByteBuffer.allocate((int) type.bytes(size)).order(ByteOrder.LITTLE_ENDIAN);
        boolean filled = integers == Integers.RANDOM || isFloating(type);
        for (int i = 0; filled && i < size; i++) {
            put(data, type, random, number);
        }
        return new OnnxTensor(name, type, shape, data.clear());
    }

    private static LongSupplier numbers(
            String input, ElementType type, IntegerMeanings meanings, SplittableRandom random) {
        boolean bytes = type == ElementType.INT8 || type == ElementType.UINT8;
        int bound = meanings.bound(input).orElse(bytes ? BYTES : FLAG);
        List<Long> compared = meanings.compared(input);
        if (bytes || bound != FLAG || compared.isEmpty()) {
            int below = Math.min(bound, largest(type));
            return () -> random.nextInt(below);
        }
        List<Long> choices = new ArrayList<>(List.of(0L, 1L));
        // As likely as the flags.
        choices.addAll(compared);
        choices.addAll(compared);
        return () -> choices.get(random.nextInt(choices.size()));
    }

    private static int largest(ElementType type) {
        return switch (type) {
            case INT8, UINT8 -> BYTES;
            case INT16, UINT16 -> SHORTS;
            default -> Integer.MAX_VALUE;
        };
    }

    private static boolean isFloating(ElementType type) {
        return switch (type) {
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
            default -> false;
        };
    }

    private static void put(ByteBuffer data, ElementType type, SplittableRandom random, LongSupplier number) {
        switch (type) {
            case FLOAT32 -> data.putFloat((float) random.nextDouble(-1, 1));
            case FLOAT64 -> data.putDouble(random.nextDouble(-1, 1));
            case FLOAT16 -> data.putShort(Fp16Conversions.floatToFp16((float) random.nextDouble(-1, 1)));
            case BFLOAT16 ->
                data.putShort((short) (Float.floatToRawIntBits((float) random.nextDouble(-1, 1)) >>> Short.SIZE));
            case INT8, UINT8 -> data.put((byte) number.getAsLong());
            case BOOL -> data.put((byte) random.nextInt(FLAG));
            case INT16, UINT16 -> data.putShort((short) number.getAsLong());
            case INT32, UINT32 -> data.putInt((int) number.getAsLong());
            case INT64, UINT64 -> data.putLong(number.getAsLong());
            default -> data.position(data.capacity());
        }
    }
}
