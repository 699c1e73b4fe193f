package dev.slipway.edge.data;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pictures of a folder, in the order of their names, as batches of one for a model of one image input. They are
 * resized to the size that the model takes, or to the one given where that is open.
 */
public final class ImageFolder implements SampleSource {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");
    private static final int IMAGE_RANK = 4;
    private static final int MOST_IMAGES = 1_000_000;

    private final List<Path> files;
    private final String input;
    private final ElementType type;
    private final List<Integer> shape;
    private final ImageFormat format;

    private ImageFolder(List<Path> files, String input, ElementType type, List<Integer> shape, ImageFormat format) {
        this.files = files;
        this.input = input;
        this.type = type;
        this.shape = shape;
        this.format = format;
    }

    /**
     * Fails with {@code edge.sample} if the folder has no picture or the model takes none.
     *
     * @param height of the pictures if the model leaves it open
     * @param width of the pictures if the model leaves it open
     */
    public static ImageFolder open(OnnxModel model, Path folder, ImageFormat format, int height, int width) {
        List<OnnxValue> inputs = model.graph().requiredInputs();
        if (inputs.size() != 1
                || !(inputs.get(0).type() instanceof ValueType.Dense dense)
                || dense.shape().map(List::size).orElse(0) != IMAGE_RANK
                || (dense.element() != ElementType.FLOAT32 && dense.element() != ElementType.UINT8)) {
            throw SampleCheck.wrong("pictures are for models of one input of rank 4, float32 or uint8");
        }
        List<Dimension> declared = dense.shape().get();
        int channelAxis = format.channelsLast() ? 3 : 1;
        int heightAxis = format.channelsLast() ? 1 : 2;
        int channels = length(declared.get(channelAxis), 3);
        int batch = length(declared.get(0), 1);
        int rows = length(declared.get(heightAxis), height);
        int columns = length(declared.get(heightAxis + 1), width);
        if (batch != 1 || (channels != 1 && channels != 3)) {
            throw SampleCheck.wrong("pictures are given one at a time with 1 or 3 channels, but the model takes "
                    + declared + " (channels " + (format.channelsLast() ? "last" : "second") + ")");
        }
        List<Integer> shape =
                format.channelsLast() ? List.of(1, rows, columns, channels) : List.of(1, channels, rows, columns);
        return new ImageFolder(files(folder), inputs.get(0).name(), dense.element(), shape, format);
    }

    private static int length(Dimension dimension, int otherwise) {
        return dimension instanceof Dimension.Fixed fixed ? Math.toIntExact(fixed.length()) : otherwise;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> files = children.filter(ImageFolder::isPicture)
                    .limit(MOST_IMAGES)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw SlipwayException.invalid("edge.sample", folder + " has no pictures (" + ENDINGS + ").");
            }
            return files;
        } catch (IOException e) {
            throw SlipwayException.invalid("edge.sample", "Can't read the folder " + folder + ": " + e + ".", e);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
    }

    /** The pictures' files, in the order of the samples. */
    public List<Path> files() {
        return files;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Stream<Map<String, OnnxTensor>> samples() {
        return files.stream().map(file -> Map.of(input, tensor(file)));
    }

    private OnnxTensor tensor(Path file) {
        int axis = format.channelsLast() ? 1 : 2;
        int height = shape.get(axis);
        int width = shape.get(axis + 1);
        int channels = shape.get(format.channelsLast() ? 3 : 1);
        BufferedImage picture = Pictures.read(file, width, height);
        ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(type.bytes((long) height * width * channels)))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < height * width * channels; i++) {
            int channel = format.channelsLast() ? i % channels : i / (height * width);
            int pixel = format.channelsLast() ? i / channels : i % (height * width);
            int value = channel(picture.getRGB(pixel % width, pixel / width), channel, channels);
            if (type == ElementType.UINT8) {
                data.put((byte) value);
            } else {
                data.putFloat(format.normalised(channel, value));
            }
        }
        return new OnnxTensor(input, type, shape, data.flip());
    }

    private int channel(int rgb, int channel, int channels) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        if (channels == 1) {
            // The luma of ITU-R 601, as other tools have it.
            return (299 * red + 587 * green + 114 * blue + 500) / 1000;
        }
        int place = format.blueFirst() ? channels - 1 - channel : channel;
        return switch (place) {
            case 0 -> red;
            case 1 -> green;
            default -> blue;
        };
    }
}
