package dev.slipway.edge.fuzz;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.ParityReport;
import dev.slipway.edge.Precision;
import dev.slipway.edge.Verifier;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The program of a process that converts what it is told of in lines on standard input, each a file and the seed of its
 * options, and answers each with a line.
 */
final class FuzzChild {
    private static final Pattern CODE = Pattern.compile("[a-z]+(\\.[a-z-]+)+");
    private static final Set<ErrorKind> KINDS = Set.of(ErrorKind.INVALID, ErrorKind.UNSUPPORTED, ErrorKind.TOO_LARGE);
    /** Far beyond rounding, and beyond what the rounding of sums makes where they are cancelled out. */
    private static final double OTHER_TOLERANCE = 0.02;
    /** Where values are rounded to integers, a few of many come out otherwise. */
    private static final double LEAST_COSINE = 0.999;

    private FuzzChild() {}

    /** Argument: whether results are compared on further inputs. */
    public static void main(String[] arguments) throws IOException {
        boolean compares = Boolean.parseBoolean(arguments[0]);
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            answers.println(judged(Path.of(words[1]), Long.parseLong(words[0]), compares)
                    .line());
        }
        Runtime.getRuntime().halt(0);
    }

    private static Verdict judged(Path file, long options, boolean compares) {
        try {
            return converted(Files.readAllBytes(file), options, compares);
        } catch (SlipwayException e) {
            return refused(e);
        } catch (OutOfMemoryError e) {
            return new Verdict(Verdict.Kind.DEFECT, "out of memory " + trace(e));
        } catch (IOException | RuntimeException | Error e) {
            return new Verdict(Verdict.Kind.DEFECT, trace(e));
        }
    }

    private static Verdict converted(byte[] file, long seed, boolean compares) {
        OnnxModel model = OnnxReader.read(file);
        ConversionOptions options = OptionDamage.of(model, seed);
        ConversionResult result = new Converter().convert(model, options);
        if (compares && options.samples().isEmpty() && result.precision() == Precision.FP32) {
            ConversionOptions others = options.withSeed(options.seed() + 77)
                    .withBatchSizes(List.of(2, 5))
                    .withTolerance(OTHER_TOLERANCE);
            ParityReport report = new Verifier().verify(file, result.file(), others);
            if (report.outputs().stream()
                    .anyMatch(output -> !report.passed(output) && output.cosine() < LEAST_COSINE)) {
                return new Verdict(Verdict.Kind.DIFFERS, result.operators() + " " + report.outputs());
            }
        }
        return new Verdict(Verdict.Kind.CONVERTED, result.operators().toString());
    }

    private static Verdict refused(SlipwayException refusal) {
        boolean clear = KINDS.contains(refusal.kind())
                && CODE.matcher(refusal.code()).matches()
                && refusal.getMessage() != null
                && !refusal.getMessage().isBlank()
                && (!refusal.code().equals("edge.unsupported-operator")
                        || refusal.getMessage().contains("opset"));
        return clear
                ? new Verdict(Verdict.Kind.REFUSED, refusal.code() + ": " + refusal.getMessage())
                : new Verdict(Verdict.Kind.DEFECT, refusal.kind() + " " + refusal.code() + " " + trace(refusal));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        String all = text.toString();
        return all.substring(0, Math.min(all.length(), 4000));
    }
}
