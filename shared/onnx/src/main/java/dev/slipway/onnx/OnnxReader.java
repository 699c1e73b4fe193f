package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads ONNX files.
 *
 * <p>Whatever the bytes are, the outcome is a model whose names and tensors fit together, or a {@link SlipwayException}:
 * {@code onnx.malformed} if this is no whole ONNX file, {@code onnx.unsupported} if it uses a part of the format that
 * is not read (external data, local functions, sparse initializers, training information).
 */
public final class OnnxReader {
    private static final int DEEPEST_NESTING = 64;

    private OnnxReader() {}

    /** The model keeps the array as the store of its weights, so it must not be written to. */
    public static OnnxModel read(byte[] file) {
        try {
            CodedInputStream input = CodedInputStream.newInstance(file);
            input.enableAliasing(true);
            input.setRecursionLimit(DEEPEST_NESTING);
            ModelProto proto = ModelProto.parseFrom(input);
            if (!proto.hasGraph()) {
                throw malformed("it holds no graph", null);
            }
            return new ProtoReader().model(proto);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("it is cut off or damaged", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails with {@code onnx.unreadable} if there is no such file or it is 2 GiB or more. */
    public static OnnxModel read(Path file) {
        try {
            if (Files.size(file) >= Integer.MAX_VALUE) {
                throw SlipwayException.tooLarge(
                        "onnx.unreadable",
                        file + " is 2 GiB or more; ONNX files hold less, the rest is external data.");
            }
            return read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "onnx.unreadable", "Can't read " + file + ": " + e + ". Check path and permissions.", e);
        }
    }

    static SlipwayException malformed(String why, Exception cause) {
        return SlipwayException.invalid(
                "onnx.malformed", "This is no usable ONNX file: " + why + ". Export the model again.", cause);
    }
}
