package dev.slipway.edge.data;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSourcesTest {
    @TempDir
    Path folder;

    @Test
    void readsSamplesFromAnArchive() throws IOException {
        Path file = archive(Map.of("a", npy("(3, 2)", 1, 2, 3, 4, 5, 6), "b", npy("(3, 1)", 7, 8, 9)));
        NumpySamples samples = NumpySamples.open(twoInputs(), file);
        assertThat(samples.size()).isEqualTo(3);
        try (Stream<Map<String, OnnxTensor>> stream = samples.samples()) {
            List<Map<String, OnnxTensor>> all = stream.toList();
            assertThat(all.get(1).get("a").floats()).containsExactly(3, 4);
            assertThat(all.get(2).get("b").shape()).containsExactly(1, 1);
            assertThat(all.get(2).get("b").floats()).containsExactly(9);
        }
    }

    @Test
    void refusesWhatDoesNotFitTheModel() throws IOException {
        refuses("edge.sample", Map.of("a", npy("(3, 2)", 1, 2, 3, 4, 5, 6)), "none for input 'b'");
        refuses("edge.sample", Map.of("a", npy("(2, 3)", 1, 2, 3, 4, 5, 6), "b", npy("(2, 1)", 1, 2)), "shape [1, 3]");
        refuses("edge.sample", Map.of("a", npy("(1, 2)", 1, 2), "b", npy("(2, 1)", 1, 2)), "samples");
        refuses("edge.sample", Map.of("a", npy("()", 1), "b", npy("(1, 1)", 1)), "single number");
    }

    @Test
    void truncatedAndRandomFilesAreErrors() throws IOException {
        byte[] whole = Files.readAllBytes(archive(Map.of("a", npy("(3, 2)", 1, 2, 3, 4, 5, 6))));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < whole.length; i += 7) {
            byte[] broken = java.util.Arrays.copyOf(whole, i);
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            for (byte[] bytes : List.of(broken, flipped)) {
                Path file = Files.write(folder.resolve("broken.npz"), bytes);
                try {
                    NumpyArchive.read(file);
                } catch (SlipwayException e) {
                    assertThat(e.code()).isIn("edge.numpy", "onnx.malformed");
                }
            }
        }
        byte[] array = npy("(3, 2)", 1, 2, 3, 4, 5, 6);
        for (int length = 0; length < array.length; length++) {
            Path file = Files.write(folder.resolve("broken.npy"), java.util.Arrays.copyOf(array, length));
            assertThatThrownBy(() -> NumpyReader.read(file))
                    .isInstanceOfSatisfying(
                            SlipwayException.class, e -> assertThat(e.code()).isEqualTo("edge.numpy"));
        }
    }

    @Test
    void shapesBeyondAllMemoryAreErrors() throws IOException {
        Path file = Files.write(folder.resolve("huge.npy"), npy("(2000000000, 2000000000, 2000000000)", 1));
        assertThatThrownBy(() -> NumpyReader.read(file)).isInstanceOf(SlipwayException.class);
    }

    @Test
    void anArchiveThatUnpacksToTooMuchIsRefused() throws IOException {
        float[] zeros = new float[200_000];
        Path file = archive(Map.of("a", npy("(200000,)", zeros), "b", npy("(200000,)", zeros)));
        assertThat(Files.size(file)).isLessThan(20_000);
        assertThat(NumpyArchive.read(file)).hasSize(2);
        assertThatThrownBy(() -> NumpyArchive.read(file, 1_000_000))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo("edge.numpy"));
    }

    @Test
    void readsPicturesAsTheModelWantsThem() throws IOException {
        picture("b.png", BufferedImage.TYPE_INT_RGB, 0xff8000);
        picture("a.png", BufferedImage.TYPE_INT_RGB, 0x0000ff);
        OnnxModel model = images(3);
        ImageFolder rgb = ImageFolder.open(model, folder, ImageFormat.unit(), 0, 0);
        assertThat(rgb.size()).isEqualTo(2);
        OnnxTensor first = first(rgb);
        assertThat(first.shape()).containsExactly(1, 3, 4, 6);
        assertThat(first.floats()[0]).isZero();
        assertThat(first.floats()[2 * 24]).isEqualTo(1);
        ImageFormat blueFirst = new ImageFormat(false, true, 1, List.of(255f, 0f, 0f), List.of(2f));
        OnnxTensor blue = first(ImageFolder.open(model, folder, blueFirst, 0, 0));
        assertThat(blue.floats()[0]).isZero();
        assertThat(blue.floats()[24]).isZero();
    }

    @Test
    void greyLevelsStayWhatTheyAre() throws IOException {
        BufferedImage grey = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 24; i++) {
            grey.getRaster().setSample(i % 6, i / 6, 0, 128);
        }
        ImageIO.write(grey, "png", folder.resolve("grey.png").toFile());
        ImageFormat plain = new ImageFormat(false, false, 1, List.of(0f), List.of(1f));
        assertThat(first(ImageFolder.open(images(1), folder, plain, 0, 0)).floats()[5])
                .isEqualTo(128);
    }

    @Test
    void brokenPicturesAreErrors() throws IOException {
        picture("a.png", BufferedImage.TYPE_INT_RGB, 0x0000ff);
        byte[] whole = Files.readAllBytes(folder.resolve("a.png"));
        for (int length = 0; length < whole.length - 20; length += 5) {
            Files.write(folder.resolve("a.png"), java.util.Arrays.copyOf(whole, length));
            ImageFolder source = ImageFolder.open(images(3), folder, ImageFormat.unit(), 0, 0);
            assertThatThrownBy(() -> first(source))
                    .isInstanceOfSatisfying(
                            SlipwayException.class, e -> assertThat(e.code()).isEqualTo("edge.sample"));
        }
        Files.delete(folder.resolve("a.png"));
        assertThatThrownBy(() -> ImageFolder.open(images(3), folder, ImageFormat.unit(), 0, 0))
                .hasMessageContaining("no pictures");
    }

    private void refuses(String code, Map<String, byte[]> arrays, String why) throws IOException {
        Path file = archive(arrays);
        assertThatThrownBy(() -> NumpySamples.open(twoInputs(), file))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why);
    }

    private static OnnxTensor first(SampleSource source) {
        try (Stream<Map<String, OnnxTensor>> samples = source.samples()) {
            return samples.findFirst().orElseThrow().values().iterator().next();
        }
    }

    private void picture(String name, int type, int colour) throws IOException {
        BufferedImage picture = new BufferedImage(12, 8, type);
        for (int i = 0; i < 12 * 8; i++) {
            picture.setRGB(i % 12, i / 12, colour);
        }
        ImageIO.write(picture, "png", folder.resolve(name).toFile());
    }

    private static OnnxModel images(int channels) {
        return OnnxGraphBuilder.named("images")
                .input("image", fixed(1, channels, 4, 6))
                .node("Relu", List.of("image"), "y")
                .output("y")
                .build();
    }

    private static OnnxModel twoInputs() {
        return OnnxGraphBuilder.named("two")
                .input("a", batch("N", 2))
                .input("b", batch("N", 1))
                .node("Mul", List.of("a", "b"), "y")
                .output("y")
                .build();
    }

    private Path archive(Map<String, byte[]> arrays) throws IOException {
        Path file = folder.resolve("samples.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
        return file;
    }

    private static byte[] npy(String shape, float... values) {
        byte[] header = ("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer data =
                ByteBuffer.allocate(10 + header.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.UTF_8))
                .put((byte) 1)
                .put((byte) 0);
        data.putShort((short) header.length).put(header);
        for (float value : values) {
            data.putFloat(value);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(data.array());
        return bytes.toByteArray();
    }
}
