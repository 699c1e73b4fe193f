package dev.slipway.runtime.samples;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.SampleFile;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Reads and writes the JSON Lines artifacts that carry samples between services, one line in memory at a time. */
@Singleton
public final class SampleFiles {
    /** More characters are in no key. */
    public static final int MAX_KEY = 200;

    /** More lines are in no file. */
    public static final int MAX_LINES = 1_000_000;

    /** More bytes are in no line. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final Argument<LabelledSample> LINE = Argument.of(LabelledSample.class);

    private final ArtifactStore artifacts;
    private final ObjectMapper json;

    SampleFiles(ArtifactStore artifacts, ObjectMapper json) {
        this.artifacts = artifacts;
        this.json = json;
    }

    /** Takes the lines of a file one by one. */
    @FunctionalInterface
    public interface LineReader {
        /** Takes line {@code number}, counted from 1. */
        void read(long number, LabelledSample sample);
    }

    /**
     * Gives every line to {@code lines}, in order, and returns how many there were.
     *
     * @param service in whose name errors are told: {@code <service>.bad-line} for a line that is no labelled sample with a
     *     key and finite values, {@code <service>.too-many-lines} for more than {@value #MAX_LINES}
     */
    public long read(Digest artifact, Service service, LineReader lines) {
        try (InputStream bytes = new BufferedInputStream(artifacts.open(artifact, 0, OptionalLong.empty()), 1 << 16)) {
            long number = 0;
            for (byte[] line = next(bytes, service, 1); line != null; line = next(bytes, service, number + 1)) {
                number++;
                if (number > MAX_LINES) {
                    throw SlipwayException.tooLarge(
                            service.wireName() + ".too-many-lines",
                            "The file " + artifact + " has more than " + MAX_LINES + " lines; split it.");
                }
                lines.read(number, parse(line, service, number));
            }
            return number;
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "artifact.unreadable", "The file " + artifact + " can not be read: " + e.getMessage(), e);
        }
    }

    /** Writes a file of samples in the order given; the same samples make the same artifact. */
    @SuppressWarnings("JdkObsolete") // SequenceInputStream, which keeps one line in memory, takes nothing else.
    public SampleFile write(Iterator<LabelledSample> samples) {
        AtomicLong count = new AtomicLong();
        Enumeration<InputStream> lines = new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return samples.hasNext();
            }

            @Override
            public InputStream nextElement() {
                count.incrementAndGet();
                return new ByteArrayInputStream(line(samples.next()));
            }
        };
        try (InputStream bytes = new SequenceInputStream(lines)) {
            Artifact artifact = artifacts.put(bytes, Optional.empty());
            return new SampleFile(artifact.digest(), count.get());
        } catch (IOException e) {
            throw SlipwayException.internal("artifact.unwritable", "The samples can't be written as a file.", e);
        }
    }

    private byte[] line(LabelledSample sample) {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.write(json.writeValueAsBytes(LINE, sample));
            line.write('\n');
            return line.toByteArray();
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "artifact.unwritable", "Sample '" + sample.key() + "' has no JSON form.", e);
        }
    }

    private static byte @Nullable [] next(InputStream bytes, Service service, long number) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = bytes.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = bytes.read()) {
            if (line.size() == MAX_LINE_BYTES) {
                throw badLine(service, number, "it has more than " + MAX_LINE_BYTES + " bytes", null);
            }
            line.write(read);
        }
        return line.toByteArray();
    }

    private LabelledSample parse(byte[] line, Service service, long number) {
        LabelledSample sample;
        try {
            sample = json.readValue(line, LINE);
        } catch (IOException | RuntimeException e) {
            throw badLine(service, number, "it is no JSON object of key, sample and label: " + e.getMessage(), e);
        }
        if (sample == null || sample.key() == null || sample.sample() == null) {
            throw badLine(service, number, "it lacks a key or a sample", null);
        }
        if (sample.key().isBlank() || sample.key().length() > MAX_KEY) {
            throw badLine(service, number, "its key is blank or longer than " + MAX_KEY + " characters", null);
        }
        if (!sample.sample().values().stream().filter(Objects::nonNull).allMatch(Float::isFinite)) {
            throw badLine(service, number, "one of its values is not a finite number", null);
        }
        return sample;
    }

    private static SlipwayException badLine(Service service, long number, String why, @Nullable Throwable cause) {
        return SlipwayException.invalid(
                service.wireName() + ".bad-line",
                "Line " + number + " of the file can't be used: " + why + ". Correct it and send the file again.",
                cause);
    }
}
