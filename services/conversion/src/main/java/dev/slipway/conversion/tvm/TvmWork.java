package dev.slipway.conversion.tvm;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.conversion.child.ChildListener;
import dev.slipway.conversion.child.ChildSettings;
import dev.slipway.conversion.child.JobFolder;
import dev.slipway.conversion.child.LimitedCommand;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Value;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Converts by TVM's compiler, and compares in a second run of its own. */
@Singleton
public final class TvmWork {
    private static final String SCRIPT = "convert.py";

    private final TvmToolchain toolchain;
    private final LimitedCommand commands;
    private final ObjectMapper json;

    TvmWork(@Value("${slipway.data:data}") Path data, ChildSettings settings, ObjectMapper json) {
        this.toolchain = TvmToolchain.in(data);
        this.commands = new LimitedCommand(settings);
        this.json = json;
    }

    /** Names this way of converting by its content. */
    public static Digest version() {
        return Digest.of(script());
    }

    /**
     * Makes the shared library of the model in the folder.
     *
     * @return the comparison on the test split in the folder
     * @throws SlipwayException {@code conversion.toolchain} without the tool chain, {@code conversion.tvm} if TVM can't
     *     convert the model
     */
    public ParityReport carryOut(JobFolder job, double tolerance, ChildListener listener) throws InterruptedException {
        Path python = toolchain.python();
        Path script = job.path().resolve(SCRIPT);
        Path library = job.path().resolve("model.so");
        Path report = job.path().resolve("parity.json");
        try {
            Files.write(script, script());
            run(listener, "Compiling with TVM", job, python, "compile", job.model(), library);
            run(
                    listener,
                    "Comparing with ONNX Runtime on the test split",
                    job,
                    python,
                    "verify",
                    job.model(),
                    library,
                    job.samples(),
                    job.labels(),
                    tolerance,
                    report);
            Files.move(library, job.converted());
            return json.readValue(Files.readAllBytes(report), ParityReport.class);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "conversion.folder", "A file of the conversion can't be used: " + e.getMessage() + ".", e);
        }
    }

    private void run(ChildListener listener, String what, JobFolder job, Path python, Object... arguments)
            throws InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(python.toString(), job.path().resolve(SCRIPT).toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        int status = commands.run(command, job.path(), what, listener);
        if (status != 0) {
            throw SlipwayException.unsupported(
                    "conversion.tvm",
                    what + " ended with status " + status + ": TVM can't convert this model. The job's log has what it"
                            + " printed.");
        }
    }

    private static byte[] script() {
        try (InputStream script = TvmWork.class.getResourceAsStream(SCRIPT)) {
            return script.readAllBytes();
        } catch (IOException e) {
            throw SlipwayException.internal("conversion.tvm", "A part of Slipway can't be read.", e);
        }
    }
}
