package dev.slipway.standalone.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The shape that an input is given, as in {@code --shape INPUT=1,3,224,224}. */
record InputShape(String input, List<Integer> lengths) {

    static Map<String, List<Integer>> byName(List<InputShape> shapes) {
        Map<String, List<Integer>> byName = new LinkedHashMap<>();
        shapes.forEach(shape -> byName.put(shape.input(), shape.lengths()));
        return byName;
    }

    /** Reads it; names may contain {@code =}, so the last one counts. */
    static final class Converter implements ITypeConverter<InputShape> {
        @Override
        public InputShape convert(String text) {
            int equals = text.lastIndexOf('=');
            if (equals < 1) {
                throw unusable(text);
            }
            List<Integer> lengths = new ArrayList<>();
            for (String length : text.substring(equals + 1).split("[,x]", -1)) {
                lengths.add(length(length.strip(), text));
            }
            return new InputShape(text.substring(0, equals), lengths);
        }

        private static int length(String length, String text) {
            try {
                int parsed = Integer.parseInt(length);
                if (parsed > 0) {
                    return parsed;
                }
            } catch (NumberFormatException e) {
                throw unusable(text, e);
            }
            throw unusable(text);
        }

        private static TypeConversionException unusable(String text) {
            return new TypeConversionException(
                    "'" + text + "' is no shape; write the input's name and its lengths, as in image=1,3,224,224");
        }

        private static TypeConversionException unusable(String text, NumberFormatException cause) {
            TypeConversionException failure = unusable(text);
            failure.initCause(cause);
            return failure;
        }
    }
}
