package dev.slipway.onnx;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.upgrade.OpsetUpgrade;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to a file, it is read or refused with a clear error. */
class FuzzTest {
    private static final List<byte[]> SEEDS = List.of(classifier(), branching(), old(), withFunction());

    @Property(tries = 300)
    void flippedBits(@ForAll("seeds") byte[] seed, @ForAll("places") List<Integer> places) {
        byte[] damaged = seed.clone();
        for (int place : places) {
            int bit = Math.floorMod(place, damaged.length * Byte.SIZE);
            damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        }
        survives(damaged);
    }

    @Property(tries = 300)
    void truncations(@ForAll("seeds") byte[] seed, @ForAll int place) {
        survives(Arrays.copyOf(seed, Math.floorMod(place, seed.length)));
    }

    @Property(tries = 300)
    void splices(@ForAll("seeds") byte[] first, @ForAll("seeds") byte[] second, @ForAll int from, @ForAll int to) {
        int cut = Math.floorMod(from, first.length);
        int rest = Math.floorMod(to, second.length);
        byte[] spliced = Arrays.copyOf(first, cut + second.length - rest);
        System.arraycopy(second, rest, spliced, cut, second.length - rest);
        survives(spliced);
    }

    @Property(tries = 300)
    void hugeNumbers(@ForAll("seeds") byte[] seed, @ForAll int place, @ForAll("numbers") byte[] number) {
        byte[] damaged = seed.clone();
        int at = Math.floorMod(place, damaged.length);
        System.arraycopy(number, 0, damaged, at, Math.min(number.length, damaged.length - at));
        survives(damaged);
    }

    @Provide
    Arbitrary<byte[]> seeds() {
        return Arbitraries.of(SEEDS);
    }

    @Provide
    Arbitrary<List<Integer>> places() {
        return Arbitraries.integers().list().ofMinSize(1).ofMaxSize(8);
    }

    /** Lengths and values as protobuf writes them, the largest included. */
    @Provide
    Arbitrary<byte[]> numbers() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(1, 10))
                .as((value, length) -> {
                    byte[] number = new byte[length];
                    for (int i = 0; i < length; i++) {
                        number[i] = (byte) ((value >>> (7 * i)) | (i < length - 1 ? 0x80 : 0));
                    }
                    return number;
                });
    }

    private static void survives(byte[] file) {
        try {
            OnnxModel model = OnnxReader.read(file);
            assertThat(OnnxReader.read(OnnxWriter.write(model))).isEqualTo(model);
            // What native code makes of it is for a process of its own to find out.
            OpsetUpgrade.apply(model);
        } catch (SlipwayException e) {
            assertThat(e.kind()).isIn(ErrorKind.INVALID, ErrorKind.UNSUPPORTED, ErrorKind.TOO_LARGE);
            assertThat(e.code()).startsWith("onnx.");
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] classifier() {
        return OnnxWriter.write(OnnxGraphBuilder.named("classifier")
                .input("image", batch("N", 1, 4, 4))
                .initializer(OnnxTensor.float32("w", List.of(2, 1, 3, 3), new float[18]))
                .node("Conv", List.of("image", "w"), "c", Map.of("pads", AttributeValue.integers(1, 1, 1, 1)))
                .node("Relu", List.of("c"), "r")
                .integers("shape", 0, -1)
                .node("Reshape", List.of("r", "shape"), "flat")
                .node("Softmax", List.of("flat"), "scores", Map.of("axis", AttributeValue.integer(1)))
                .output("scores", batch("N", 32))
                .build());
    }

    private static byte[] branching() {
        OnnxGraph body = new OnnxGraph(
                "body",
                List.of(new OnnxNode("", "", "Neg", List.of("x"), List.of("inner"), Map.of())),
                List.of(),
                List.of(),
                List.of(OnnxValue.undeclared("inner")),
                List.of());
        AttributeValue branch = new AttributeValue.GraphValue(body);
        return OnnxWriter.write(OnnxGraphBuilder.named("branching")
                .input("x", fixed(2))
                .initializer(new OnnxTensor("c", ElementType.BOOL, List.of(), ByteBuffer.wrap(new byte[] {1})))
                .node("If", List.of("c"), "y", Map.of("then_branch", branch, "else_branch", branch))
                .output("y")
                .build());
    }

    private static byte[] old() {
        return OnnxWriter.write(OnnxGraphBuilder.named("old")
                .opset(4)
                .input("x", fixed(2, 3))
                .initializer(OnnxTensor.float32("b", List.of(2), 1, 2))
                .node(
                        "Add",
                        List.of("x", "b"),
                        "s",
                        Map.of("broadcast", AttributeValue.integer(1), "axis", AttributeValue.integer(0)))
                .node("Reshape", List.of("s"), "y", Map.of("shape", AttributeValue.integers(3, 2)))
                .output("y")
                .build());
    }

    private static byte[] withFunction() {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(classifier()).toBuilder();
            model.addOpsetImport(model.getOpsetImport(0).toBuilder().setDomain("f"));
            model.addFunctionsBuilder()
                    .setName("Leak")
                    .setDomain("f")
                    .addInput("a")
                    .addOutput("b")
                    .addAttribute("slope")
                    .addOpsetImport(model.getOpsetImport(0))
                    .addNodeBuilder()
                    .setOpType("LeakyRelu")
                    .addInput("a")
                    .addOutput("b")
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("alpha")
                            .setType(AttributeProto.AttributeType.FLOAT)
                            .setRefAttrName("slope"));
            model.getGraphBuilder()
                    .addNodeBuilder()
                    .setOpType("Leak")
                    .setDomain("f")
                    .addInput("scores")
                    .addOutput("leaked");
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
