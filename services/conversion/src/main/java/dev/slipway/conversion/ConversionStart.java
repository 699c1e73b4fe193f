package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.Jobs;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Starts conversions, each with its job. */
@Singleton
final class ConversionStart {
    private static final int MAX_KEY = 200;

    private final Entities entities;
    private final Jobs jobs;
    private final ConvertHandler handler;
    private final Provider<RegistryApi> registry;

    ConversionStart(Entities entities, Jobs jobs, ConvertHandler handler, Provider<RegistryApi> registry) {
        this.entities = entities;
        this.jobs = jobs;
        this.handler = handler;
        this.registry = registry;
    }

    Entity<ConversionId, Conversion> start(StartConversion request) {
        Optional<Entity<ConversionId, Conversion>> earlier = startedBefore(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        if (registry.get().version(request.modelVersion()) == null) {
            throw SlipwayException.notFound(
                    "model-version.unknown",
                    "There is no model version " + request.modelVersion() + " to convert; register it first.");
        }
        checkPossible(request);
        try {
            return startAnew(request);
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            // Somebody else has used the same key in the meantime: theirs is the conversion.
            return startedBefore(request).orElseThrow(() -> e);
        }
    }

    private static void checkPossible(StartConversion request) {
        if (!request.target().takes(request.precision(), request.layout())) {
            throw SlipwayException.unsupported(
                    "conversion.options",
                    request.target() + " files are written as "
                            + (request.target() == Target.TVM ? "FP32" : "FP32, FP16, INT8 or INT16X8")
                            + " and in the layout of the ONNX model, not as " + request.precision() + " in layout "
                            + request.layout() + "; convert to TFLITE for that.");
        }
        if (request.calibration() != null && !request.precision().isCalibrated()) {
            throw SlipwayException.invalid(
                    "conversion.options",
                    request.precision() + " needs no calibration; leave it out or ask for INT8 or INT16X8.");
        }
    }

    private Entity<ConversionId, Conversion> startAnew(StartConversion request) {
        ConversionId id = entities.newId(ConversionId::new);
        JobId job = entities.newId(JobId::new);
        Change change = entities.change();
        Entity<ConversionId, Conversion> conversion =
                change.create(ConversionKinds.CONVERSION, id, Conversion.queued(request, job));
        jobs.enqueue(change, job, handler, ConversionKinds.ref(conversion), new ConvertInput(id));
        if (request.idempotencyKey() != null) {
            change.take(claim(request.idempotencyKey()), id);
        }
        change.event(
                "conversion.requested",
                ConversionKinds.ref(conversion),
                Map.of(
                        "modelVersion", request.modelVersion().value(),
                        "target", request.target().name(),
                        "precision", request.precision().name()));
        change.commit();
        return conversion;
    }

    private Optional<Entity<ConversionId, Conversion>> startedBefore(StartConversion request) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        Optional<Entity<ConversionId, Conversion>> earlier =
                entities.claimed(ConversionKinds.CONVERSION, claim(request.idempotencyKey()));
        earlier.ifPresent(conversion -> checkSame(request, conversion.body()));
        return earlier;
    }

    private static void checkSame(StartConversion request, Conversion earlier) {
        if (!earlier.fulfils(request)) {
            throw SlipwayException.conflict(
                    "conversion.idempotency-key",
                    "The key '" + request.idempotencyKey()
                            + "' was used for another conversion; give each conversion a key of its own.");
        }
    }

    private static String claim(String key) {
        if (key.isBlank() || key.length() > MAX_KEY) {
            throw SlipwayException.invalid(
                    "conversion.idempotency-key", "An idempotency key has 1 to " + MAX_KEY + " characters.");
        }
        return "idempotency/convert/" + key;
    }
}
