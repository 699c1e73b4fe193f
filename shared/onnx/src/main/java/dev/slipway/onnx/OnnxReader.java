package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads ONNX files of every IR version.
 *
 * <p>Whatever the bytes are, the outcome is a model whose names and tensors fit together, or a {@link SlipwayException}:
 * {@code onnx.malformed} if this is no whole ONNX file, {@code onnx.external-data} if weights are in files that can't or
 * mustn't be read, {@code onnx.unsupported} and {@code onnx.element-type} if it uses a part of the format that is not
 * read (training information, lists of sparse tensors, element types newer than this library).
 *
 * <p>Local functions are inlined, sparse weights made dense. Weights are views of what was read, never copies, as long
 * as the file keeps them as raw bytes (all exporters do).
 */
public final class OnnxReader {
    private static final int DEEPEST_NESTING = 64;

    private OnnxReader() {}

    /** The model keeps the array as the store of its weights, so it must not be written to. */
    public static OnnxModel read(byte[] file) {
        return read(ByteBuffer.wrap(file));
    }

    /**
     * Reads a model from the rest of a buffer, whose position stays. The model keeps it as the store of its weights, so
     * it must not be written to.
     */
    public static OnnxModel read(ByteBuffer file) {
        return read(file, ExternalData.none());
    }

    /**
     * Maps a file and the external data that it refers to below its folder. The files are never written to; they must not
     * be cut short while the model or a session made of it is in use. Fails with {@code onnx.unreadable} if there is no
     * such file or it is 2 GiB or more.
     */
    public static OnnxModel read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw SlipwayException.invalid(
                        "onnx.unreadable", "There is no file " + file + " to read. Check the path.");
            }
            long size = Files.size(file);
            if (size >= Integer.MAX_VALUE) {
                throw SlipwayException.tooLarge(
                        "onnx.unreadable",
                        file + " is 2 GiB or more; ONNX files hold less, the rest is external data.");
            }
            Path folder = file.toAbsolutePath().getParent();
            return read(WeightFolder.map(file, 0, size), new WeightFolder(folder));
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "onnx.unreadable", "Can't read " + file + ": " + e + ". Check path and permissions.", e);
        }
    }

    private static OnnxModel read(ByteBuffer file, ExternalData external) {
        try {
            // Only a stream made this way takes the buffer as immutable and so gives views instead of copies.
            ByteString bytes = UnsafeByteOperations.unsafeWrap(file.duplicate());
            FieldCount.check(bytes.newCodedInput());
            CodedInputStream input = bytes.newCodedInput();
            input.enableAliasing(true);
            input.setRecursionLimit(DEEPEST_NESTING);
            ModelProto proto = ModelProto.parseFrom(input);
            if (!proto.hasGraph()) {
                throw malformed("it holds no graph", null);
            }
            return new ProtoReader(new TensorReader(external)).model(proto);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("it is cut off or damaged", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SlipwayException malformed(String why, Exception cause) {
        return SlipwayException.invalid(
                "onnx.malformed", "This is no usable ONNX file: " + why + ". Export the model again.", cause);
    }
}
