package dev.slipway.kernel.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NpyTest {
    private static final int DATA = 128;

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll("tensors") Tensor tensor) {
        assertThat(Npy.read(Npy.write(tensor))).isEqualTo(tensor);
    }

    @Property(tries = 200)
    void theDataBeginsAtAMultipleOf64Bytes(@ForAll("tensors") Tensor tensor) {
        int header = Npy.write(tensor).length - tensor.values().length * Float.BYTES;
        assertThat(header % 64).isZero();
    }

    /** Written by {@code numpy.save} of NumPy 2: {@code numpy.array([[1.5, -2]], dtype='<f4')}. */
    @Example
    void whatNumPyWritesIsReadAndWrittenAlike() {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
        byte[] file = HexFormat.of()
                .parseHex("934e554d505901007600"
                        + HexFormat.of()
                                .formatHex((header + " ".repeat(117 - header.length()) + "\n")
                                        .getBytes(StandardCharsets.US_ASCII))
                        + "0000c03f" + "000000c0");
        Tensor tensor = new Tensor(List.of(1, 2), new float[] {1.5f, -2f});
        assertThat(Npy.read(file)).isEqualTo(tensor);
        assertThat(Npy.write(tensor)).isEqualTo(file);
    }

    @Example
    void aScalarAndAnEmptyArrayAreRead() {
        for (Tensor tensor : List.of(
                new Tensor(List.of(), new float[] {7}),
                new Tensor(List.of(0), new float[0]),
                empty(3, 0, 2),
                empty(100_000, 100_000, 0))) {
            assertThat(Npy.read(Npy.write(tensor))).isEqualTo(tensor);
        }
    }

    private static Tensor empty(Integer... shape) {
        return new Tensor(List.of(shape), new float[0]);
    }

    @Property(tries = 200)
    void aFileCutShortIsRefused(@ForAll("tensors") Tensor tensor, @ForAll double part) {
        byte[] whole = Npy.write(tensor);
        int length = (int) (Math.abs(part % 1) * whole.length);
        assertMalformed(Arrays.copyOf(whole, length));
    }

    @Property(tries = 300)
    void anyBytesAreReadOrRefusedPlainly(@ForAll byte[] bytes) {
        assertMalformed(bytes);
    }

    /** Whatever one byte of the header is changed to, the answer is a tensor or a refusal, never another error. */
    @Property(tries = 300)
    void aDamagedHeaderIsReadOrRefusedPlainly(@ForAll byte damage, @ForAll("positions") int position) {
        byte[] file = Npy.write(new Tensor(List.of(2, 3), new float[6]));
        file[position] = damage;
        try {
            assertThat(Npy.read(file).values()).hasSize(6);
        } catch (SlipwayException e) {
            assertThat(e.code()).isEqualTo("npy.malformed");
        }
    }

    @Example
    void otherTypesOrdersAndImpossibleShapesAreRefused() {
        for (String header : List.of(
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 99999999999), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 4), }")) {
            assertMalformed(withHeader(header));
        }
    }

    private static byte[] withHeader(String header) {
        byte[] file = Npy.write(new Tensor(List.of(1), new float[1]));
        byte[] text = (header + " ".repeat(DATA - 11 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, file, 10, text.length);
        return file;
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatThrownBy(() -> Npy.read(bytes))
                .isInstanceOfSatisfying(SlipwayException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("npy.malformed"));
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, DATA - 1);
    }

    @Provide
    Arbitrary<Tensor> tensors() {
        Arbitrary<List<Integer>> shapes =
                Arbitraries.integers().between(0, 5).list().ofMaxSize(4);
        return shapes.flatMap(shape -> {
            int size = shape.stream().reduce(1, (a, b) -> a * b);
            return Arbitraries.floats().array(float[].class).ofSize(size).map(values -> new Tensor(shape, values));
        });
    }
}
