package dev.slipway.edge.data;

import dev.slipway.kernel.SlipwayException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads picture files that may be anything. */
final class Pictures {
    /** Decoded, that is 400 MB. */
    private static final long MOST_PIXELS = 100_000_000;

    private Pictures() {}

    /** The picture at this size, in red, green and blue on black; fails with {@code edge.sample}. */
    static BufferedImage read(Path file, int width, int height) {
        try (ImageInputStream from = ImageIO.createImageInputStream(file.toFile())) {
            if (from == null) {
                throw broken(file, "it can't be opened");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(from);
            if (!readers.hasNext()) {
                throw broken(file, "its format is not known");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(from, true, true);
                // The size stands at the beginning, before anything large is made of it.
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw SlipwayException.tooLarge(
                            "edge.sample", file + " has " + pixels + " pixels; the most are " + MOST_PIXELS + ".");
                }
                return resized(reader.read(0), width, height);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Readers of the JDK throw either of the last two at some broken files.
            throw SlipwayException.invalid("edge.sample", file + " is no usable picture: " + e + ".", e);
        }
    }

    private static BufferedImage resized(BufferedImage picture, int width, int height) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(coloured(picture), 0, 0, width, height, Color.BLACK, null);
        } finally {
            graphics.dispose();
        }
        return target;
    }

    /** Java takes grey levels for linear light and would brighten them; other tools take them as they are. */
    private static BufferedImage coloured(BufferedImage picture) {
        if (picture.getColorModel().getColorSpace().getType() != ColorSpace.TYPE_GRAY) {
            return picture;
        }
        BufferedImage coloured = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        int excess = Math.max(0, picture.getColorModel().getComponentSize(0) - Byte.SIZE);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int level = picture.getRaster().getSample(x, y, 0) >> excess;
                coloured.setRGB(x, y, level << 16 | level << 8 | level);
            }
        }
        return coloured;
    }

    private static SlipwayException broken(Path file, String why) {
        return SlipwayException.invalid("edge.sample", file + " is no usable picture: " + why + ".");
    }
}
