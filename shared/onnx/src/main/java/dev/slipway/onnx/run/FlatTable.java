package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table of a FlatBuffers file, of which the ORT format is one; fields are known by their place in the schema. */
final class FlatTable {
    private final ByteBuffer file;
    private final int position;

    private FlatTable(ByteBuffer file, int position) {
        this.file = file;
        this.position = position;
    }

    static FlatTable root(ByteBuffer file) {
        ByteBuffer view = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        return new FlatTable(view, target(view, 0));
    }

    Optional<FlatTable> table(int field) {
        return at(field).map(place -> new FlatTable(file, target(file, place)));
    }

    List<FlatTable> tables(int field) {
        List<FlatTable> tables = new ArrayList<>();
        at(field).ifPresent(place -> {
            int vector = target(file, place);
            int length = file.getInt(vector);
            if (length < 0 || length > file.limit() / Integer.BYTES) {
                throw damaged();
            }
            for (int i = 0; i < length; i++) {
                int element = vector + Integer.BYTES * (i + 1);
                tables.add(new FlatTable(file, target(file, element)));
            }
        });
        return tables;
    }

    String text(int field) {
        return at(field)
                .map(place -> {
                    int start = target(file, place);
                    byte[] bytes = new byte[checked(file.getInt(start))];
                    file.get(start + Integer.BYTES, bytes);
                    return new String(bytes, StandardCharsets.UTF_8);
                })
                .orElse("");
    }

    int integer(int field) {
        return at(field).map(file::getInt).orElse(0);
    }

    static SlipwayException damaged() {
        return SlipwayException.invalid(
                "onnx.malformed",
                "This is no usable ORT-format file: it is cut off or damaged. Convert the model again.");
    }

    private Optional<Integer> at(int field) {
        int directory = position - file.getInt(position);
        int entry = Short.BYTES * (field + 2);
        int offset = entry < file.getShort(directory) ? file.getShort(directory + entry) : 0;
        return offset == 0 ? Optional.empty() : Optional.of(position + offset);
    }

    private int checked(int length) {
        if (length < 0 || length > file.limit()) {
            throw damaged();
        }
        return length;
    }

    /** Offsets only ever point forward, so following them ends. */
    private static int target(ByteBuffer file, int place) {
        int offset = file.getInt(place);
        if (offset <= 0) {
            throw damaged();
        }
        return Math.addExact(place, offset);
    }
}
